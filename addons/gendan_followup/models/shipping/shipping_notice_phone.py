from odoo import api, fields, models


class ShippingNotice(models.Model):
    """What is to be loaded, on the keeper's phone or the one they share (D8.7, X11, X17)."""

    _name = "gendan.shipping.notice"
    _inherit = ["gendan.shipping.notice", "gendan.phone.mixin"]

    _phone_steps = ("start",)

    def _phone_start(self, _step):
        """Take the keeper's copy and start, as whoever holds the phone."""
        self.action_start_loading()

    @api.model
    def phone_loads(self):
        """Return what whoever holds the phone loads or supervises.

        :return: ``{"to_load": [row, …], "supervised": [row, …]}``
        """
        return {"to_load": self._phone_to_load(),
                "supervised": self.env["gendan.loading.report"].phone_supervised()}

    @api.model
    def _phone_to_load(self):
        """Return the keeper's rows: what is accepted, or being loaded; the earliest day first."""
        if not self.env.user._principals("finished_keeper"):
            return []
        notices = self.search([
            ("state", "in", ("accepted", "loading")), ("company_id", "=", self.env.company.id)],
            order="ship_date, loading_at, id", limit=80)
        return [notice._phone_load() for notice in notices]

    def _phone_load(self):
        """Return this notice as a row: when, for whom, into what, and what is missing."""
        self.ensure_one()
        # the keeper reads no customer; his name stands on the paper in his hand
        notice = self.sudo()
        running = notice.report_ids.filtered(lambda report: report.state == "running")[:1]
        return {
            "id": notice.id, "name": notice.display_name, "state": notice.state,
            "customer": notice.partner_id.display_name, "place": notice.destination or "",
            "day": fields.Date.to_string(notice.ship_date),
            "days": (notice.ship_date - notice.company_id._company_today()).days,
            "box": notice.container_type_id.name or notice.truck_plate or "",
            "goods": notice.goods_text or "", "cartons": notice.cartons,
            "missing": self.loading_missing or "", "report": running.id,
            "no_report": bool(notice.needs_report and not notice.report_ids.filtered(
                lambda report: report.state in ("running", "closed"))),
        }
