from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate


class Supplement(models.Model):
    """补料: spoiled packaging is made good, without tolerance (X14).

    Asked for with the scrap records of that very version, approved by the plan manager,
    never by whoever asked. Approved, it is a need of its own.
    """

    _name = "gendan.supplement"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Supplement"
    _order = "asked_at desc, id desc"
    _rec_name = "product_id"
    _check_company_auto = True

    _transitions = {"asked": ("approved", "refused"), "approved": (), "refused": ()}
    _stamps = frozenset({"asked_by_id", "asked_at", "decided_by_id", "decided_at", "need_id",
                         "decision_reason"})

    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, index=True,
        ondelete="restrict", domain="[('notice_id.state', '=', 'released')]")
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, index=True)
    company_id = fields.Many2one(related="notice_line_id.company_id", store=True, index=True)
    product_id = fields.Many2one(
        "product.product", "Packaging", required=True, ondelete="restrict",
        domain="[('packaging_kind', '!=', False)]")
    quantity = fields.Float(digits="Product Unit", required=True)
    reason = fields.Text(required=True)
    scrap_ids = fields.Many2many("stock.scrap", "gendan_supplement_scrap_rel",
                                 string="Scrap records", check_company=True)
    scrapped_quantity = fields.Float("Scrapped", digits="Product Unit",
                                     compute="_compute_scrapped_quantity")
    state = fields.Selection(
        [("asked", "Asked for"), ("approved", "Approved"), ("refused", "Refused")],
        default="asked", required=True, readonly=True, index=True, tracking=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, copy=False)
    asked_at = fields.Datetime(readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)
    decision_reason = fields.Text(readonly=True, copy=False)
    need_id = fields.Many2one("gendan.need", readonly=True, copy=False,
                              ondelete="restrict")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _quantity = models.Constraint("CHECK (quantity > 0)", "A supplement is above zero.")

    # by the goods that were moved: a number and a state on the record prove nothing
    @api.depends("scrap_ids.move_ids.state", "scrap_ids.move_ids.quantity")
    def _compute_scrapped_quantity(self):
        for supplement in self:
            supplement.scrapped_quantity = sum(
                move.product_uom._compute_quantity(
                    move.quantity, supplement.product_id.uom_id, round=False)
                for move in supplement.sudo().scrap_ids.move_ids
                if move.state == "done" and move.product_id == supplement.product_id)

    @api.depends("state", "asked_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for supplement in self:
            # what nobody has asked for yet has nobody whose own it would be
            supplement.can_decide = bool(supplement.id) and supplement.state == "asked" and (
                not supplement._gate_unmet("_gate_decide"))

    @api.depends("notice_id.name", "product_id", "quantity")
    def _compute_display_name(self):
        for supplement in self:
            supplement.display_name = self.env._(
                "Supplement %(notice)s %(product)s", notice=supplement.notice_id.name or "",
                product=supplement.product_id.display_name or "")

    @api.model
    def _creation_stamps(self):
        return {"asked_by_id": self.env.uid, "asked_at": fields.Datetime.now()}

    @api.constrains("scrap_ids", "product_id")
    def _check_scraps(self):
        # two who ask for the same spoiled pieces in one second come one after the other (X6)
        self.env["gendan.stock.check"]._take_turn(self.filtered("scrap_ids").product_id)
        for supplement in self:
            for scrap in supplement.sudo().scrap_ids:
                if scrap.product_id != supplement.product_id:
                    raise ValidationError(self.env._(
                        "%(scrap)s scrapped %(scrapped)s, the supplement is for %(asked)s.",
                        scrap=scrap.name, scrapped=scrap.product_id.display_name,
                        asked=supplement.product_id.display_name))
                twice = self.sudo().search(
                    [("scrap_ids", "in", scrap.id), ("id", "!=", supplement.id),
                     ("state", "!=", "refused")], limit=1)
                if twice:
                    raise ValidationError(self.env._(
                        "%(scrap)s is made good by %(other)s already.", scrap=scrap.name,
                        other=twice.display_name))

    # --------------------------------------------------------------- decision

    @gate("supplement.decide", "X14")
    def _gate_decide(self):
        """The plan manager decides, but never what he asked for himself."""
        user = self.env.user
        managers = user._users_of_role("plan_manager", self.company_id[:1])
        unmet = {}
        for supplement in self:
            if not user._principals("plan_manager"):
                unmet[supplement.id] = [Unmet(
                    "role", self.env._("%s is approved by the plan manager",
                                       supplement.display_name),
                    self.env._("%s decides", ", ".join(managers.mapped("name"))),
                    tuple(managers.ids))]
            elif supplement.asked_by_id == user or supplement.asked_by_id in user._principals(
                    "plan_manager"):
                unmet[supplement.id] = [Unmet(
                    "own", self.env._("%(user)s asked for %(supplement)s himself",
                                      user=supplement.asked_by_id.name,
                                      supplement=supplement.display_name),
                    self.env._("somebody else approves it"))]
        return unmet

    @gate("supplement.approve", "X14")
    def _gate_approve(self):
        """A scrap record of that very version proves at least the quantity."""
        unmet = self._gate_decide()
        for supplement in self:
            if float_compare(supplement.scrapped_quantity, supplement.quantity,
                             precision_digits=2) < 0:
                unmet.setdefault(supplement.id, []).append(Unmet(
                    "proof", self.env._(
                        "%(supplement)s: %(asked)s asked for, %(scrapped)s scrapped",
                        supplement=supplement.display_name, asked=plain_number(supplement.quantity),
                        scrapped=plain_number(supplement.scrapped_quantity)),
                    self.env._("scrap the spoiled packaging and attach the record")))
        return unmet

    def action_approve(self):
        """Approve, and make it a need without tolerance (X14)."""
        self._pass_gate("_gate_approve")
        for supplement in self:
            # needs are written by the system only
            need = self.env["gendan.need"].sudo().create({
                "notice_line_id": supplement.notice_line_id.id,
                "product_id": supplement.product_id.id, "gross": supplement.quantity,
                "is_supplement": True})
            supplement._step("approved", need_id=need.id, decided_by_id=self.env.uid,
                             decided_at=fields.Datetime.now())
        return True

    def action_refuse(self, reason):
        """Refuse, with the reason (X14)."""
        self._pass_gate("_gate_decide")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is refused.", self[:1].display_name))
        self._step("refused", decision_reason=reason, decided_by_id=self.env.uid,
                   decided_at=fields.Datetime.now())
        return True
