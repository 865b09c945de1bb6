from odoo import fields, models

from ..order.res_partner import ORDER_KINDS

STEPS = [("sign", "Signatures"), ("stock", "Stock"), ("raw", "Raw material"), ("bag", "Bag"),
         ("carton", "Carton"), ("plan", "Plan"), ("first", "First article"),
         ("made", "Production"), ("ship", "Shipping")]


class MilestoneLead(models.Model):
    """The time-and-action calendar: how many working days before the delivery (design 2)."""

    _name = "gendan.milestone.lead"
    _description = "Time-and-action calendar"
    _order = "days_before desc, id"
    _rec_name = "code"

    code = fields.Selection(STEPS, "Step", required=True)
    kind = fields.Selection(ORDER_KINDS, "Kind of business",
                            help="Empty: for every kind that has no row of its own.")
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    days_before = fields.Integer("Working days before the delivery", required=True)

    _days = models.Constraint("CHECK (days_before BETWEEN 0 AND 200)",
                              "A step lies 0 to 200 working days before the delivery.")
    _once = models.UniqueIndex("(code, kind, company_id) NULLS NOT DISTINCT",
                               "That step has a row for this kind already.")

    def _leads(self, company, kind):
        """Return ``{code: days}`` for a kind of business; the special row goes first.

        :param company: whose calendar
        :param str kind: a key of ``ORDER_KINDS``
        """
        rows = self.filtered(lambda row: row.kind in (kind, False)
                             and row.company_id in (company, company.browse()))
        ranked = rows.sorted(lambda row: (bool(row.kind), bool(row.company_id)))
        return {row.code: row.days_before for row in ranked}
