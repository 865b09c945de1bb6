from odoo import models
from odoo.exceptions import UserError


class IssueSlipReport(models.AbstractModel):
    """出库单 with its lines of signature; the driver takes the delivery copy (A22)."""

    _name = "report.gendan_followup.report_issue_slip"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed goods-issue slip"
    _paper_model = "gendan.issue.slip"

    def _check_printable(self, docs):
        for slip in docs:
            if slip.state == "draft":
                raise UserError(self.env._("%s is not issued yet.", slip.name))
