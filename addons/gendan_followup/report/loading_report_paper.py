from odoo import models
from odoo.exceptions import UserError


class LoadingReportPaper(models.AbstractModel):
    """监柜记录: container, counts, photos, signatures of who stood there (form 12)."""

    _name = "report.gendan_followup.report_loading"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed loading report"
    _paper_model = "gendan.loading.report"

    def _check_printable(self, docs):
        # printed before the end it would show one count to who makes the other (D6.4)
        for report in docs:
            if report.state != "closed":
                raise UserError(self.env._(
                    "%(report)s is %(state)s: it is printed when it is closed.",
                    report=report.name, state=report._state_label(report.state)))
