from odoo import models


class MaterialIssueReport(models.AbstractModel):
    """领料单: what was handed out, to whom, and who looked again (form 4)."""

    _name = "report.gendan_followup.report_material_issue"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed material issue slip"
    _paper_model = "gendan.material.issue"
