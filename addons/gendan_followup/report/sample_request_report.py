from odoo import models


class SampleRequestReport(models.AbstractModel):
    """样品申请单: what the showroom asked for and signed for (form 13)."""

    _name = "report.gendan_followup.report_sample_request"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed sample request"
    _paper_model = "gendan.sample.request"
