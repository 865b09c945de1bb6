from contextlib import contextmanager

from odoo import api, fields, models

from ..foundation.gate_mixin import Gate
from ..materials.need_received import BEGUN

NOTING = "gendan_followup.noting_start"
STARTED = Gate("production.start", "D3.13 X13")


class MrpProduction(models.Model):
    """No line is started before its bag version is here (D3.13).

    The clause knows no trial: it is tried in its bag as well, but asks for its own packs
    only. A bag that came unchecked or is on hold, and missing cartons, refuse nothing: they
    are red on the line, and the start is on record with them (X13).
    """

    _inherit = "mrp.production"

    start_warning = fields.Text("Warning at the start", compute="_compute_start_warning")

    @api.depends_context("lang")
    @api.depends("state", "notice_line_id")
    def _compute_start_warning(self):
        """What is shown beforehand is what the start puts on record."""
        pending = self.filtered(lambda one: one.ids and one.state not in ("done", "cancel"))
        texts = pending._start_warning_texts()
        for production in self:
            production.start_warning = texts.get(production, False)

    def _start_warning_texts(self):
        """Return ``{order: what is not in order about its packaging and materials}``."""
        orders = self._gendan_on().sudo().filtered("notice_line_id")
        warnings = self.env["gendan.need"]._start_warnings(orders.notice_line_id)
        return {order: "\n".join(map(str, warnings[order.notice_line_id]))
                for order in orders if order.notice_line_id in warnings}

    @contextmanager
    def _noting_start_warnings(self):
        """Put on record with what orders were started within this block, once (D3.13).

        Read before: of a lot that is used up within it nothing is left to be unchecked.
        """
        # core writes quantities within a start: the outermost block speaks for all of it
        noting = self.env.cr.cache.setdefault(NOTING, set())
        waiting = self.filtered(
            lambda order: order.state not in BEGUN and order.id not in noting)
        texts = waiting._start_warning_texts() if waiting else {}
        noting.update(waiting.ids)
        try:
            yield
        finally:
            noting.difference_update(waiting.ids)
        self.env["gendan.audit"]._note_each("warned", STARTED, {
            order: text for order, text in texts.items() if order.state in BEGUN})

    def button_mark_done(self):
        """An order that nobody started starts and ends at once."""
        with self._noting_start_warnings():
            return super().button_mark_done()

    def write(self, vals):
        """What was made begins an order as well, where nobody pressed its start."""
        if not vals.get("qty_producing"):
            return super().write(vals)
        with self._noting_start_warnings():
            return super().write(vals)

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
