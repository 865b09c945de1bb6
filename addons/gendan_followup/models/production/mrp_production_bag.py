from odoo import models

from ..materials.need_received import BEGUN


class MrpProduction(models.Model):
    """No line is started before its bag version is here (D3.13).

    The clause knows no trial: it is tried in its bag as well, but asks for its own packs
    only. A bag that came unchecked or is on hold, and missing cartons, refuse nothing: they
    are red on the line (X13).
    """

    _inherit = "mrp.production"

    def _run_conditions(self):
        """Add the bags that these orders would have to run without."""
        return self._with_bags(super()._run_conditions())

    def _with_bags(self, unmet):
        """Add the bags that have not come.

        Cumulative over the orders of a notice, and over those of one call: splitting an order
        makes no more bags.

        :param dict unmet: conditions found so far
        """
        to_run = self.sudo().filtered(
            lambda production: production.notice_line_id and production.state not in (
                "done", "cancel"))
        if not to_run:
            return unmet
        awaited = to_run.env["gendan.need"]._bags_awaited(to_run.notice_line_id)
        if not awaited:
            return unmet
        here, texts = awaited._bags_here(), {}
        left = awaited._bags_left(here)
        by_line = awaited.grouped("notice_line_id")
        for production in to_run:
            for need in by_line.get(production.notice_line_id, ()):
                key = need.product_id, need.notice_id
                # what began has its bags among those that are not left
                asked = 0 if production.state in BEGUN else need._bags_for(
                    production.product_uom_qty)
                if asked > left[key] or left[key] < 0:
                    texts[need] = texts.get(need) or need._not_received_unmet(here[key])
                    unmet[production.id] = [*unmet.get(production.id, ()), texts[need]]
                else:
                    left[key] -= asked
        return unmet
