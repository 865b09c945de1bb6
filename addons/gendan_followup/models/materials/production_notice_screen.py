from odoo import api, fields, models

from ...calc.text import plain_number, unique_lines
from ...calc.working_time import company_date

# button → the gate that would refuse it
BUTTONS = {
    "can_check_stock": "_gate_stock_check",
    "can_agree_round_up": "_gate_round_up",
    "can_hold": "_gate_hold",
}


class ProductionNotice(models.Model):
    """What the notice's page shows: missing steps, buttons of this person, QR, pictures."""

    _inherit = "gendan.production.notice"
    # the workshop may only read a notice, and asks its questions on it
    _mail_post_access = "read"

    work_missing = fields.Text("Before work goes on", compute="_compute_work_missing")
    product_id = fields.Many2one("product.product", related="line_ids.product_id",
                                 string="Product")
    product_text = fields.Char("Products", compute="_compute_product_text")
    production_count = fields.Integer(
        "Number of manufacturing orders", compute="_compute_production_count")
    signature_text = fields.Char("Signatures", compute="_compute_signature_text")
    stock_check_line_ids = fields.One2many(related="stock_check_id.line_ids",
                                           string="Stock found")
    checked_by_id = fields.Many2one(related="stock_check_id.checked_by_id", string="Checked by")
    checked_at = fields.Datetime(related="stock_check_id.checked_at")
    delivery_text = fields.Char("Delivery", compute="_compute_delivery_text")
    hold_text = fields.Char("On hold because", compute="_compute_hold_text")
    page_url = fields.Char("Link", compute="_compute_page_url")
    can_check_stock = fields.Boolean(compute="_compute_can")
    can_release = fields.Boolean(compute="_compute_can")
    can_agree_round_up = fields.Boolean(compute="_compute_can")
    can_hold = fields.Boolean(compute="_compute_can")
    can_resume = fields.Boolean(compute="_compute_can")

    @api.depends_context("uid", "lang")
    @api.depends("state", "on_hold", "revision_id", "order_id.revision_state")
    def _compute_work_missing(self):
        """Show what the gate of the work would refuse, to everybody who works from it."""
        notices = self.filtered(lambda notice: notice.id and notice.state != "done")
        unmet = notices._gate_unmet("_gate_work")
        for notice in self:
            notice.work_missing = unique_lines(map(str, unmet.get(notice.id, ()))) or False

    @api.depends("delivery_date", "state")
    @api.depends_context("lang")
    def _compute_delivery_text(self):
        now = fields.Datetime.now()
        for notice in self:
            today = company_date(now, notice.company_id.gendan_tz)
            notice.delivery_text = notice.delivery_date and self._days_left_text(
                notice.delivery_date, today, notice.state not in ("done", "cancel"))

    @api.model
    def _days_left_text(self, day, today, running=True):
        """Return a delivery date as people say it: the day, and how many days are left."""
        text = day.strftime("%m-%d" if day.year == today.year else "%Y-%m-%d")
        left = (day - today).days
        if not running:
            return text
        if left < 0:
            return self.env._("%(day)s (%(count)s days late)", day=text, count=-left)
        if left == 0:
            return self.env._("%s (today)", text)
        return self.env._("%(day)s (%(count)s days left)", day=text, count=left)

    @api.depends("on_hold", "hold_kind", "hold_reason")
    @api.depends_context("lang")
    def _compute_hold_text(self):
        """Say why the work stops, in the language of the person who reads it."""
        for notice in self:
            revision = notice.sudo().order_id.revision_id
            notice.hold_text = notice.on_hold and (
                self.env._("revision %s is being signed", revision.letter)
                if notice.hold_kind == "revision" else notice.hold_reason)

    @api.depends("line_ids.product_id", "line_ids.quantity")
    def _compute_product_text(self):
        for notice in self:
            lines = notice.line_ids.filtered("quantity")
            notice.product_text = ", ".join(
                f"{line.product_id.display_name} {plain_number(line.quantity)} "
                f"{line.product_uom_id.name}"
                for line in lines[:3]) + (" …" if len(lines) > 3 else "")

    @api.depends("production_ids")
    def _compute_production_count(self):
        counts = dict(self.env["mrp.production"].sudo()._read_group(
            [("notice_id", "in", self.ids)], ["notice_id"], ["__count"]))
        for notice in self:
            notice.production_count = counts.get(notice, 0)

    @api.depends("revision_id")
    @api.depends_context("lang", "tz")
    def _compute_signature_text(self):
        """Print the names of the signers: the workshop sees them, not the order."""
        for notice in self:
            notice.signature_text = notice.sudo().revision_id.signatures_text

    def _compute_page_url(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        for notice in self:
            notice.page_url = f"{base}/odoo/production-notices/{notice.id}"

    @api.depends_context("uid")
    @api.depends("state", "on_hold", "hold_kind", "stock_check_id", "revision_id",
                 "line_ids.to_make_quantity", "round_up_agreed_by_id")
    def _compute_can(self):
        notices = self._gendan_on().filtered("id")
        refused = {button: notices._gate_unmet(method) for button, method in BUTTONS.items()}
        in_charge = notices._in_charge()
        for notice in self:
            open_ = notice in notices and notice.state in ("valid", "released")
            for button in BUTTONS:
                notice[button] = open_ and notice.id not in refused[button]
            short = any(line.to_make_quantity > 0 for line in notice.line_ids)
            checked = notice.is_stock_checked
            notice.can_release = (open_ and checked and short and not notice.on_hold
                                  and notice in in_charge)
            notice.can_agree_round_up &= (
                checked and not notice.round_up_agreed_by_id and notice._has_open_carton())
            notice.can_resume = notice.can_hold and notice.hold_kind == "manual"
            notice.can_hold &= not notice.on_hold

    def _has_open_carton(self):
        """Whether the shortage of some line ends in a carton that is not full."""
        self.ensure_one()
        return any(line.packs_per_carton and line.to_make_quantity % line.packs_per_carton
                   for line in self.line_ids)

    # --------------------------------------------------------------- links

    def _action_open(self):
        """Return the action that shows these notices: one as a page, several as a list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gendan_followup.action_production_notice")
        if len(self) == 1:
            return dict(action, res_id=self.id, views=[(False, "form")], view_mode="form")
        return dict(action, domain=[("id", "in", self.ids)], context={})

    def action_open_productions(self):
        """Open the manufacturing orders of this notice."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("mrp.mrp_production_action")
        return dict(action, domain=[("notice_id", "=", self.id)], context={})

    def action_open_order(self):
        """Open the sales order, for those who may read it."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "sale.order",
                "res_id": self.order_id.id, "views": [(False, "form")]}
