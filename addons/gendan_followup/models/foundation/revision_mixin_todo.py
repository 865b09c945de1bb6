from odoo import fields, models

from ...calc.working_time import company_date


class RevisionMixin(models.AbstractModel):
    """What a document under revision says to whom it waits for."""

    _inherit = "gendan.revision.mixin"

    def _todos_in_force(self):
        """Return ``{kind: users}`` for a document whose revision is in force, or drafted."""
        return {}

    def _prepare_todo(self, type_id, user_id):
        """Return the values of one activity of this document, due today (X1)."""
        self.ensure_one()
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": type_id,
            "user_id": user_id,
            "date_deadline": company_date(fields.Datetime.now(), self.company_id.gendan_tz),
            "automated": True,
        }
