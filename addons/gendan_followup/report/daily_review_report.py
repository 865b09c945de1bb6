from odoo import models


class DailyReviewReport(models.AbstractModel):
    """日整理表: the orders of a day, as they passed before the merchandiser's eyes (form 13)."""

    _name = "report.gendan_followup.report_daily_review"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed daily review"
    _paper_model = "gendan.daily.review"
