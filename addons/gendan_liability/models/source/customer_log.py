from odoo import models


class CustomerLog(models.Model):
    _name = "gendan.customer.log"
    _inherit = ["gendan.customer.log", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link customer, order and the loading that he speaks of (D0.2, D6.6).

        The fault lies before the letter: at the loading, where the goods left in one.
        """
        notice = self.order_id.notice_id
        report = self._loading_of(notice)
        return {
            **(report._prepare_incident() if report else {}), **super()._prepare_incident(),
            "origin": "complaint", "is_complaint": self.kind == "complaint",
            "discovered_in": "customer", "discovered_at": self.happened_at,
            "event_at": report.closed_at or self.happened_at, "cause_id": False,
            "description": self.question, "notice_id": notice.id, "order_id": self.order_id.id,
            "partner_id": self.partner_id.id,
            "product_id": (self.product_id or notice.line_ids.product_id[:1]).id,
        }

    def _loading_of(self, notice):
        """Return the loading report of the notice, if it left in one container only."""
        reports = self.env["gendan.loading.report"].search([
            ("shipping_id.notice_id", "in", notice.ids), ("state", "=", "closed"),
            ("closed_at", "<=", self.happened_at)], limit=2)
        return reports if len(reports) == 1 else reports.browse()
