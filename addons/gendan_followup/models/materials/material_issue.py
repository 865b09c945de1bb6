from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Gate
from ..foundation.person_mixin import PersonMixin


class MaterialIssue(models.Model):
    """领/发料单: which lot and version a keeper handed out for a notice, and who looked again.

    A withdrawn version cannot stand on it (S10); a material that the notice does not name
    can, and shows red: the record is what L-R1 and L-K4 are judged by. The re-check of
    quality control is a check sheet; a missing one is 未检 (X13, L-Q3, L-O4).
    """

    _name = "gendan.material.issue"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "gendan.person.mixin"]
    _description = "Material issue slip"
    _order = "id desc"
    _check_company_auto = True

    _transitions = {"draft": ("issued", "cancel"), "issued": ("taken",), "taken": (),
                    "cancel": ()}
    _stamps = PersonMixin._person_stamps | {"employee_id", "event_at", "taken_by_id", "taken_at"}

    name = fields.Char("Slip no.", required=True, readonly=True, copy=False, index="trigram",
                       default=lambda self: self.env._("Unnumbered"))
    company_id = fields.Many2one(related="notice_line_id.company_id", store=True, precompute=True,
                                 index=True)
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, index=True,
        ondelete="restrict", check_company=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    product_id = fields.Many2one("product.product", "Item or version", required=True, index=True,
                                 ondelete="restrict", check_company=True)
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="restrict",
                             check_company=True, domain="[('product_id', '=', product_id)]")
    lot_check_state = fields.Selection(related="lot_id.check_state", string="Incoming check")
    quantity = fields.Float(digits="Product Unit", required=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Handed out"), ("taken", "Taken over"),
         ("cancel", "Cancelled")], required=True, default="draft", readonly=True, copy=False,
        index=True)
    employee_id = fields.Many2one(string="Handed out by", readonly=True)
    recorded_at = fields.Datetime(string="Handed out at")
    event_at = fields.Datetime(readonly=True)
    taken_by_id = fields.Many2one("hr.employee", "Taken by", readonly=True, copy=False,
                                  index="btree_not_null", ondelete="restrict")
    taken_at = fields.Datetime("Taken at", readonly=True, copy=False)
    is_foreign = fields.Boolean(
        "Not on the notice", compute="_compute_is_foreign", store=True, precompute=True,
        help="The notice names another material or version.")
    recheck_id = fields.Many2one("gendan.check.sheet", "Re-check", readonly=True, copy=False,
                                 index="btree_not_null", ondelete="restrict")
    recheck_result = fields.Selection(related="recheck_id.result", string="Re-checked")

    _quantity = models.Constraint("CHECK (quantity > 0)", "A slip is about more than nothing.")

    # frozen: it follows the material that was handed out, not a later revision
    @api.depends("product_id", "notice_line_id")
    def _compute_is_foreign(self):
        for slip in self:
            line = slip.notice_line_id.sudo()
            slip.is_foreign = bool(slip.product_id) and slip.product_id.id not in (
                line._named_products())

    @api.model_create_multi
    def create(self, vals_list):
        """Number a slip; a withdrawn version and a blocked lot do not get onto it."""
        slips = super().create([
            {**vals, "name": self.env["ir.sequence"].next_by_code("gendan.material.issue")}
            for vals in vals_list])
        slips._check_may_stand()
        return slips

    def write(self, vals):
        """Keep withdrawn versions off a slip that is changed (S10)."""
        result = super().write(vals)
        if vals.keys() & {"product_id", "lot_id"}:
            self._check_may_stand()
        return result

    def _check_may_stand(self):
        for slip in self.sudo():
            if slip.product_id.packaging_kind and slip.product_id.packaging_state == "withdrawn":
                self.env["gendan.audit"]._refuse(
                    Gate("issue.version", "L-K4"), slip, self.env._(
                        "%(slip)s: %(version)s is withdrawn and is not issued; %(notice)s names "
                        "%(named)s.", slip=slip.name, version=slip.product_id.display_name,
                        notice=slip.notice_id.name,
                        named=slip.notice_line_id.bag_version_id.display_name or ""))
            if slip.lot_id and slip.lot_id.product_id != slip.product_id:
                raise UserError(self.env._(
                    "Lot %(lot)s is of %(product)s.", lot=slip.lot_id.name,
                    product=slip.lot_id.product_id.display_name))

    def _check_incoming(self):
        """Hand out no lot that a blocking incoming check keeps from use (X13)."""
        for slip in self.sudo():
            if slip.lot_id._stopped(slip.company_id):
                self.env["gendan.audit"]._refuse(Gate("issue.unchecked", "X13"), slip, self.env._(
                    "%(slip)s: lot %(lot)s of %(product)s has no incoming check that found it "
                    "right, and without one it is not handed out.", slip=slip.name,
                    lot=slip.lot_id.name, product=slip.product_id.display_name))

    def action_issue(self, event_at=False):
        """Hand it out, in one's own name; its re-check waits for quality control (L-Q3)."""
        for slip in self:
            role = "packaging_keeper" if slip.product_id.packaging_kind else "raw_keeper"
            slip._check_roles((role,), "issue.hand_out", "L-R1 L-K4")
            if slip.product_id.tracking != "none" and not slip.lot_id:
                raise UserError(self.env._("%s: which lot is handed out?", slip.name))
            slip._check_may_stand()
            slip._check_incoming()
            slip._step("issued", recheck_id=slip._open_recheck().id,
                       **slip._prepare_person({"event_at": event_at}))
        return True

    def _open_recheck(self):
        template = self.env["gendan.check.template"]._template_of(
            "issue_recheck", self.company_id)
        # the sheet waits for quality control; the keeper only opens it
        return self.env["gendan.check.sheet"].sudo().create({
            "template_id": template.id, "product_id": self.product_id.id,
            "lot_id": self.lot_id.id, "notice_line_id": self.notice_line_id.id})

    def action_take(self):
        """Take it over, as operator or packing supervisor."""
        for slip in self:
            slip._check_roles(("operator", "packaging", "production"), "issue.take", "L-R1")
            slip._step("taken", taken_by_id=slip._recording_employee({}).id,
                       taken_at=fields.Datetime.now())
        return True

    def action_cancel(self):
        """Put a slip aside that was never handed out."""
        self._check_roles(("raw_keeper", "packaging_keeper"), "issue.cancel", "L-R1")
        return self._step("cancel")

    def copy_data(self, default=None):
        """Refuse: what is handed out gets its own slip."""
        raise UserError(self.env._("An issue slip is not copied."))
