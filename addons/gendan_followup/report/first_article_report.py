from odoo import models


class FirstArticleReport(models.AbstractModel):
    """首件确认单: sample, points, fit and the decision (form 2)."""

    _name = "report.gendan_followup.report_first_article"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed first article sheet"
    _paper_model = "gendan.first.article"
