from odoo import api, fields, models

from ...calc.text import plain_number

NOT_BEGUN = "grey"
# what counts until the goods are made
BEFORE_MADE = ("raw", "bag", "carton", "plate", "plan")
SEVERITY = ("red", "amber", "green")
MADE = ("done", "cancel")


class TodayLight(models.AbstractModel):
    """The lights of an order on the board: each is read from the records of its room (D4.1).

    A light has one method that takes all orders of the page and returns
    ``{order id: (state, text, model, record id, who)}``; what is absent has not begun.
    Green is done, amber is under way, red is missing or too late.
    """

    _name = "gendan.today.light"
    _description = "Lights of the board"

    @api.model
    def _labels(self):
        return {
            "sign": self.env._("Signatures"), "stock": self.env._("Stock"),
            "raw": self.env._("Raw material"), "bag": self.env._("Bag"),
            "carton": self.env._("Carton"), "plate": self.env._("Plate making"),
            "plan": self.env._("Plan"), "first": self.env._("First article"),
            "made": self.env._("Production"), "ship": self.env._("Shipping"),
        }

    @api.model
    def _all(self, orders):
        """Return ``{order id: [light, …]}`` in the order of the work."""
        # the person may read the order; what stands behind a light he reads when he opens it
        known = orders.sudo()
        # one batch for the texts below
        known.mapped("waiting_for")
        needs = self._needs(known)
        found = {key: getattr(self, f"_light_{key}")(known, needs) for key in self._labels()}
        self._settle(known, found)
        return {order.id: [
            self._light(key, label, found[key].get(order.id))
            for key, label in self._labels().items()] for order in known}

    def _settle(self, orders, found):
        """Let nothing look missing that the goods have gone through already."""
        made = self.env._("Made: nothing is missing any more")
        for order in orders:
            if found["made"].get(order.id, (NOT_BEGUN,))[0] != "green":
                continue
            for key in BEFORE_MADE:
                judged = found[key].get(order.id)
                if judged and judged[0] in ("red", "amber"):
                    found[key][order.id] = ("green", made, *judged[2:4], "")

    @api.model
    def _light(self, key, label, judged):
        state, text, model, id_, who = judged or (
            NOT_BEGUN, self.env._("Not begun"), False, False, "")
        return {"key": key, "label": label, "state": state, "text": text, "model": model,
                "id": id_, "who": who}

    # ----------------------------------------------------------------- lights

    def _light_sign(self, orders, _needs):
        states = {"5_valid": "green", "1_returned": "red", "2_draft": "amber"}
        texts = dict(orders._fields["stage"]._description_selection(self.env))
        return {order.id: (
            states.get(order.stage, "amber"),
            f"{texts.get(order.stage)}: {order.waiting_for}" if order.waiting_for
            else texts.get(order.stage), "sale.order", order.id, order.waiting_for or "")
            for order in orders}

    def _light_stock(self, orders, _needs):
        found = {}
        for order in orders:
            notice = order.notice_id
            if notice.on_hold:
                found[order.id] = ("red", notice.hold_text or notice.hold_reason or "",
                                   notice._name, notice.id, notice.merchandiser_id.name or "")
            elif notice.is_stock_checked:
                text = ", ".join(self.env._(
                    "%(stock)s from stock, %(make)s to make",
                    stock=plain_number(line.stock_quantity),
                    make=plain_number(line.to_make_quantity + line.released_quantity))
                    for line in notice.line_ids)
                found[order.id] = ("green", text, notice._name, notice.id, "")
            elif notice.state == "valid":
                found[order.id] = (
                    "red", self.env._("Stock not checked yet"), notice._name, notice.id,
                    notice.merchandiser_id.name or "")
        return found

    def _light_raw(self, orders, needs):
        """Every need of raw material was asked of the keeper and is there or promised (D2.5)."""
        enquiries = {enquiry.need_id: enquiry for enquiry in self.env["gendan.eta.enquiry"].search(
            [("notice_id", "in", orders.notice_id.ids), ("state", "!=", "cancel")], order="id")}
        found = {}
        for order in orders:
            rows = [self._raw_state(need, enquiries.get(need), order)
                    for need in needs.get(order.notice_id, {}).get("raw", ())]
            if rows:
                found[order.id] = self._worst(rows)
            elif self._all_from_stock(order):
                found[order.id] = self._from_stock(order)
        return found

    def _raw_state(self, need, enquiry, order):
        name = need.product_id.name
        if not enquiry and need.net <= 0:
            return ("green", self.env._("%s: from stock", name), need._name, need.id, "")
        if not enquiry:
            return ("red", self.env._("%s: the keeper was not asked", name), need._name, need.id,
                    order.merchandiser_id.name or "")
        keeper = enquiry.addressee_id.name or ""
        if enquiry.state in ("draft", "asked", "relayed"):
            return ("amber", self.env._("%(material)s: waits for the keeper's answer",
                                        material=name), enquiry._name, enquiry.id, keeper)
        promised = enquiry.promised_date
        if promised and order.commitment_date and promised > order._delivery_date():
            return ("red", self.env._("%(material)s comes on %(date)s, after the delivery",
                                      material=name, date=promised), enquiry._name, enquiry.id,
                    keeper)
        if promised:
            return ("amber", self.env._("%(material)s comes on %(date)s", material=name,
                                        date=promised), enquiry._name, enquiry.id, keeper)
        return ("green", self.env._("%s is there", name), enquiry._name, enquiry.id, "")

    def _light_bag(self, orders, needs):
        return self._packaging(orders, needs, ("bag", "film"))

    def _light_carton(self, orders, needs):
        return self._packaging(orders, needs, ("carton",))

    def _packaging(self, orders, needs, kinds):
        """Stock and orders cover the need: red nothing, amber ordered, green received (D3)."""
        found = {}
        mine = {order: [need for kind in kinds
                        for need in needs.get(order.notice_id, {}).get(kind, ())]
                for order in orders}
        blocked = self.env["gendan.need"].sudo().concat(
            *(need for of_order in mine.values() for need in of_order))._blocked()
        for order in orders:
            rows = [self._packaging_state(need, order, blocked[need.id]) for need in mine[order]]
            if rows:
                found[order.id] = self._worst(rows)
            elif self._all_from_stock(order):
                found[order.id] = self._from_stock(order)
        return found

    def _packaging_state(self, need, order, blocked):
        name = need.product_id.display_name
        if need.net <= 0:
            return ("green", self.env._("%s: from stock", name), need._name, need.id, "")
        lines = need.allocation_ids.purchase_line_id.filtered(
            lambda line: line.order_id.state == "purchase")
        ordered = sum(need.allocation_ids.filtered(
            lambda row: row.purchase_line_id in lines).mapped("quantity"))
        if lines and all(line.qty_received >= line.product_qty for line in lines) and (
                ordered >= need.net):
            return ("green", self.env._("%s: received", name), need._name, need.id, "")
        text = self.env._("%(item)s: %(ordered)s of %(net)s ordered", item=name,
                          ordered=plain_number(ordered), net=plain_number(need.net))
        vendors = ", ".join(lines.order_id.partner_id.mapped("name"))
        if ordered >= need.net:
            return ("amber", f"{text} · {vendors}", need._name, need.id, "")
        users = order.merchandiser_id
        if blocked:
            # it cannot be ordered yet: who keeps it from being ordered has the next step
            text = f"{text} · {blocked[0].missing}"
            users = users.browse(blocked[0].users) or users
        return ("red", text, need._name, need.id, ", ".join(users.mapped("name")))

    def _light_plate(self, orders, needs):
        """The artwork is approved and engraved; a regular version has its plates (D2.8)."""
        versions = {order: self.env["product.product"].concat(*(
            need.product_id for kind in ("bag", "film", "raw")
            for need in needs.get(order.notice_id, {}).get(kind, ()))) for order in orders}
        everything = self.env["product.product"].concat(*versions.values())
        jobs, unmet = everything._open_jobs(), everything._artwork_unmet()
        found = {}
        for order in orders:
            rows = [self._plate_state(version, jobs.get(version), unmet[version.id], order)
                    for version in versions[order]
                    if version in jobs or version.packaging_kind in ("bag", "film")]
            if rows:
                found[order.id] = self._worst(rows)
            elif self._all_from_stock(order):
                found[order.id] = self._from_stock(order)
        return found

    def _plate_state(self, version, job, unmet, order):
        name = version.display_name
        if job and job.state in ("approved", "released"):
            return ("green", self.env._("%s: plates are there", name), job._name, job.id, "")
        if job:
            stages = dict(job._fields["state"]._description_selection(self.env))
            text = self.env._("%(version)s: %(stage)s, due %(day)s", version=name,
                              stage=stages[job.state], day=job.stage_due or "—")
            return ("red" if job.is_late else "amber", text, job._name, job.id,
                    job.owner_id.name or "")
        if unmet:
            return ("red", unmet[0].missing, version._name, version.id,
                    order.merchandiser_id.name or "")
        return ("green", self.env._("%s: plates are there", name), version._name, version.id, "")

    @api.model
    def _worst(self, rows):
        return min(rows, key=lambda row: SEVERITY.index(row[0]))

    def _light_plan(self, orders, _needs):
        """The notice stands in the plan, confirmed by both (D2.9)."""
        lines = self.env["gendan.plan.line"].search(
            [("notice_id", "in", orders.notice_id.ids)], order="day, id").grouped("notice_id")
        found = {}
        for order in orders:
            planned = lines.get(order.notice_id)
            if planned:
                ready = all(line.production_by_id and line.packaging_by_id for line in planned)
                text = self.env._("%(day)s on %(machine)s", day=planned[-1].day,
                                  machine=planned[-1].workcenter_id.name)
                found[order.id] = ("green" if ready else "amber", text, planned._name,
                                   planned[-1].id, "")
            elif self._all_from_stock(order):
                found[order.id] = self._from_stock(order)
        return found

    def _light_first(self, orders, _needs):
        """The salesperson accepted the first article (D5.4)."""
        colours = {"accepted": "green", "pending": "amber"}
        labels = dict(self.env["gendan.first.article"]._fields[
            "decision"]._description_selection(self.env))
        found = {}
        for article in self.env["gendan.first.article"].search(
                [("notice_id", "in", orders.notice_id.ids)], order="id"):
            order = article.notice_id.order_id
            colour = colours.get(article.decision, "red")
            if colour == "red":
                found[order.id] = self._stopped(article.sudo())
                continue
            # before there is a sample it is the merchandiser's
            who = order.user_id.name if article.decision == "pending" and article.sampled_at else ""
            text = self.env._("First article: %s decides", who) if who else self.env._(
                "First article: %s", labels[article.decision])
            found[order.id] = (colour, text, article._name, article.id, who or "")
        return found

    @api.model
    def _stopped(self, article):
        """Return the light of a machine that stands: why, and who goes on with it (D5.4–D5.6).

        While a deviation is open the word is with production, or with the salesperson.
        """
        unmet = article._stopped_by()
        who = ", ".join(self.env["res.users"].sudo().browse(unmet.users).mapped("name"))
        return ("red", unmet.missing, article._name, article.id, who)

    def _light_made(self, orders, _needs):
        """What was released is produced and packed."""
        productions = self.env["mrp.production"].search(
            [("notice_id", "in", orders.notice_id.ids), ("state", "!=", "cancel")])
        of_notice = productions.grouped("notice_id")
        found = {}
        for order in orders:
            runs = of_notice.get(order.notice_id)
            if runs:
                made, wanted = sum(runs.mapped("qty_produced")), sum(runs.mapped("product_qty"))
                done = all(run.state in MADE for run in runs)
                text = self.env._("%(made)s of %(wanted)s made", made=plain_number(made),
                                  wanted=plain_number(wanted))
                begun = done or made or any(run.state != "confirmed" for run in runs)
                found[order.id] = ("green" if done else "amber" if begun else NOT_BEGUN, text,
                                   runs._name, runs[:1].id, "")
            elif self._all_from_stock(order):
                found[order.id] = self._from_stock(order)
        return found

    def _light_ship(self, orders, _needs):
        """A shipping notice, its slip, and the truck that left (D8)."""
        colours = {"shipped": "green", "refused": "red"}
        found = {}
        shippings = self.env["gendan.shipping.notice"].search(
            [("notice_id", "in", orders.notice_id.ids), ("state", "!=", "cancel")], order="id")
        labels = dict(shippings._fields["state"]._description_selection(self.env))
        roles = {role: self.env["res.users"]._users_of_role(role, self.env.company)
                 for role in ("finance", "finished_keeper")} if shippings else {}
        for order in orders:
            if self._is_ready_to_ship(order):
                found[order.id] = (
                    "amber", self.env._("Ready: no shipping notice yet"), order.notice_id._name,
                    order.notice_id.id, order.user_id.name or order.merchandiser_id.name or "")
        for shipping in shippings:
            order = shipping.notice_id.order_id
            has_slip = "issued" in shipping.slip_ids.mapped("state")
            who = {"draft": shipping.salesperson_id, "submitted": shipping.merchandiser_id,
                   "refused": shipping.salesperson_id,
                   "accepted": roles["finished_keeper" if has_slip else "finance"],
                   "loading": roles["finished_keeper"]}.get(shipping.state)
            found[order.id] = (
                colours.get(shipping.state, "amber"),
                f"{labels[shipping.state]} {fields.Date.to_string(shipping.ship_date)}",
                shipping._name, shipping.id, ", ".join(who.mapped("name")) if who else "")
        return found

    def _is_ready_to_ship(self, order):
        """Whether all of a released notice is made or lies in stock."""
        notice = order.notice_id
        runs = notice.production_ids.filtered(lambda run: run.state != "cancel")
        return order.stage == "5_valid" and (
            bool(runs) and all(run.state in MADE for run in runs) or not runs
            and self._all_from_stock(order))

    # ---------------------------------------------------------------- helpers

    def _needs(self, orders):
        """Return ``{notice: {kind: needs}}`` of these orders, in one query."""
        found = {}
        for need in self.env["gendan.need"].sudo().search(
                [("notice_id", "in", orders.notice_id.ids)]):
            kinds = found.setdefault(need.notice_id, {})
            kinds[need.kind] = kinds.get(need.kind, need.browse()) | need
        return found

    @api.model
    def _all_from_stock(self, order):
        notice = order.notice_id
        return notice.is_stock_checked and not any(
            line.to_make_quantity + line.released_quantity for line in notice.line_ids)

    @api.model
    def _from_stock(self, order):
        return ("green", self.env._("All from stock"), order.notice_id._name,
                order.notice_id.id, "")
