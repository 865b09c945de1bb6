from odoo import models


class PatrolReport(models.AbstractModel):
    """巡检记录: several findings on one paper (form 13)."""

    _name = "report.gendan_followup.report_patrol"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed patrol record"
    _paper_model = "gendan.patrol"
