from odoo import fields, models


class ResCompany(models.Model):
    """How far an order for packaging may float around the net need (D3.3–D3.5)."""

    _inherit = "res.company"

    bag_tolerance = fields.Float(
        "Tolerance of bags (%)", default=20.0, digits=(5, 2), required=True,
        help="Regular versions of bags, roll film and other packaging (D3.3).")
    new_bag_tolerance = fields.Float(
        "Tolerance of new versions (%)", default=5.0, digits=(5, 2), required=True,
        help="Until the version was used in an accepted first article (D3.4, A14).")
    carton_tolerance = fields.Float(
        "Tolerance of cartons (%)", default=0.0, digits=(5, 2), required=True,
        help="Cartons are bought strictly by the order (D3.5).")

    # the text's own figures: a company may be stricter, never more generous
    _bag_tolerance_range = models.Constraint(
        "CHECK (bag_tolerance BETWEEN 0 AND 20)", "Bags float by at most 20 % (D3.3).")
    _new_bag_tolerance_range = models.Constraint(
        "CHECK (new_bag_tolerance BETWEEN 0 AND 5)",
        "New versions float by at most 5 % (D3.4).")
    _carton_tolerance_range = models.Constraint(
        "CHECK (carton_tolerance = 0)", "Cartons are bought strictly by the order (D3.5).")

    def write(self, vals):
        """Bring the open needs in line with a stricter or wider tolerance."""
        result = super().write(vals)
        if vals.keys() & {"bag_tolerance", "new_bag_tolerance", "carton_tolerance"}:
            # the settings are the administrator's, a need is written by the system only
            self.env["gendan.need"].sudo().search(
                [("company_id", "in", self.ids), ("notice_id.state", "not in", ("done", "cancel"))]
            )._refresh_tolerance()
        return result
