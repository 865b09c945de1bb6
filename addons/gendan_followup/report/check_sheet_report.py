from odoo import models


class CheckSheetReport(models.AbstractModel):
    """来料检验单, 开机点检, 打码单, 包装抽检单 (forms 3, 5, 6 and 7)."""

    _name = "report.gendan_followup.report_check_sheet"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed check sheet"
    _paper_model = "gendan.check.sheet"
