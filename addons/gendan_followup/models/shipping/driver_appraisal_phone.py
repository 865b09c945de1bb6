from odoo import api, fields, models


class DriverAppraisal(models.Model):
    """A driver without a login reads his sheet on the gate's phone, with his badge (D11.3, X17)."""

    _inherit = "gendan.driver.appraisal"

    read_at = fields.Datetime("Read by the driver", readonly=True, copy=False)

    @api.model
    def phone_sheets(self):
        """Return the submitted sheets of whoever holds the phone, the newest first.

        That he has seen them is noted: an objection begins with reading (X8).
        """
        driver = self.env["gendan.dispatch"]._clocking_employee()
        if not driver:
            return []
        # a driver has no right to read sheets: this shows him his own
        sheets = self.sudo().search([
            ("driver_id", "=", driver.id), ("company_id", "=", self.env.company.id),
            ("state", "in", ("submitted", "acknowledged"))], limit=12)
        sheets.filtered(lambda sheet: not sheet.read_at).write(
            {"read_at": fields.Datetime.now()})
        return [sheet._phone_sheet() for sheet in sheets]

    def _phone_sheet(self):
        self.ensure_one()
        state = self._state_label(self.state)
        return {
            "id": self.id, "month": self.month.strftime("%Y-%m"), "state": state,
            "is_scored": self.is_scored, "score": self.score,
            "no_score": self.no_score_text or "", "trips": self.trip_count,
            "groups": [{
                "name": self._fields[f"{group}_score"]._description_string(self.env),
                "score": self[f"{group}_score"], "of": points}
                for group, points in self._group_points().items()] if self.is_scored else [],
            "lines": [{
                "date": fields.Date.to_string(line.date), "points": line.points,
                "text": line.fact_id.description} for line in self.line_ids],
            "remark": self.remark or "", "objection": self.objection or "",
            "answer": self.objection_answer or "",
        }
