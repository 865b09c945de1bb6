from odoo import api, models

from ..foundation.gate_mixin import Gate


class StockMoveLine(models.Model):
    """A line that takes trial packs away is refused until they are accepted (traps 7.5)."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Judge lines that are born on a done move: they change stock at once."""
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.state == "done")._check_trial_hold()
        return lines

    def write(self, vals):
        """Judge what a done line becomes: its quantity, lot and place."""
        result = super().write(vals)
        if vals.keys() & {"location_id", "location_dest_id", "quantity", "lot_id", "move_id"}:
            self.filtered(lambda line: line.state == "done")._check_trial_hold()
        return result

    def _check_trial_hold(self):
        """Refuse trial packs that leave before they are accepted; scrapping them is free.

        :raise UserError: naming the sheet and who decides
        """
        leaving = self.filtered(
            lambda line: line.location_id.is_trial_hold and line.quantity
            and not line.location_dest_id.is_trial_hold
            and line.location_dest_id.usage not in ("inventory", "production")
            and line.company_id.uses_gendan)
        if not leaving:
            return
        # the keeper need not be able to read first articles
        waiting = self.env["gendan.first.article"].sudo().search([
            ("trial_production_id.product_id", "in", leaving.product_id.ids),
            ("decision", "!=", "accepted"), ("decided_at", "=", False)])
        waiting |= waiting.search([
            ("trial_production_id.product_id", "in", leaving.product_id.ids),
            ("decision", "=", "rejected")])
        for line in leaving:
            held = waiting.filtered(
                lambda article, line=line: article.trial_production_id.product_id
                == line.product_id and (not line.lot_id or line.lot_id in
                                        article.trial_production_id._produced_lots()))
            if held:
                self.env["gendan.audit"]._refuse(
                    Gate("first_article.hold", "D5.4 X4"), held[0], self.env._(
                        "%(product)s are trial packs of %(sheet)s: they stay where they are until "
                        "%(who)s has accepted them.", product=line.product_id.display_name,
                        sheet=held[0].name, who=held[0]._decider_name()))
