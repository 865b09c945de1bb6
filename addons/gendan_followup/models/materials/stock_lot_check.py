from odoo import api, fields, models

INCOMING = ("incoming_raw", "incoming_packaging")
# check states that show red; a sheet that somebody only opened is no check
RED = ("unchecked", "skipped", "not_ok", "open")


class StockLot(models.Model):
    """Whether somebody looked at a delivery lot; 未检 is red wherever the lot shows (X13)."""

    _inherit = "stock.lot"

    incoming_sheet_ids = fields.One2many(
        "gendan.check.sheet", "lot_id", "Incoming checks", readonly=True,
        domain=[("kind", "in", INCOMING)])
    check_state = fields.Selection(
        [("none", "No check needed"), ("unchecked", "Not checked"), ("skipped", "Not checked"),
         ("open", "Being checked"), ("ok", "Checked"), ("not_ok", "Not OK")],
        "Incoming check", compute="_compute_check_state", search="_search_check_state")

    @api.depends("incoming_sheet_ids.result", "incoming_sheet_ids.state")
    def _compute_check_state(self):
        received = self._received_from_suppliers()
        sheets = self.env["gendan.check.sheet"].sudo().search([
            ("lot_id", "in", self.ids), ("kind", "in", INCOMING), ("state", "!=", "cancel")],
            order="id").grouped("lot_id")
        for lot in self:
            last = sheets.get(lot.sudo(False), sheets.get(lot, sheets.get(lot.sudo())))
            if last:
                last = last[-1:]
                lot.check_state = "open" if last.state == "open" else last.result
            else:
                lot.check_state = "unchecked" if lot.id in received else "none"

    def _search_check_state(self, operator, value):
        if operator not in ("in", "="):
            return NotImplemented
        values = set(value if operator == "in" else [value])
        lots = self.search([("id", "in", list(self._received_from_suppliers(True)))])
        sheets = self.env["gendan.check.sheet"].sudo().search([
            ("lot_id", "!=", False), ("kind", "in", INCOMING)])
        lots |= sheets.lot_id.sudo(self.env.su)
        return [("id", "in", lots.filtered(lambda lot: lot.check_state in values).ids)]

    def _stopped(self, company):
        """Return those of these lots that a blocking incoming check keeps from use (X13)."""
        kinds = self.env["gendan.check.template"]._blocking_kinds(company.id)
        return self.filtered(lambda lot: lot.product_id._incoming_kind() in kinds
                             and lot.check_state in RED) if kinds else self.browse()

    @api.model
    def _received_from_suppliers(self, every=False):
        """Return the ids of the lots that came from a supplier into a company with 跟单."""
        domain = [("state", "=", "done"), ("location_id.usage", "=", "supplier"),
                  ("lot_id", "!=", False), ("company_id.uses_gendan", "=", True),
                  ("product_id.type", "=", "consu")]
        if not every:
            domain.append(("lot_id", "in", self.ids))
        return {lot.id for lot, in self.env["stock.move.line"].sudo()._read_group(
            domain, ["lot_id"])}
