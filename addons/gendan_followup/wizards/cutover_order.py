from odoo import fields, models
from odoo.exceptions import UserError


class CutoverOrder(models.TransientModel):
    """One open order with the scan of its signed paper."""

    _name = "gendan.cutover.order"
    _description = "Open order at the cut-over"

    wizard_id = fields.Many2one("gendan.cutover.wizard", required=True, ondelete="cascade")
    order_id = fields.Many2one(
        "sale.order", required=True, ondelete="cascade",
        domain="[('revision_id', '=', False), ('state', '!=', 'cancel')]")
    scan = fields.Binary("Scanned notice", attachment=False)
    scan_name = fields.Char("File name")
    finance = fields.Char("Finance signed")
    sales_manager = fields.Char("Sales manager signed")
    signed_on = fields.Date()

    def _load(self):
        """Load each order as signed on paper.

        :raise UserError: naming the order whose paper is incomplete
        """
        for line in self:
            line._check_complete()
            order = line.order_id.sudo(False)
            order.check_access("write")
            # the attachment belongs to the order; who may not write orders was stopped above
            scan = self.env["ir.attachment"].sudo().create({
                "name": line.scan_name or self.env._("%s signed on paper", order.name),
                "datas": line.scan, "res_model": "sale.order", "res_id": order.id})
            order._load_signed_on_paper(scan, {
                "paper_finance": line.finance.strip(),
                "paper_sales_manager": line.sales_manager.strip(),
                "paper_signed_on": line.signed_on})

    def _check_complete(self):
        self.ensure_one()
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("scan", "finance", "sales_manager", "signed_on")
            if not self[name] or isinstance(self[name], str) and not self[name].strip()]
        if missing:
            raise UserError(self.env._(
                "%(order)s: %(missing)s is missing.", order=self.order_id.display_name,
                missing=", ".join(missing)))
        if self.order_id.company_id != self.wizard_id.company_id:
            raise UserError(self.env._("%(order)s belongs to %(company)s.",
                                       order=self.order_id.display_name,
                                       company=self.order_id.company_id.name))
        if self.signed_on > self.order_id._company_today():
            raise UserError(self.env._("%s was not signed in the future.",
                                       self.order_id.display_name))
