from odoo import api, fields, models

# button → the gate that would refuse it, and the state it leads to
BUTTONS = {
    "can_submit": ("_gate_sales_side", "submitted"),
    "can_correct": ("_gate_sales_side", "draft"),
    "can_cancel": ("_gate_cancel", "cancel"),
    "can_accept": ("_gate_accept", "accepted"),
    "can_refuse": ("_gate_refuse", "refused"),
    "can_stop": ("_gate_refuse", "accepted"),
    "can_load": ("_gate_load", "loading"),
    "can_issue": ("_gate_finance", None),
}


class ShippingNotice(models.Model):
    """What the screens of a shipping notice show: one table serves guard and buttons."""

    _inherit = "gendan.shipping.notice"

    can_submit = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_stop = fields.Boolean(compute="_compute_can")
    can_load = fields.Boolean(compute="_compute_can")
    can_issue = fields.Boolean(compute="_compute_can")
    can_confirm_goods = fields.Boolean(compute="_compute_can")
    goods_moved = fields.Boolean("Goods are not all there any more",
                                 compute="_compute_goods_moved")
    is_sales_side = fields.Boolean(compute="_compute_can")
    is_decider = fields.Boolean(compute="_compute_can")
    submit_missing = fields.Text("Before it is submitted", compute="_compute_submit_missing")
    # stored, as what the paper said: a board of many cards reads no lines and no products
    goods_text = fields.Char("What leaves", compute="_compute_goods_text", store=True)

    @api.depends("state", "goods_confirmed_at", "goods_condition")
    def _compute_goods_moved(self):
        for shipping in self:
            shipping.goods_moved = bool(
                shipping.state == "accepted" and shipping.goods_confirmed_at
                and not shipping.goods_condition and shipping.sudo()._short_lines())

    @api.depends_context("uid")
    @api.depends("state", "slip_ids.state")
    def _compute_can(self):
        decider = self._may_decide()
        for shipping in self:
            sales = shipping._is_sales_side()
            shipping.is_sales_side, shipping.is_decider = sales, decider
            for name, (gate, state) in BUTTONS.items():
                allowed = not state or shipping._may_become(state)
                shipping[name] = bool(allowed and shipping.ids
                                      and not shipping._gate_unmet(gate))
            shipping.can_stop = shipping.can_stop and shipping.state == "loading"
            shipping.can_accept = shipping.can_accept and shipping.state == "submitted"
            shipping.can_issue = (shipping.can_issue and shipping.state == "accepted"
                                  and not shipping.slip_id)
            shipping.can_confirm_goods = decider and shipping.state == "accepted" and (
                not shipping.goods_confirmed_at or shipping.goods_moved)

    @api.depends_context("uid", "lang")
    @api.depends("state", "ship_date", "line_ids.quantity", "notice_id", "address", "destination")
    def _compute_submit_missing(self):
        drafts = self.filtered(lambda shipping: shipping.state == "draft" and shipping.ids)
        unmet = drafts._gate_unmet("_gate_submit") if drafts else {}
        for shipping in self:
            shipping.submit_missing = "\n".join(map(str, unmet.get(shipping.id, []))) or False

    @api.depends("line_ids.product_id", "line_ids.quantity")
    def _compute_goods_text(self):
        for shipping in self:
            # in the company's language, whoever writes the notice
            lines = shipping.line_ids.with_context(lang=shipping.company_id.partner_id.lang)
            shipping.goods_text = ", ".join(
                f"{line.product_id.display_name} × {line.cartons}" for line in lines)

    @api.onchange("notice_id")
    def _onchange_notice_id(self):
        """Propose what of the order has not left yet; of a partial shipment the part due."""
        open_quantities = {line: self.env["gendan.shipping.notice.line"].new(
            {"notice_line_id": line.id}).sudo()._open_quantity()
            for line in self.notice_id.line_ids}
        day, left = self.notice_id._part_due(sum(open_quantities.values()))
        commands = [fields.Command.clear()]
        for line, quantity in open_quantities.items():
            quantity = min(quantity, left)
            if quantity > 0:
                commands.append(fields.Command.create(
                    {"notice_line_id": line.id, "quantity": quantity}))
                left -= quantity
        self.line_ids = commands
        # his own choice of a day stays
        self.ship_date = self.ship_date or day
        self.destination = self.notice_id.destination
        partner = self.notice_id.sudo().order_id.partner_shipping_id
        self.address = partner._display_address(without_company=True) if partner else False

    def action_open_slip(self):
        """Open the goods-issue slips of this notice."""
        return {
            "type": "ir.actions.act_window", "res_model": "gendan.issue.slip",
            "name": self.env._("Goods-issue slips"), "view_mode": "list,form",
            "domain": [("shipping_id", "in", self.ids)],
            "context": {"default_shipping_id": self.id if len(self) == 1 else False},
        }

    def action_open_report(self):
        """Open the loading report of this notice; the merchandiser begins one (D6.1)."""
        self.ensure_one()
        report = self.report_ids.filtered(lambda one: one.state != "cancel")[:1]
        return {
            "type": "ir.actions.act_window", "res_model": "gendan.loading.report",
            "name": self.env._("Loading report"), "view_mode": "form", "res_id": report.id,
            "views": [(False, "form")], "context": {"default_shipping_id": self.id},
        }

    def action_print(self):
        """Print the labelled copies; the print counts itself (D8.7)."""
        return self.env.ref("gendan_followup.action_report_shipping_notice").report_action(self)
