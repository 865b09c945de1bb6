from odoo import models


class SaleOrder(models.Model):
    """What a valid order waits for, and whom a hand-over concerns."""

    _inherit = "sale.order"

    def _todos_in_force(self):
        """Ask the merchandiser to look at the stock and to release (D2.2, D2.4)."""
        self.ensure_one()
        notice = self.notice_id
        if not self.valid_revision_id or not notice._waits_for_release():
            return {}
        return {"release": self.env["gendan.revision"]._asked(self._merchandiser_now())}

    def _assign(self, user, *, note, until=False, questions=None):
        """Move the open to-dos along with the order (D0.3)."""
        result = super()._assign(user, note=note, until=until, questions=questions)
        self.sudo().revision_id._mark_todos_stale()
        return result
