from odoo import models


class DayPlanReport(models.AbstractModel):
    """日生产计划: what each machine makes tomorrow, and the three who agreed it (form 8)."""

    _name = "report.gendan_followup.report_day_plan"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed day plan"
    _paper_model = "gendan.day.plan"
