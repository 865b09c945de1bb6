from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...calc import tolerance

WHOLE_KINDS = ("bag", "film", "carton")


class Need(models.Model):
    """What one line of a notice needs of one material: the ledger stands on it (D3.2).

    A need is calculated at release and again with every new revision; no person writes
    it. Packaging is counted in whole pieces, raw material in its stock unit. The
    allocation from stock is frozen at the first calculation (X15), the tolerance at every.
    """

    _name = "gendan.need"
    _inherit = ["gendan.system.mixin", "gendan.turn.mixin"]
    _description = "Need"
    _order = "notice_line_id, kind, product_id, id"
    _rec_name = "product_id"
    _check_company_auto = True

    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, readonly=True, index=True,
        ondelete="restrict", check_company=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    company_id = fields.Many2one(related="notice_line_id.company_id", store=True, precompute=True,
                                 index=True)
    product_id = fields.Many2one(
        "product.product", "Material", required=True, readonly=True, index=True,
        ondelete="restrict", check_company=True,
        help="Raw material, bag version or carton version.")
    product_uom_id = fields.Many2one("uom.uom", "Unit", compute="_compute_frozen", store=True,
                                     precompute=True, required=True, ondelete="restrict")
    packaging_state = fields.Selection(related="product_id.packaging_state",
                                       string="Version status")
    kind = fields.Selection(
        [("raw", "Raw material"), ("bag", "Bag"), ("film", "Roll film"), ("carton", "Carton"),
         ("other", "Other packaging")], compute="_compute_frozen", store=True, precompute=True,
        required=True, index=True)
    # no sums: bags and cartons do not add up
    gross = fields.Float("Needed", digits="Product Unit", required=True, readonly=True, default=0,
                         aggregator=None)
    netted = fields.Float(
        "From stock", digits="Product Unit", required=True, readonly=True, default=0,
        aggregator=None,
        help="Usable stock held for this notice; no other notice may net it (X15).")
    net = fields.Float("Net need", digits="Product Unit", compute="_compute_net", store=True,
                       precompute=True, aggregator=None,
                       help="What the tolerance floats around (A13).")
    is_supplement = fields.Boolean(
        "Supplement", readonly=True, help="Made good for spoiled packaging, approved by the plan "
        "manager, without tolerance (X14).")
    tolerance_percent = fields.Float(
        "Tolerance %", digits=(5, 2), required=True, readonly=True, default=0,
        help="As it was when the need was calculated: a regular version at most 20, a new one "
        "at most 5, cartons 0.")
    limit_quantity = fields.Float("Limit", digits="Product Unit", compute="_compute_limit_quantity")
    allocation_ids = fields.One2many("gendan.purchase.allocation", "need_id", "Allocations",
                                     readonly=True)

    # what has to be asked for or bought; the rest came from stock (D4.1)
    _wanting = models.Index("(notice_id) WHERE net > 0")
    _once = models.UniqueIndex(
        "(notice_line_id, product_id) WHERE is_supplement IS NOT TRUE",
        "A line of a notice has one need per material: correct the one that is there.")
    _sound = models.Constraint("CHECK (gross >= 0 AND netted >= 0 AND netted <= gross)",
                               "A need cannot be below zero, nor stock cover more than it.")
    _whole_pieces = models.Constraint(
        "CHECK (kind NOT IN ('bag', 'film', 'carton') "
        "OR (gross = trunc(gross) AND netted = trunc(netted)))",
        "Bags, roll film and cartons are needed in whole pieces.")
    # the text's own figures: a company may be stricter, never more generous
    _tolerance = models.Constraint(
        "CHECK (tolerance_percent >= 0 AND tolerance_percent <= 20 "
        "AND (tolerance_percent = 0 OR (kind <> 'carton' AND is_supplement IS NOT TRUE)))",
        "Bags float by at most 20 %, cartons and supplements not at all (D3.3, D3.5, X14).")

    # both are frozen: they follow the product that was chosen, not its later changes
    @api.depends("product_id")
    def _compute_frozen(self):
        for need in self:
            packaging = need.product_id.packaging_kind
            need.product_uom_id = need.product_id.uom_id
            need.kind = packaging if packaging in WHOLE_KINDS else "other" if packaging else "raw"

    @api.depends("gross", "netted")
    def _compute_net(self):
        for need in self:
            need.net = float(tolerance.exact(need.gross) - tolerance.exact(need.netted))

    @api.depends("net", "tolerance_percent", "kind")
    def _compute_limit_quantity(self):
        """Packaging only: the text sets no limit for raw material, it warns (D3.12)."""
        for need in self:
            need.limit_quantity = (
                need.net if need.kind == "raw"
                else tolerance.limit(max(need.net, 0), need.tolerance_percent))

    @api.depends("notice_id.name", "product_id")
    def _compute_display_name(self):
        for need in self:
            need.display_name = f"{need.notice_id.name} {need.product_id.display_name}"

    @api.constrains("product_id", "notice_line_id")
    def _check_not_finished_product(self):
        for need in self:
            if need.product_id == need.notice_line_id.product_id:
                raise ValidationError(self.env._(
                    "%s is what the notice makes, not what it needs.", need.display_name))

    def write(self, vals):
        """Keep a need on its line and material: the ledger hangs on them.

        :raise UserError: when it would be moved to another one
        """
        moved = vals.keys() & {"notice_line_id", "notice_id", "company_id", "product_id", "kind",
                               "product_uom_id", "is_supplement"}
        if moved:
            raise UserError(self.env._(
                "%(need)s: %(fields)s stay as they are. A need that falls away goes to 0, another "
                "material is another need.", need=self[:1].sudo().display_name,
                fields=", ".join(self._fields[name]._description_string(self.env)
                                 for name in sorted(moved))))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._(
            "%s is kept: a need that falls away goes to 0.", self[:1].sudo().display_name))

    def copy_data(self, default=None):
        """Refuse: two like needs would double the limit."""
        raise UserError(self.env._("A need is calculated, not copied."))
