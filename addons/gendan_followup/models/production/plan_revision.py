from odoo import api, fields, models
from odoo.exceptions import UserError

PUBLISHERS = ("merchandiser", "plan_manager")


class PlanRevision(models.Model):
    """计划版次: what is changed together in a week plan, why, and who was told (D4.3, L-M4).

    Its drafts are moved about freely; publishing puts them before production and packaging
    and takes the force of the lines which they replace. Those stay on record.
    """

    _name = "gendan.plan.revision"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "gendan.gate.mixin", "mail.thread"]
    _description = "Revision of a week plan"
    _order = "plan_id desc, number desc"
    _check_company_auto = True

    _transitions = {
        "draft": ("published", "cancel"),
        "published": ("confirmed",),
        "confirmed": (),
        "cancel": (),
    }
    _stamps = frozenset({
        "published_by_id", "published_at", "confirmed_at", "difference", "standing_ids", "number",
    })

    plan_id = fields.Many2one("gendan.week.plan", required=True, readonly=True, index=True,
                              ondelete="restrict")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, precompute=True,
                                 index=True)
    week_start = fields.Date(related="plan_id.week_start", store=True, precompute=True)
    number = fields.Integer("No.", required=True, readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("confirmed", "Confirmed"),
         ("cancel", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, index=True)
    reason = fields.Char(help="Why the plan changes: everybody concerned reads it (D4.3).")
    standing_ids = fields.Many2many(
        "gendan.plan.line", "gendan_plan_revision_standing_rel", string="In force before",
        readonly=True, copy=False)
    line_ids = fields.One2many("gendan.plan.line", "revision_id", "Lines")
    difference = fields.Text(readonly=True, copy=False)
    preview = fields.Text("What will change", compute="_compute_preview")
    published_by_id = fields.Many2one("res.users", "Published by", readonly=True, copy=False,
                                      ondelete="restrict")
    published_at = fields.Datetime("Published at", readonly=True, copy=False)
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    told_ids = fields.One2many("gendan.plan.told", "revision_id", readonly=True)

    _once = models.Constraint("UNIQUE (plan_id, number)", "That revision exists already.")
    _one_draft = models.UniqueIndex("(plan_id) WHERE state = 'draft'",
                                    "A week plan has one open revision: go on in that one.")

    @api.depends("plan_id.name", "number")
    def _compute_display_name(self):
        for revision in self:
            revision.display_name = self.env._(
                "Week %(week)s, revision %(number)s", week=revision.plan_id.name,
                number=revision.number)

    @api.depends("state", "line_ids.day", "line_ids.workcenter_id", "line_ids.quantity",
                 "line_ids.sequence", "standing_ids", "reason")
    def _compute_preview(self):
        for revision in self:
            revision.preview = (revision.state == "draft"
                                and "\n".join(revision._difference_texts()))

    # ----------------------------------------------------------------- difference

    def _drafts(self):
        return self.line_ids.filtered(lambda line: line.state == "draft")

    def _changed(self):
        """Return the drafts that say something else than the line in force before."""
        return self._drafts().filtered(lambda line: not line._repeats_origin())

    def _gone(self):
        """Return the lines in force that this revision moves or takes out."""
        kept = (self._drafts() - self._changed()).origin_id
        return self.standing_ids.filtered(
            lambda line: line.state in ("proposed", "confirmed")) - kept

    def _difference_texts(self):
        """Return one sentence per change, as people say it (screens, 7)."""
        self.ensure_one()
        changed = self._changed()
        moved = changed.grouped("origin_id")
        texts = [self.env._("%(what)s: new, %(when)s", what=line._what(), when=line._when())
                 for line in changed if not line.origin_id]
        for line in self._gone():
            texts += [self.env._("%(what)s: %(before)s → %(after)s", what=line._what(),
                                 before=line._when(), after=after._when(line))
                      for after in moved.get(line, ())] or [
                self.env._("%(what)s: %(before)s → taken out of the plan", what=line._what(),
                           before=line._when())]
        because = (self.reason or "").strip()
        return [self.env._("%(change)s, because %(reason)s", change=text, reason=because)
                for text in texts] if because else texts

    # ---------------------------------------------------------------- publication

    def action_publish(self):
        """Put the changes in force, openly: reason, difference and who was told (D4.3).

        :raise UserError: without a reason or a change, for a notice that may not be planned,
            or by another than the merchandiser and the plan manager
        """
        self._check_roles(PUBLISHERS, "plan_revision.publish", "D4.3 D4.4 X4")
        for revision in self:
            revision._publish()
        return True

    def _publish(self):
        if not self._may_become("published"):
            raise UserError(self._no_way_message("published"))
        changed, gone = self._changed(), self._gone()
        first = self.number == 1
        if not changed and not gone and not (first and self.line_ids):
            raise UserError(self.env._(
                "%s changes nothing: move or add a line first.", self.display_name))
        if gone and not (self.reason or "").strip():
            raise UserError(self.env._(
                "%s: say why the plan changes; sales, production and packaging read it.",
                self.display_name))
        changed._pass_gate("_gate_plan")
        now, texts = fields.Datetime.now(), self._difference_texts()
        touched = self._touched()
        # nobody may delete drafts of others by himself: these say what stands already
        (self._drafts() - changed).sudo().unlink()
        if gone:
            gone._step("replaced", replaced_at=now)
        if changed:
            changed._step("proposed", proposed_by_id=self.env.uid, proposed_at=now)
        self._step("published", published_by_id=self.env.uid, published_at=now,
                   difference="\n".join(texts))
        self._tell(touched)
        self._note_confirmed()

    def action_cancel(self):
        """Drop a revision that was not published; what stands goes on standing."""
        self._check_roles(PUBLISHERS, "plan_revision.publish", "D4.3 D4.4 X4")
        self._drafts().sudo().unlink()
        return self._step("cancel")

    def action_confirm_production(self):
        """Confirm all lines of the revision for production (D2.9)."""
        return self._proposed("production_at").action_confirm_production()

    def action_confirm_packaging(self):
        """Confirm all lines of the revision for packaging (D2.9)."""
        return self._proposed("packaging_at").action_confirm_packaging()

    def _proposed(self, stamp):
        lines = self.line_ids.filtered(lambda line: line.state == "proposed" and not line[stamp])
        if not lines:
            raise UserError(self.env._("%s: nothing waits for you.", self[:1].display_name))
        return lines

    def _note_confirmed(self):
        """Stamp the moment at which both sides have confirmed every line (D4.4)."""
        done = self.filtered(lambda revision: revision.state == "published" and not any(
            line.state in ("draft", "proposed") for line in revision.line_ids))
        if done:
            done._step("confirmed", confirmed_at=fields.Datetime.now())

    # ----------------------------------------------------------------------- told

    def _touched(self):
        """Return the notices whose people are told of this revision."""
        changed = self._changed()
        return (changed | self._gone()
                | (self.line_ids if self.number == 1 else changed)).notice_id

    def _to_be_told(self, notices):
        """Return ``{user: role}`` of whom a change of these notices is told (D4.3, L-M4)."""
        users = self.env["res.users"]
        told = dict.fromkeys(notices.salesperson_id, "salesperson")
        for role in ("production", "packaging"):
            told.update(dict.fromkeys(users._users_of_role(role, self.company_id), role))
        return told

    def _tell(self, notices):
        """Tell the salespersons of ``notices``, production and packaging (D4.3, L-M4)."""
        self.ensure_one()
        now, told = fields.Datetime.now(), self._to_be_told(notices)
        # the rows are the server's: nobody says of himself that he told somebody
        self.env["gendan.plan.told"].sudo().create([{
            "revision_id": self.id, "user_id": user.id, "role": role, "sent_at": now,
            "notice_ids": [fields.Command.set(notices.filtered(
                lambda notice, user=user: notice.salesperson_id == user).ids
                if role == "salesperson" else notices.ids)],
        } for user, role in told.items()])
        self.sudo().message_post(
            body=self.env._("%(name)s is published: %(reason)s\n%(difference)s",
                            name=self.display_name, reason=self.reason or "",
                            difference=self.difference),
            partner_ids=[user.partner_id.id for user in told],
            subtype_xmlid="mail.mt_comment")
        self.env["gendan.message"]._tell_group(self, self.env._(
            "%(name)s is published: %(reason)s\n%(difference)s", name=self.display_name,
            reason=self.reason or "", difference=self.difference))

    def action_read(self):
        """Note that the present user, or who stands in for somebody told, has read it (X8)."""
        # who was told is noted by the server alone
        self._unread_by_me().sudo().write(
            {"read_at": fields.Datetime.now(), "read_by_id": self.env.uid})
        return True

    def _unread_by_me(self):
        """Return the rows that wait for the present user, or for whom he stands in (X8)."""
        unread = self.sudo().told_ids.filtered(lambda row: not row.read_at)
        if not unread:
            return unread
        user = self.env.user
        standing_in = self.env["gendan.deputy"].sudo()._standing_in(user, fields.Datetime.now())
        return unread.filtered(lambda row: row.user_id in user | standing_in.principal_id)
