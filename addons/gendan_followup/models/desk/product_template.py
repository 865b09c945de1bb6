from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Gate


class ProductTemplate(models.Model):
    """A new product goes to every showroom unasked (D9.5)."""

    _inherit = "product.template"

    is_new_product = fields.Boolean(
        "New product", copy=False, tracking=True,
        help="The merchandiser of each showroom is asked to bring samples (D9.5).")
    new_since = fields.Datetime("New since", readonly=True, copy=False)

    can_mark_new = fields.Boolean(compute="_compute_can_mark_new")

    def _compute_can_mark_new(self):
        self.can_mark_new = self._may_mark_new()

    @api.model
    def _may_mark_new(self):
        user = self.env.user
        return self.env.su or not self.env.company.uses_gendan or any(
            user._principals(role) for role in ("plan_manager", "sales_manager"))

    def action_mark_new(self):
        """Say that these products are new: every showroom gets samples, unasked (D9.5)."""
        self.check_access("read")
        self._check_may_mark_new()
        # who plans need not maintain products; the mark is all that is written
        self.sudo().write({"is_new_product": True})
        return True

    def action_unmark_new(self):
        """Say that these products are new no more; samples that are asked for stay asked."""
        self.check_access("read")
        self._check_may_mark_new()
        self.sudo().write({"is_new_product": False})
        return True

    @api.model_create_multi
    def create(self, vals_list):
        """A product that is born new asks for samples at once."""
        templates = super().create([self._without_new_since(vals) for vals in vals_list])
        templates.filtered("is_new_product")._after_marked_new()
        return templates

    def write(self, vals):
        """Ask for samples when a product is marked as new; the plan manager marks it (D9.5)."""
        vals = self._without_new_since(vals)
        marked = self.browse()
        if "is_new_product" in vals:
            changed = self.filtered(
                lambda template: template.is_new_product != bool(vals["is_new_product"]))
            changed._check_may_mark_new()
            marked = changed if vals["is_new_product"] else marked
        result = super().write(vals)
        marked._after_marked_new()
        return result

    def _without_new_since(self, vals):
        """The moment is the server's to note."""
        if "new_since" in vals and not self.env.su:
            raise UserError(self.env._("Since when a product is new is noted by the server."))
        return vals

    def _check_may_mark_new(self):
        if self and not self._may_mark_new():
            self.env["gendan.audit"]._refuse(Gate("product.new", "D9.5"), self, self.env._(
                "%s: the plan manager or the sales manager says what is a new product.",
                ", ".join(self.mapped("display_name"))))

    def _after_marked_new(self):
        """Give each showroom's merchandiser the task; marked twice it stays one (D9.5)."""
        if not self:
            return
        self._check_may_mark_new()
        # the moment is nobody's to write, the task is the system's to give
        # pylint: disable-next=super-method-mismatch
        super(ProductTemplate, self.sudo()).write({"new_since": fields.Datetime.now()})
        showrooms = self.env["gendan.showroom"].sudo().search(
            [("company_id.uses_gendan", "=", True)])
        self.env["gendan.task"].sudo()._ask_new_samples(self.product_variant_ids, showrooms)
