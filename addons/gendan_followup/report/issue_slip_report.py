from odoo import api, models
from odoo.exceptions import UserError


class IssueSlipReport(models.AbstractModel):
    """出库单 with its lines of signature; the driver takes the delivery copy (A22)."""

    _name = "report.gendan_followup.report_issue_slip"
    _description = "Printed goods-issue slip"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the slips in force or void; a draft is no paper.

        :raise UserError: for a draft
        """
        slips = self.env["gendan.issue.slip"].browse(docids)
        slips.check_access("read")
        for slip in slips:
            if slip.state == "draft":
                raise UserError(self.env._("%s is not issued yet.", slip.name))
        return {"docs": slips,
                "moment": self.env["report.gendan_followup.report_shipping_notice"]._moment}
