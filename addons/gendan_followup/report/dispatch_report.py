from odoo import models
from odoo.exceptions import UserError


class DispatchReport(models.AbstractModel):
    """派车单: what the driver takes with him and brings back filled in (form 11)."""

    _name = "report.gendan_followup.report_dispatch"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed dispatch sheet"
    _paper_model = "gendan.dispatch"

    def _check_printable(self, docs):
        for dispatch in docs:
            if dispatch.state in ("draft", "cancel"):
                raise UserError(self.env._(
                    "%(dispatch)s is %(state)s: the sheet is printed when it is confirmed.",
                    dispatch=dispatch.name, state=dispatch._state_label(dispatch.state)))
