from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate

PLANNERS = ("merchandiser", "plan_manager", "production", "packaging")


class PlanLine(models.Model):
    """A notice on a machine on a day, agreed by production and by packaging (D2.9, D4.4).

    Drafts are moved about freely. Once both have confirmed, the line stands: a plan is
    changed by a new line and openly, never by rewriting the old one (D4.3).
    """

    _name = "gendan.plan.line"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "gendan.gate.mixin"]
    _description = "Plan line"
    _order = "day, workcenter_id, sequence, id"
    _check_company_auto = True

    _transitions = {
        "draft": ("proposed", "cancel"),
        "proposed": ("confirmed", "refused", "cancel", "replaced"),
        "confirmed": ("done", "replaced"),
        "done": (),
        "replaced": (),
        "refused": (),
        "cancel": (),
    }
    _stamps = frozenset({
        "proposed_by_id", "proposed_at", "production_by_id", "production_at", "packaging_by_id",
        "packaging_at", "refused_by_id", "refused_at", "refusal_reason", "revision_id", "origin_id",
        "replaced_at",
    })

    company_id = fields.Many2one(related="notice_line_id.company_id", store=True, precompute=True,
                                 index=True)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", required=True, index=True,
                                    ondelete="restrict", check_company=True)
    day = fields.Date(required=True, index=True)
    sequence = fields.Integer(default=10, help="Order within the day.")
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, index=True,
        ondelete="restrict", check_company=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    # goods and unit of a notice line are frozen with it: kept here, the week's list reads no more
    product_id = fields.Many2one(related="notice_line_id.product_id", store=True, precompute=True)
    product_uom_id = fields.Many2one(related="notice_line_id.product_uom_id", store=True,
                                     precompute=True)
    quantity = fields.Float(digits="Product Unit", required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("proposed", "Proposed"), ("confirmed", "Confirmed"),
         ("done", "Done"), ("refused", "Refused"), ("cancel", "Cancelled"),
         ("replaced", "Replaced")],
        required=True, default="draft", readonly=True, copy=False, index=True)
    proposed_by_id = fields.Many2one("res.users", "Proposed by", readonly=True, copy=False,
                                     ondelete="restrict")
    proposed_at = fields.Datetime("Proposed at", readonly=True, copy=False)
    production_by_id = fields.Many2one("res.users", "Confirmed by production", readonly=True,
                                       copy=False, ondelete="restrict")
    production_at = fields.Datetime("Production confirmed at", readonly=True, copy=False)
    packaging_by_id = fields.Many2one("res.users", "Confirmed by packaging", readonly=True,
                                      copy=False, ondelete="restrict")
    packaging_at = fields.Datetime("Packaging confirmed at", readonly=True, copy=False)
    refused_by_id = fields.Many2one("res.users", "Refused by", readonly=True, copy=False,
                                    ondelete="restrict")
    refused_at = fields.Datetime("Refused at", readonly=True, copy=False)
    refusal_reason = fields.Char(readonly=True, copy=False)

    _quantity = models.Constraint("CHECK (quantity > 0)", "A plan line needs a quantity above 0.")
    _both = models.Constraint(
        "CHECK (state NOT IN ('confirmed', 'done') "
        "OR (production_at IS NOT NULL AND packaging_at IS NOT NULL))",
        "A plan line is confirmed by production and by packaging (D2.9).")
    _two_persons = models.Constraint(
        "CHECK (production_by_id <> packaging_by_id)",
        "Production and packaging are two voices: another person confirms for the second one.")

    @api.depends("workcenter_id", "day", "notice_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.day} {line.workcenter_id.name} {line.notice_id.name}"

    # -------------------------------------------------------------------- steps

    def action_propose(self):
        """Put the line before production and packaging (D2.9)."""
        self._check_part(*PLANNERS)
        self._pass_gate("_gate_plan")
        return self._step("proposed", proposed_by_id=self.env.uid,
                          proposed_at=fields.Datetime.now())

    def action_confirm_production(self):
        """Confirm for production; with packaging's word the line stands (D2.9)."""
        return self._confirm("production", "packaging")

    def action_confirm_packaging(self):
        """Confirm for packaging; with production's word the line stands (D2.9)."""
        return self._confirm("packaging", "production")

    def _confirm(self, part, other):
        self._check_part(part)
        self._pass_gate("_gate_plan")
        for line in self:
            if not line._may_become("confirmed"):
                raise UserError(line._no_way_message("confirmed"))
            if line[f"{part}_at"]:
                raise UserError(self.env._(
                    "%s is confirmed by that side already.", line.display_name))
            stamps = {f"{part}_by_id": self.env.uid, f"{part}_at": fields.Datetime.now()}
            if line[f"{other}_at"]:
                line._step("confirmed", **stamps)
            else:
                # the first of the two voices: a stamp that no user may write
                line.sudo().write(stamps)
        # whoever has said yes to all of it has read it (X8)
        self.revision_id.filtered(
            lambda revision: not revision[f"waits_{part}"]).action_read()
        return True

    def action_refuse(self, reason):
        """Say no for production or packaging; the line is not planned (D2.9).

        :param str reason: why, for the merchandiser
        """
        self._check_part("production", "packaging")
        if not (reason or "").strip():
            raise UserError(self.env._(
                "%s: say why, so that another day can be found.", self[:1].display_name))
        return self._step("refused", refused_by_id=self.env.uid,
                          refused_at=fields.Datetime.now(), refusal_reason=reason)

    def action_cancel(self):
        """Take a line back that is not confirmed yet."""
        self._check_part(*PLANNERS)
        return self._step("cancel")

    def _check_part(self, *roles):
        """Refuse unless the user has, or stands in for, one of ``roles``; on record (X5)."""
        self._check_roles(roles, "plan.line.part", "D2.9 X4")

    # --------------------------------------------------------------------- gate

    @gate("plan.line.plan", "D1.10 D2.9 D4.4")
    def _gate_plan(self):
        """Only a valid notice that nothing holds is planned."""
        notices = self.sudo().notice_id
        work = notices._gate_unmet("_gate_work")
        unmet = {}
        for line in self:
            notice = line.sudo().notice_id
            conditions = list(work.get(notice.id, []))
            if notice.state == "draft" and not conditions:
                conditions.append(Unmet(
                    "draft", self.env._("%s is not valid yet", notice.name),
                    self.env._("finance and the sales manager sign it")))
            unmet[line.id] = conditions
        return unmet

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a line for a notice that is not valid (D1.10), and one on a day that has been."""
        lines = super().create(vals_list)
        # a copy for a new revision says what stands already; it is judged when it is published
        new = lines.filtered(lambda line: not line.origin_id)
        new._pass_gate("_gate_plan")
        if not self.env.su:
            new._pass_gate("_gate_move")
        return lines

    def write(self, vals):
        """Refuse moving a line to a notice that is not valid (D1.10)."""
        result = super().write(vals)
        if "notice_line_id" in vals:
            self._pass_gate("_gate_plan")
        if vals.keys() & {"day", "workcenter_id"} and not self.env.su:
            self._pass_gate("_gate_move")
        return result

    @gate("plan.line.move", "D4.3 D4.4")
    def _gate_move(self):
        """A line is put on a day that is still to come and on which the machine works.

        Everything else is judged when the revision is published.
        """
        today = {company: company._company_today() for company in self.company_id}
        return {line.id: [Unmet(
            "past", self.env._("%s has been", line.day), self.env._("choose a day to come"))]
            for line in self if line.day < today[line.company_id]}
