from odoo import models


class MaterialNeedsReport(models.AbstractModel):
    """用料与采购表: needs, limits and purchases of a notice (D3.2)."""

    _name = "report.gendan_followup.report_material_needs"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed material needs"
    _paper_model = "gendan.production.notice"
