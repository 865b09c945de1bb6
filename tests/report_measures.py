"""What each measure of each report ought to say, worked out from the records themselves."""

OPEN = ("draft", "valid", "released")


class ExpectedMeasures:
    """``measures_<report>()`` returns ``{row id: {measure: value}}``; None is not judged.

    Mixed into the case that has the stories; nothing in here shares a line with the SQL.
    """

    def records(self, model, *domain):
        return self.env[model].sudo().search(list(domain))

    def share(self, part, whole):
        return 100 * part / whole if whole else None

    # -------------------------------------------------------------------- orders

    def measures_delivery(self):
        lines, found = self.expected_lines(), {}
        orders = {}
        for line in lines:
            orders.setdefault(line.notice_id, []).append(line)
        for line, facts in lines.items():
            fellows = [lines[one] for one in orders[line.notice_id]]
            row = {"cartons": facts["cartons"], "orders": 1 / len(fellows),
                   "days_late": facts["late"] if facts["complete"] or (
                       self.today > facts["first_date"]) else None}
            for name in ("first", "revised"):
                row |= self.judged_delivery(name, facts, fellows)
            found[line.id] = row
        return found

    def judged_delivery(self, name, facts, fellows):
        verdicts = [one[name] for one in fellows]
        whole = 0 if 0 in verdicts else None if None in verdicts else 100
        is_judged, left = facts[name] is not None, facts[f"cartons_{name}"]
        weight = 1 / len(fellows)
        return {
            f"line_{name}": facts[name], f"order_{name}": whole,
            f"carton_{name}": self.share(left, facts["cartons"]) if is_judged else None,
            f"cartons_{name}": left,
            f"cartons_due_{name}": facts["cartons"] if is_judged else None,
            f"orders_{name}": weight if whole else 0,
            f"orders_due_{name}": None if whole is None else weight,
        }

    def measures_lateness(self):
        return {id_: {"days_late": late, "days_added": added}
                for id_, (late, added) in self.expected_lateness().items()}

    def measures_stage(self):
        rows = {(row.notice_id.id, row.stage): row.id for row in self.report("stage")}
        return {rows[key]: {"hours": hours, "longest": hours}
                for key, (_ended, hours) in self.expected_stages().items()}

    def measures_workload(self):
        orders = self.records("sale.order", ("merchandiser_id", "!=", False),
                              ("state", "!=", "cancel"))
        return {order.id: self.workload_of(order) for order in orders
                if order.notice_id.state != "cancel"}

    def workload_of(self, order):
        due, notice, is_open = self.day(order.commitment_date), order.notice_id, order.is_followed
        left = (due - self.today).days if due and is_open else None
        goods = notice.line_ids.filtered(lambda line: line.quantity > 0)
        return {
            "orders": 1, "lines": len(goods),
            "cartons": sum(line.quantity / (line.packs_per_carton or 1) for line in goods),
            "overdue": int(left is not None and left < 0),
            "due_soon": int(left is not None and 0 <= left <= 7),
            "at_risk": int(is_open and (notice.is_at_risk or notice.is_late)),
            "amount": order.currency_id._convert(
                order.amount_untaxed, self.company.currency_id, self.company,
                order.date_order.date(), round=False),
        }

    # ----------------------------------------------------------------- materials

    def measures_packaging(self):
        tries = self.attempts_above_the_limit()
        found = {}
        for row in self.report("packaging"):
            version = ("product_id", "=", row.product_id.id)
            needs = self.records("gendan.need", version, ("notice_id.state", "!=", "cancel"))
            bought = self.records("purchase.order.line", version, ("state", "=", "purchase"))
            on_hand = sum(self.records(
                "stock.quant", version, ("location_id.usage", "=", "internal"),
                ("company_id", "=", self.company.id)).mapped("quantity"))
            open_need = sum(needs.filtered(
                lambda need: need.notice_id.state in OPEN).mapped("gross"))
            # what is received is counted in the unit of the purchase
            received = sum(line.product_uom_id._compute_quantity(
                line.qty_received, row.product_id.uom_id, round=False) for line in bought)
            found[row.id] = {
                "net": sum(needs.mapped("net")), "ordered": sum(bought.mapped("product_uom_qty")),
                "received": received, "on_hand": on_hand, "open_need": open_need,
                "idle": max(on_hand - open_need, 0), "attempts": tries.get(row.product_id, 0),
                "surplus": sum(self.records(
                    "gendan.over.limit.case", version,
                    ("state", "in", ("open", "surplus"))).mapped("left")),
            }
        return found

    def measures_refusal(self):
        return {row.id: {"attempts": 1}
                for row in self.records("gendan.audit", ("kind", "=", "refused"))}

    # ---------------------------------------------------------------- production

    def measures_first_article(self):
        found, tried = {}, set()
        decided = self.records("gendan.first.article", ("decided_at", "!=", False))
        for article in decided.sorted(lambda one: (one.decided_at, one.id)):
            key = (article.notice_line_id, article.workcenter_id)
            verdict = 100 if article.decision in ("accepted", "ended") else 0
            found[article.id] = {
                "passed": verdict, "passed_first": None if key in tried else verdict,
                "hours": self.hours(article.sampled_at, article.decided_at)}
            tried.add(key)
        return found

    def measures_output(self):
        found = {}
        for production in self.records(
                "mrp.production", ("state", "=", "done"), ("notice_id", "!=", False)):
            packs = sum(production.move_finished_ids.filtered(
                lambda move: move.state == "done").mapped("quantity"))
            found[production.id] = {
                "packs": packs,
                "cartons": packs / (production.notice_line_id.packs_per_carton or 1)}
        return found

    # ------------------------------------------------------------------ shipping

    def measures_loading(self):
        found = {}
        for report in self.records("gendan.loading.report", ("state", "=", "closed")):
            shipping, box = report.shipping_id, report.shipping_id._box()
            counts = len(report.round_ids)
            found[report.id] = {
                "cartons_asked": sum(shipping.line_ids.mapped("cartons")),
                "cartons": report.loaded_cartons, "rounds": counts,
                "right_first": 100 if counts == 1 and (
                    report.loaded_cartons == shipping.cartons) else 0,
                "volume": report.loaded_volume, "weight": report.loaded_weight,
                "box_volume": float(box.volume) if box else None,
                "box_payload": float(box.payload) if box else None,
                "volume_rate": self.share(report.loaded_volume, float(box.volume))
                if box else None,
                "weight_rate": self.share(report.loaded_weight, float(box.payload))
                if box else None,
            }
        return found

    def measures_shipping(self):
        found = {}
        for notice in self.records("gendan.shipping.notice", ("submitted_at", "!=", False)):
            asked = self.day(notice.submitted_at)
            eve = self.company._working_day_before(notice.ship_date)
            limit = self.company._moment_on(eve, self.company.shipping_soft_hour)
            same_day = int(asked == notice.ship_date)
            found[notice.id] = {
                "notices": 1, "same_day": same_day, "same_day_rate": 100 * same_day,
                "late": int(notice.submitted_at > limit),
                "refused": int(notice.state == "refused"),
                "days_ahead": (notice.ship_date - asked).days,
            }
        return found

    def measures_driver(self):
        sheets = self.records("gendan.driver.appraisal", ("state", "!=", "revised"))
        trips = self.records("gendan.dispatch", ("departed_at", "!=", False),
                             ("driver_id", "!=", False))
        found = {}
        for row in self.report("driver"):
            sheet = sheets.filtered(lambda one, row=row: (
                one.driver_id.id, one.month) == (row.driver_id.id, row.month))
            mine = trips.filtered(lambda trip, row=row: (
                trip.driver_id.id, trip.day.replace(day=1)) == (row.driver_id.id, row.month))
            scored = sheets.filtered(lambda one, row=row: one.month == row.month and one.is_scored)
            arrived = mine.stop_ids.filtered("arrived_at")
            in_time = len(arrived.filtered(lambda stop: stop.late_minutes <= 0))
            is_scored = sheet in scored and bool(sheet)
            found[row.id] = {
                "score": sheet.score if is_scored else None,
                "rank": 1 + len(scored.filtered(lambda one, this=sheet: one.score > this.score))
                if is_scored else None,
                "trips": len(mine), "distance": sum(mine.mapped("distance")),
                "stops": len(arrived), "stops_in_time": in_time,
                "punctual_rate": self.share(in_time, len(arrived)),
                "deductions": sum(sheet.line_ids.mapped("points")),
            }
        return found

    def measures_sample(self):
        found = {}
        for request in self.records("gendan.sample.request", ("state", "=", "received")):
            came = self.day(request.received_at)
            found[request.id] = {
                "pieces": sum(request.handover_ids.filtered(
                    lambda row: row.kind == "received").mapped("quantity")),
                "days": (came - self.day(request.requested_at)).days,
                "in_time": 100 if came <= request.wanted_date else 0,
            }
        return found

    # --------------------------------------------------------------- the measures

    def measures_of(self, model):
        """Return the fields of a report that its pivot and graph offer to add up."""
        return {name for name, field in model._fields.items() if name != "id" and field.store
                and field.type in ("integer", "float", "monetary") and field.aggregator}

    def total(self, model, name, rows):
        """Return what ``rows`` say together of one measure, as a pivot would."""
        if name in model._rates:
            part, whole = model._rates[name]
            judged = [row for row in rows if row[whole] is not None]
            return self.share(sum(row[part] for row in judged),
                              sum(row[whole] for row in judged))
        values = [row[name] for row in rows if row[name] is not None]
        how = model._fields[name].aggregator
        if how == "avg":
            return sum(values) / len(values) if values else None
        return {"sum": sum, "max": max}[how](values) if values else None
