from odoo import fields, models

from ...calc.working_time import company_date


class ResCompany(models.Model):
    """Defaults of the desk, all open to the company (A36, A37, D7, D9.5, D10.2)."""

    _inherit = "res.company"

    sample_limit_pieces = fields.Integer(
        "Sample limit (pieces)", default=200,
        help="Above it a sample must be a production notice (A37).")
    sample_limit_cartons = fields.Float(
        "Sample limit (cartons)", default=2.0,
        help="Above it a sample must be a production notice (A37).")
    new_sample_days = fields.Integer(
        "Samples of new products within (days)", default=7,
        help="Counted from the day on which a product is marked as new (D9.5).")
    review_hour = fields.Float(
        "Daily review due by", default=17.5,
        help="A merchandiser with open orders and no finished review is then shown to the plan "
        "manager (D7.1).")
    care_cycle_days = fields.Integer(
        "Contact small customers every (days)", default=30,
        help="Unless the customer has a cycle of his own (D10.2).")

    def _company_date(self, moment):
        """Return the date of a naive UTC ``moment`` in the company's timezone (X1)."""
        self.ensure_one()
        return company_date(moment, self.gendan_tz)
