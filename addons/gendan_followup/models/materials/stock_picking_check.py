from odoo import api, fields, models

from .stock_lot_check import INCOMING, RED


class StockPicking(models.Model):
    """What a receipt brought in that nobody looked at: 未检, in red, on its page (X13)."""

    _inherit = "stock.picking"

    unchecked_text = fields.Text("Not checked", compute="_compute_unchecked_text")

    @api.depends("state", "move_line_ids.lot_id", "move_line_ids.quantity")
    @api.depends_context("lang")
    def _compute_unchecked_text(self):
        self.unchecked_text = False
        receipts = self.filtered(lambda picking: picking.picking_type_code == "incoming"
                                 and picking.state == "done" and picking.company_id.uses_gendan)
        sheets = receipts._incoming_sheets()
        for picking in receipts:
            texts = [picking._unchecked_line(product, lot, sheets)
                     for product, lot in picking._brought_in()]
            picking.unchecked_text = "\n".join(filter(None, texts)) or False

    def _brought_in(self):
        """Return ``[(product, lot), …]`` of what a receipt brought from its supplier."""
        self.ensure_one()
        lines = self.move_line_ids.filtered(
            lambda line: line.location_id.usage == "supplier" and line.quantity > 0
            and line.product_id.type == "consu")
        return list(dict.fromkeys((line.product_id, line.lot_id) for line in lines))

    def _incoming_sheets(self):
        """Return ``{(receipt, product): last closed sheet}``: a carton has no lot to ask."""
        # whoever sees the receipt sees whether it was looked at
        sheets = self.env["gendan.check.sheet"].sudo().search([
            ("picking_id", "in", self.ids), ("kind", "in", INCOMING), ("state", "=", "closed")],
            order="id")
        return {(sheet.picking_id.id, sheet.product_id.id): sheet for sheet in sheets}

    def _unchecked_line(self, product, lot, sheets):
        """Return what is to be said of goods that are not known to be right, or False."""
        sheet = lot.sudo().incoming_sheet_ids.filtered(
            lambda one: one.state == "closed").sorted("id")[-1:] if lot else sheets.get(
            (self.id, product.id), self.env["gendan.check.sheet"])
        state = lot.check_state if lot else (
            sheet.result if sheet else "unchecked" if product.packaging_kind else "none")
        if state not in RED:
            return False
        goods = f"{product.display_name} {lot.name or ''}".strip()
        if not sheet:
            return self.env._("%(goods)s: not checked → %(who)s checks it", goods=goods,
                              who=", ".join(self._checkers(product).mapped("name")))
        said = {"goods": goods, **sheet._who_and_when()}
        if state == "not_ok":
            return self.env._("%(goods)s: not OK by the check of %(who)s, %(at)s", **said)
        return self.env._("%(goods)s: received unchecked by %(who)s, %(at)s", **said)

    def action_check_arrival(self):
        """Look at what came in unchecked after all: its sheet opens, the one before stays (X13).

        :return: the action that shows the sheets to be answered
        """
        self.ensure_one()
        known = self._incoming_sheets()
        sheets = self.env["gendan.check.sheet"].search([
            ("picking_id", "=", self.id), ("kind", "in", INCOMING), ("state", "=", "open")])
        opened = {(sheet.product_id, sheet.lot_id) for sheet in sheets}
        for product, lot in self._brought_in():
            if (product, lot) not in opened and self._unchecked_line(product, lot, known):
                move = self.move_ids.filtered(lambda one, of=product: one.product_id == of)[:1]
                sheets |= sheets.create(move._prepare_incoming_sheet(lot))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gendan_followup.action_check_sheet_floor")
        if len(sheets) == 1:
            return {**action, "res_id": sheets.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", sheets.ids)], "context": {}}

    def _checkers(self, product):
        role = "packaging_keeper" if product.packaging_kind else "raw_keeper"
        return self.env["res.users"]._users_of_role(role, self.company_id)
