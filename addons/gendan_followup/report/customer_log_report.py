from odoo import models


class CustomerLogReport(models.AbstractModel):
    """客户联络记录: what a customer said, and who reacted how (form 13)."""

    _name = "report.gendan_followup.report_customer_log"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed customer contact"
    _paper_model = "gendan.customer.log"
