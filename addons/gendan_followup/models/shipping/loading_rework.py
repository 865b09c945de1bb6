from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..foundation.gate_mixin import Unmet, gate


class LoadingRework(models.Model):
    """返工: a load that was emptied again; the 200.00 is proposed once per event (D6.5, A18).

    One event is one count of one report. A number typed wrongly with nothing unloaded,
    or a keeper's mistake that the merchandiser caught, is on record with 0.00.
    """

    _name = "gendan.loading.rework"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "mail.thread"]
    _description = "Rework event"
    _order = "id desc"
    _rec_name = "description"

    _transitions = {"proposed": ("confirmed", "dropped"), "confirmed": (), "dropped": ()}
    _stamps = frozenset({
        "proposal", "amount", "amount_reason", "responsible_id", "reported_by_id", "reported_at",
        "decided_by_id", "decided_at",
    })

    report_id = fields.Many2one("gendan.loading.report", required=True, index=True,
                                ondelete="restrict")
    round_id = fields.Many2one("gendan.loading.round", "Count", required=True, index=True,
                               ondelete="restrict")
    company_id = fields.Many2one(related="report_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("proposed", "Proposed"), ("confirmed", "Confirmed"), ("dropped", "Dropped")],
        required=True, default="proposed", readonly=True, copy=False, index=True)
    cause = fields.Selection(
        [("count", "Counted wrongly"), ("typed", "Typed wrongly, nothing unloaded"),
         ("keeper", "Keeper's mistake, caught in time"), ("other", "Other")], required=True)
    unloaded_cartons = fields.Integer("Cartons unloaded")
    minutes = fields.Integer("Minutes lost")
    description = fields.Char(required=True)
    responsible_id = fields.Many2one("res.users", "Merchandiser concerned", readonly=True,
                                     ondelete="restrict", index=True)
    proposal = fields.Monetary(readonly=True)
    amount = fields.Monetary(readonly=True)
    amount_reason = fields.Char("Reason of the amount", readonly=True)
    reported_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    reported_at = fields.Datetime(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)

    _once = models.Constraint(
        "UNIQUE (round_id)", "This event has its charge already: one event, one charge.")
    _sensible = models.Constraint("CHECK (unloaded_cartons >= 0 AND minutes >= 0)",
                                  "Neither cartons nor minutes are below 0.")

    @api.model_create_multi
    def create(self, vals_list):
        """Report an event; who is concerned and what is proposed is the server's to say."""
        for vals in vals_list:
            report = self.env["gendan.loading.report"].browse(vals["report_id"])
            vals["round_id"] = report.sudo().round_id.id
            self._refuse_twice(report)
        events = super().create(vals_list)
        events._pass_gate("_gate_report")
        for event in events.sudo():
            proposal = event._proposal()
            event.write({
                "proposal": proposal, "amount": proposal, "reported_by_id": self.env.uid,
                "responsible_id": event.report_id.supervisor_id.id,
                "reported_at": fields.Datetime.now()})
        return events

    def _refuse_twice(self, report):
        known = self.sudo().search([("round_id", "=", report.sudo().round_id.id)], limit=1)
        if known:
            raise UserError(self.env._(
                "%(round)s has its charge already (%(amount)s): one event, one charge.",
                round=known.round_id.display_name, amount=f"{known.amount:.2f}"))

    def _proposal(self):
        """Return 200.00 for a wrong count that was unloaded again, else 0.00 (A18)."""
        self.ensure_one()
        if self.cause == "count" and self.unloaded_cartons > 0:
            return self.company_id.rework_charge
        return 0.0

    @gate("rework.report", "D6.5")
    def _gate_report(self):
        """Reported by who was there, or the plan manager, while it is being loaded."""
        unmet = {}
        for event in self:
            report = event.report_id
            conditions = unmet.setdefault(event.id, [])
            if not (self.env.su or report._sides() or self.env.user._principals("plan_manager")):
                conditions.append(report._not_supervisor_unmet())
            if report.state != "running":
                conditions.append(Unmet("state", self.env._(
                    "%(report)s is %(state)s", report=report.name,
                    state=report._state_label(report.state)), ""))
        return unmet

    @gate("rework.decide", "D6.5 X7")
    def _gate_decide(self):
        """Confirmed by plan manager or general manager, not by the person concerned."""
        user = self.env.user
        unmet = {}
        for event in self:
            if not (user._principals("plan_manager") or user._principals("general_manager")):
                holders = user._users_of_role("plan_manager", event.company_id)
                unmet[event.id] = [Unmet(
                    "role", self.env._("the amount is the plan manager's or the general "
                                       "manager's to decide"),
                    self.env._("%s does it", ", ".join(holders.mapped("name"))))]
            elif user == event.responsible_id:
                unmet[event.id] = [Unmet("own", self.env._("nobody decides his own case"), "")]
        return unmet

    def action_confirm(self, amount=None, reason=False):
        """Decide the amount; another one than proposed needs a reason (X7).

        :param float amount: CNY; None takes the proposal
        :param str reason: why it is another one
        """
        self._pass_gate("_gate_decide")
        for event in self:
            decided = event.proposal if amount is None else amount
            changed = float_compare(decided, event.proposal, precision_digits=2) != 0
            if decided < 0:
                raise UserError(self.env._("An amount is not below 0."))
            if changed and not (reason or "").strip():
                raise UserError(self.env._(
                    "The proposal is %(proposal)s; say why it becomes %(amount)s.",
                    proposal=f"{event.proposal:.2f}", amount=f"{decided:.2f}"))
            event._step("confirmed", amount=decided, amount_reason=reason or False,
                        decided_by_id=self.env.uid, decided_at=fields.Datetime.now())
            if changed:
                self.env["gendan.audit"]._note(
                    "override", self._gate_of("_gate_decide"), event,
                    self.env._("%(proposal)s became %(amount)s: %(reason)s",
                               proposal=f"{event.proposal:.2f}", amount=f"{decided:.2f}",
                               reason=reason))
        return True
