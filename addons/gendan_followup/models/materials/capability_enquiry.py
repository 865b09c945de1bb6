import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.enquiry_mixin import EnquiryMixin
from ..foundation.gate_mixin import Unmet, gate


class CapabilityEnquiry(models.Model):
    """Can our process do it: yes, yes with limits, or no (D2.6).

    Asked of production for special material, a new product or a new specification, and bound
    to the specification as it was then: another one is another question. "With limits" counts
    when the salesperson has accepted them.
    """

    _name = "gendan.capability.enquiry"
    _inherit = ["gendan.enquiry.mixin", "gendan.gate.mixin"]
    _description = "Capability enquiry"
    _order = "asked_at desc, id desc"
    _rec_name = "notice_line_id"
    _check_company_auto = True

    _transitions = {**EnquiryMixin._transitions, "answered": ("returned",)}
    _stamps = EnquiryMixin._stamps | {
        "verdict", "speed", "limits", "spec_digest", "accepted_by_id", "accepted_at"}
    _enquiry_roles = {"ask": ("merchandiser", "plan_manager"), "answer": ("production",),
                      "return": ("merchandiser", "plan_manager")}
    _enquiry_clause = "D2.6"

    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, index=True,
        ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="notice_line_id.company_id", store=True, precompute=True,
                                 index=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    product_id = fields.Many2one(related="notice_line_id.product_id")
    question = fields.Text(required=False)
    spec_digest = fields.Char("Specification asked about", readonly=True, copy=False)
    verdict = fields.Selection(
        [("yes", "Yes"), ("limits", "With limits"), ("no", "No")], "Capability", readonly=True,
        copy=False, index=True)
    speed = fields.Integer("Packs a minute", readonly=True, copy=False)
    limits = fields.Text(readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", "Limits accepted by", readonly=True, copy=False,
                                     ondelete="restrict")
    accepted_at = fields.Datetime("Limits accepted at", readonly=True, copy=False)

    @api.depends("notice_line_id")
    def _compute_display_name(self):
        for enquiry in self:
            enquiry.display_name = self.env._(
                "%s: can we make it?", enquiry.notice_line_id.display_name)

    @api.model
    def _creation_stamps(self):
        return {"spec_digest": False}

    def action_ask(self):
        """Ask production about the specification as it stands now (D2.6)."""
        result = super().action_ask()
        for enquiry in self.sudo():
            enquiry.write({"spec_digest": enquiry.notice_line_id._capability_digest()})
        return result

    def action_answer(self, verdict, speed=0, limits=None, answer=None):
        """Answer for production.

        :param str verdict: ``yes``, ``limits`` or ``no``
        :param int speed: packs a minute that can be reached
        :param str limits: what has to be accepted; needed with ``limits``, why not with ``no``
        """
        self._check_step("answer")
        if verdict not in ("yes", "limits", "no"):
            raise UserError(self.env._(
                "%s: yes, with limits, or no.", self[:1].sudo().display_name))
        if verdict != "yes" and not (limits or "").strip():
            raise UserError(self.env._(
                "%s: say which limits, or why not: the salesperson has to tell the customer.",
                self[:1].sudo().display_name))
        if speed < 0:
            raise UserError(self.env._("A speed is not below zero."))
        return self._answer(verdict=verdict, speed=speed, limits=limits,
                            answer=answer or limits or "")

    def _after_answer(self):
        """What is limited or impossible goes on the salesperson's desk (D2.6)."""
        if self.verdict != "yes":
            self._remind(self.notice_id.salesperson_id)
        return super()._after_answer()

    def action_accept_limits(self):
        """Accept the limits, as the salesperson of the order (D2.6)."""
        self.check_access("read")
        self._pass_gate("_gate_accept_limits")
        self.sudo().write({"accepted_by_id": self.env.uid, "accepted_at": fields.Datetime.now()})
        self._remind(self.env["res.users"])
        return True

    @gate("capability.accept_limits", "D2.6 A34")
    def _gate_accept_limits(self):
        """Limits are accepted by the salesperson, once production has named them."""
        unmet = {}
        for enquiry in self:
            notice, conditions = enquiry.sudo().notice_id, []
            if not notice._is_salesperson():
                conditions.append(notice._not_salesperson_unmet())
            if enquiry.verdict != "limits" or enquiry.accepted_at:
                conditions.append(Unmet(
                    "verdict", self.env._("%s names no limits to accept", enquiry.display_name),
                    ""))
            unmet[enquiry.id] = conditions
        return unmet


def digest_of(content):
    """Return the SHA-256 of a JSON-able content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
