from odoo import api, fields, models

from ...calc.text import plain_number

NOT_BEGUN = "grey"
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
        return {order.id: [
            self._light(key, label, found[key].get(order.id))
            for key, label in self._labels().items()] for order in known}

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
                found[order.id] = min(rows, key=lambda row: ("red", "amber", "green").index(row[0]))
            elif self._all_from_stock(order):
                found[order.id] = self._from_stock(order)
        return found

    def _raw_state(self, need, enquiry, order):
        name = need.product_id.name
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
        for order in orders:
            mine = needs.get(order.notice_id, {})
            rows = [self._packaging_state(need, order)
                    for kind in kinds for need in mine.get(kind, ())]
            if rows:
                found[order.id] = min(rows, key=lambda row: ("red", "amber", "green").index(row[0]))
            elif self._all_from_stock(order):
                found[order.id] = self._from_stock(order)
        return found

    def _packaging_state(self, need, order):
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
        return ("red", text, need._name, need.id, order.merchandiser_id.name or "")

    def _light_plate(self, _orders, _needs):
        """Plates have no records of their own yet."""
        return {}

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
            who = order.user_id.name if article.decision == "pending" else ""
            found[order.id] = (colours.get(article.decision, "red"), labels[article.decision],
                               article._name, article.id, who or "")
        return found

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
        for shipping in shippings:
            order = shipping.notice_id.order_id
            who = {"draft": shipping.salesperson_id, "submitted": shipping.merchandiser_id,
                   "refused": shipping.salesperson_id}.get(shipping.state)
            found[order.id] = (
                colours.get(shipping.state, "amber"),
                f"{labels[shipping.state]} {fields.Date.to_string(shipping.ship_date)}",
                shipping._name, shipping.id, who.name if who else "")
        return found

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
