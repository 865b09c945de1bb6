from odoo import api, models


class ProductionNoticeReport(models.AbstractModel):
    """生产通知单 as the notice stands now, one or many."""

    _name = "report.gendan_followup.report_production_notice"
    _description = "Printed production notice (report)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the sheets of these notices; whoever reads the notice may print it."""
        notices = self.env["gendan.production.notice"].browse(docids)
        notices.check_access("read")
        return {
            "docs": notices,
            "sheets": self.env["gendan.notice.sheet"]._sheets(
                [(notice, notice, notice.sudo().revision_id) for notice in notices]),
        }
