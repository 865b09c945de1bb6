from odoo import api, fields, models

from ..materials.stock_lot_check import RED


class MrpProduction(models.Model):
    """What was skipped on the way of a manufacturing order: 未检, in red, on its page (X13)."""

    _inherit = "mrp.production"

    unchecked_text = fields.Text("Not checked", compute="_compute_unchecked_text")

    @api.depends("move_raw_ids.move_line_ids.lot_id", "state", "notice_line_id")
    @api.depends_context("lang")
    def _compute_unchecked_text(self):
        self.unchecked_text = False
        orders = self.filtered(lambda order: order.state != "cancel" and order.notice_line_id
                               and order.company_id.uses_gendan)
        if not orders:
            return
        slips, sheets = orders._issued_lots(), orders._skipped_sheets()
        for order in orders:
            lots = order.move_raw_ids.move_line_ids.lot_id | slips.get(
                order.notice_line_id.id, self.env["stock.lot"])
            texts = [order._lot_text(lot) for lot in lots if lot.check_state in RED]
            texts += [order._sheet_text(sheet) for sheet in sheets.get(order.id, ())]
            order.unchecked_text = "\n".join(texts) or False

    def _issued_lots(self):
        """Return ``{notice line id: lots}`` that the keepers have handed out for these orders."""
        # whoever sees the order sees what it is made of
        return {line.id: lots.sudo(self.env.su) for line, lots in self.env[
            "gendan.material.issue"].sudo()._read_group(
            [("notice_line_id", "in", self.notice_line_id.ids), ("lot_id", "!=", False),
             ("state", "in", ("issued", "taken"))], ["notice_line_id"], ["lot_id:recordset"])}

    def _skipped_sheets(self):
        """Return ``{order id: sheets}`` whose points somebody left unchecked."""
        # whoever sees the order sees what was skipped on it
        return {order.id: sheets for order, sheets in self.env[
            "gendan.check.sheet"].sudo()._read_group(
            [("production_id", "in", self.ids), ("state", "=", "closed"),
             ("result", "=", "skipped")], ["production_id"], ["id:recordset"])}

    def _lot_text(self, lot):
        goods = f"{lot.product_id.display_name} {lot.name}"
        if lot.check_state == "not_ok":
            return self.env._("%s: not OK by its incoming check", goods)
        return self.env._("%s: came in unchecked", goods)

    def _sheet_text(self, sheet):
        return self.env._(
            "%(check)s: skipped by %(who)s, %(at)s", check=sheet.template_id.display_name,
            **sheet._who_and_when())
