from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...calc.working_time import company_date


class EnquiryMixin(models.AbstractModel):
    """沟通: who asked what, until when, who passed it on, answered it, brought it back.

    It is the proof for L-R3, L-M3, L-M4 and L-S2, so the server stamps every step and a
    closed enquiry stays as it was. Each kind is a small model that says which role does
    which step (``_enquiry_roles``) and what its answer causes (`_after_answer`).
    """

    _name = "gendan.enquiry.mixin"
    # a to-do is announced to its person by a message, so it needs both mail mixins
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Enquiry"

    _transitions = {
        "draft": ("asked", "cancel"),
        "asked": ("relayed", "answered", "cancel"),
        "relayed": ("answered", "cancel"),
        "answered": ("returned",),
        "returned": (),
        "cancel": (),
    }
    _stamps = frozenset({
        "asked_by_id", "asked_at", "relayed_by_id", "relayed_at", "relayed_to_id",
        "answered_by_id", "answered_at", "answer", "returned_by_id", "returned_at",
        "cancelled_by_id", "cancelled_at", "cancel_reason",
    })
    # step → keys of `ROLES` of whom it is the part; a step that is not named is nobody's
    _enquiry_roles = {}
    _enquiry_clause = "L-M3"

    # each kind takes it from what it is about
    company_id = fields.Many2one("res.company", required=True, index=True)
    question = fields.Text(required=True)
    addressee_id = fields.Many2one("res.users", "Asked person", index="btree_not_null",
                                   ondelete="restrict", domain=[("share", "=", False)])
    due_at = fields.Datetime("Answer due", index="btree_not_null")
    state = fields.Selection(
        [("draft", "Draft"), ("asked", "Asked"), ("relayed", "Passed on"),
         ("answered", "Answered"), ("returned", "Brought back"), ("cancel", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, index=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, copy=False,
                                  ondelete="restrict")
    asked_at = fields.Datetime("Asked at", readonly=True, copy=False)
    relayed_by_id = fields.Many2one("res.users", "Passed on by", readonly=True, copy=False,
                                    ondelete="restrict")
    relayed_at = fields.Datetime("Passed on at", readonly=True, copy=False)
    relayed_to_id = fields.Many2one("res.users", "Passed on to", readonly=True, copy=False,
                                    ondelete="restrict")
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False,
                                     ondelete="restrict")
    answered_at = fields.Datetime("Answered at", readonly=True, copy=False)
    answer = fields.Text(readonly=True, copy=False)
    returned_by_id = fields.Many2one("res.users", "Brought back by", readonly=True, copy=False,
                                     ondelete="restrict")
    returned_at = fields.Datetime("Brought back at", readonly=True, copy=False)
    cancelled_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    cancelled_at = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)

    # ------------------------------------------------------------------- steps

    def action_ask(self):
        """Put the question to the addressee; from now on the time runs (L-M3)."""
        self._check_step("ask")
        self._step("asked", **self._stamp("asked"))
        for enquiry in self:
            enquiry._remind(enquiry.addressee_id)
        return True

    def action_relay(self, user):
        """Pass the question on to the person who can answer it (L-M3).

        :param user: the `res.users` record or id who is to answer
        """
        self._check_step("relay")
        user = self.env["res.users"].browse(user if isinstance(user, int) else user.id).exists()
        if not user:
            raise UserError(self.env._(
                "%s: say to whom it is passed on.", self[:1].sudo().display_name))
        self._step("relayed", relayed_to_id=user.id, **self._stamp("relayed"))
        self._remind(user)
        return True

    def action_answer(self, answer):
        """Answer in one's own name.

        :param str answer: what the asker reads
        """
        self._check_step("answer")
        if not (answer or "").strip():
            raise UserError(self.env._("%s: write the answer.", self[:1].sudo().display_name))
        return self._answer(answer=answer)

    def _answer(self, **values):
        """Keep the answer and tell the asker; kinds with more to say call this.

        :param values: fields of the answer
        """
        self._step("answered", **values, **self._stamp("answered"))
        for enquiry in self:
            enquiry._remind(enquiry.sudo().asked_by_id)
            enquiry.sudo()._after_answer()
        return True

    def action_return(self):
        """Bring the answer back to whoever needs it; this closes the enquiry (L-M3)."""
        self._check_step("return")
        self._step("returned", **self._stamp("returned"))
        self._remind(self.env["res.users"])
        return True

    def action_cancel(self, reason):
        """Take a question back that needs no answer any more; it stays on record.

        :param str reason: why
        """
        self._check_step("ask")
        if not (reason or "").strip():
            raise UserError(self.env._(
                "%s: say why it needs no answer.", self[:1].sudo().display_name))
        self._step("cancel", cancel_reason=reason, **self._stamp("cancelled"))
        self._remind(self.env["res.users"])
        return True

    def _after_answer(self):
        """What the answer of this kind causes; called once per answered record."""

    def _check_photos_open(self):
        """Refuse to touch the photo of a question that was asked (X5)."""
        for enquiry in self:
            if not enquiry._is_open():
                raise UserError(enquiry._locked_message())

    def _stamp(self, step):
        # at a shared phone it is the holder's word, in his own name if he has a login
        return {f"{step}_by_id": self.env.user._acting().id, f"{step}_at": fields.Datetime.now()}

    # ------------------------------------------------------------------ persons

    def _roles_of(self, step):
        """Return the keys of `ROLES` of those whose part ``step`` is on this record."""
        self.ensure_one()
        return self._enquiry_roles.get(step, ())

    def _check_step(self, step):
        """Refuse unless the user has, or stands in for, a role of ``step`` on every record.

        :raise UserError: and the attempt is on record (X5)
        """
        for enquiry in self:
            enquiry._check_roles(
                enquiry._roles_of(step), f"{self._name.removeprefix('gendan.')}.{step}",
                f"{self._enquiry_clause} X4")

    def _remind(self, user):
        """Put the to-do on the desk of ``user``, and take it from everybody else's.

        Who stands in for him now has it too: the absent do not answer (X8).
        """
        # the to-do of another person is not the present user's to remove
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        if not user:
            return
        now = fields.Datetime.now()
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(user, now).deputy_id
        for enquiry in self.sudo():
            for person in user | deputies:
                enquiry.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=person.id,
                    date_deadline=company_date(enquiry.due_at or now,
                                               enquiry.company_id.gendan_tz),
                    summary=enquiry.display_name, note=plaintext2html(enquiry.question or ""))

    @api.model
    def _asked_of_user(self):
        """Return the ids of those who are asked when the present user is: he and his absent."""
        standing_in = self.env["gendan.deputy"].sudo()._standing_in(
            self.env.user, fields.Datetime.now())
        return (self.env.user | standing_in.principal_id).ids

    # -------------------------------------------------------- asked of one person

    @api.depends_context("uid")
    @api.depends("state", "addressee_id")
    def _compute_is_for_me(self):
        for record in self:
            record.is_for_me = record.state == "asked" and record._is_addressee()

    def _search_is_for_me(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        mine = [("state", "=", "asked"), ("addressee_id", "in", self._asked_of_user())]
        return mine if (operator == "in") == (True in value) else ["!", "&", *mine]

    def _is_addressee(self):
        """Whether the present user was asked, or stands in for who was (X8)."""
        self.ensure_one()
        return self.sudo().addressee_id.id in self._asked_of_user()
