from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate
from .check_template import CHECK_ROLES


class FirstArticle(models.Model):
    """首件确认单: the piece from the running machine and the salesperson's word on it (D5.1–D5.4).

    The points are those of its check sheet. The merchandiser is present and takes the
    sample, the salesperson decides; deciding closes the sheet, points without an answer
    stay visible as not checked. An acceptance can be withdrawn, never edited.
    """

    _name = "gendan.first.article"
    _inherits = {"gendan.check.sheet": "sheet_id"}
    _inherit = ["gendan.photo.mixin", "gendan.state.mixin", "gendan.role.mixin",
                "gendan.signature.mixin", "mail.activity.mixin", "mail.thread"]
    _description = "First article"
    _rec_name = "name"
    _order = "id desc"
    _check_company_auto = True

    _state_field = "decision"
    _transitions = {
        "pending": ("accepted", "rejected", "ended"),
        "accepted": ("withdrawn", "ended"),
        "rejected": (),
        "withdrawn": (),
        "ended": (),
    }
    _stamps = frozenset({
        "present_by_id", "present_at", "sampled_by_id", "sampled_at", "decided_by_id",
        "decided_at", "decision_reason", "withdrawn_by_id", "withdrawn_at", "withdrawal_reason",
        "cycle", "digest", "hand_count", "revision_id", "trial_production_id", "trial_quantity",
        "made_quantity", "lot_ids", "ended_at", "end_reason", "fit_sheet_id", "by_phone",
        "countersign_until", "countersigned_by_id", "countersigned_at", "is_new_customer",
        "is_new_spec", "is_big", "marked_photo",
    })

    sheet_id = fields.Many2one("gendan.check.sheet", required=True, readonly=True, index=True,
                               ondelete="restrict")
    revision_id = fields.Many2one(
        "gendan.revision", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict", help="What the notice said when the sheet was opened.")
    operator_id = fields.Many2one("hr.employee", "Machine operator", index="btree_not_null",
                                  ondelete="restrict")
    sample_quantity = fields.Float(digits="Product Unit")
    sample_photo = fields.Image("Photo of the sample", max_width=1600, max_height=1600)
    code_photo = fields.Image("Photo of the code", max_width=1600, max_height=1600)
    bag_photo = fields.Image("Photo in its bag", max_width=1600, max_height=1600)
    retained_at = fields.Char("Retained piece", help="Where the piece that was kept hangs.")
    present_by_id = fields.Many2one("res.users", "At the machine", readonly=True, copy=False,
                                    ondelete="restrict")
    present_at = fields.Datetime("At the machine since", readonly=True, copy=False)
    sampled_by_id = fields.Many2one("res.users", "Sample taken by", readonly=True, copy=False,
                                    ondelete="restrict")
    sampled_at = fields.Datetime("Sample taken at", readonly=True, copy=False)
    decision = fields.Selection(
        [("pending", "Pending"), ("accepted", "Accepted"), ("rejected", "Rejected"),
         ("withdrawn", "Acceptance withdrawn"), ("ended", "New one needed")],
        required=True, default="pending", readonly=True, copy=False, index=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False,
                                    ondelete="restrict")
    decided_at = fields.Datetime("Decided at", readonly=True, copy=False)
    decision_reason = fields.Text(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", "Withdrawn by", readonly=True, copy=False,
                                      ondelete="restrict")
    withdrawn_at = fields.Datetime("Withdrawn at", readonly=True, copy=False)
    withdrawal_reason = fields.Text(readonly=True, copy=False)

    _one_sheet = models.Constraint("UNIQUE (sheet_id)", "This sheet has its first article already.")
    _sample = models.Constraint("CHECK (sample_quantity IS NULL OR sample_quantity >= 0)",
                                "A sample cannot be below zero.")
    _decided = models.Constraint(
        "CHECK (decision IN ('pending', 'ended') "
        "OR (decided_by_id IS NOT NULL AND decided_at IS NOT NULL))",
        "A decision carries a name and a time.")

    # -------------------------------------------------------------------- steps

    def action_present(self):
        """The merchandiser is at the machine (D5.1)."""
        self._check_part("merchandiser")
        self._check_pending()
        # presence is noted by this step only, once, and in one's own name
        self.sudo().filtered(lambda article: not article.present_at).write({
            "present_by_id": self.env.uid, "present_at": fields.Datetime.now()})
        return True

    def action_sample(self):
        """The sample is taken from the machine, with operator and quantity (D5.2).

        :raise UserError: naming what is missing; a hand-made sample proves nothing
        """
        self._check_part("merchandiser")
        self._check_pending()
        for article in self:
            missing = [name for name in ("operator_id", "sample_quantity", "sample_photo")
                       if not article[name]]
            if missing:
                raise UserError(self.env._(
                    "%(sheet)s: %(fields)s missing; a sample comes from a machine and its "
                    "operator, with a photo.", sheet=article.name,
                    fields=", ".join(self._fields[name]._description_string(self.env)
                                     for name in missing)))
            article._check_sampling()
        self.sudo().write({"sampled_by_id": self.env.uid, "sampled_at": fields.Datetime.now()})
        self._ask_decider()
        return True

    def _check_sampling(self):
        """Refuse a sample that does not come from the running machine (D5.2)."""

    def _ask_decider(self):
        """Put the decision on the desk of whoever gives it (D5.3)."""

    def action_accept(self, reason=None):
        """Accept: looks and quality are as ordered (D5.3)."""
        return self._decide("accepted", reason)

    def action_reject(self, reason):
        """Reject, and say what is wrong (D5.3, D5.5).

        :param str reason: what differs from the order
        """
        self._check_reason(reason)
        return self._decide("rejected", reason)

    def action_withdraw(self, reason, made=None):
        """Withdraw an acceptance; what was made until now stays made (design 6.7).

        :param str reason: what came up
        :param float made: packs made by now as the counter says; default what is booked
        """
        self._check_reason(reason)
        self.check_access("read")
        self._pass_gate("_gate_withdraw")
        self.sudo()._take_turn()
        for article in self:
            article._step("withdrawn", withdrawn_by_id=self.env.uid, withdrawal_reason=reason,
                          withdrawn_at=fields.Datetime.now(),
                          made_quantity=article.sudo()._made_until_now(made))
        return True

    def _made_until_now(self, made):
        """Return what a withdrawal leaves to be booked."""
        return made or 0

    def _decide(self, decision, reason, **stamps):
        self.check_access("read")
        self._pass_gate("_gate_accept" if decision == "accepted" else "_gate_decide")
        return self._close_with(decision, reason, **stamps)

    def _close_with(self, decision, reason, **stamps):
        self.sudo()._take_turn()
        self._step(decision, decided_by_id=self.env.uid, decided_at=fields.Datetime.now(),
                   decision_reason=reason, **stamps)
        sheets = (self.sheet_id | self.sudo().fit_sheet_id.sudo(False)).filtered(
            lambda sheet: sheet.state == "open")
        sheets._skip_rest({})
        sheets._close({})
        self.sudo()._after_decision(decision)
        return True

    def _after_decision(self, decision):
        """What a decision causes; called in sudo, once."""

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("%s: say what is wrong.", self[:1].name))

    def _check_pending(self):
        for article in self:
            if not article._is_open():
                raise UserError(article._locked_message())

    def _check_part(self, *roles):
        self._check_roles(roles, "first_article.part", "D5.1 D5.2")

    # --------------------------------------------------------------------- gate

    @gate("first_article.decide", "D5.2 D5.3 A34")
    def _gate_decide(self):
        """The salesperson's own word, on a sample from a machine."""
        unmet = {}
        for article in self:
            conditions = []
            if not article._may_decide():
                conditions.append(article._decider_unmet())
            if not article.sampled_at:
                conditions.append(Unmet(
                    "sample", self.env._("no sample was taken from the machine"),
                    self.env._("the merchandiser takes it and names machine and operator")))
            if article.is_priority and not article.present_at:
                conditions.append(Unmet(
                    "presence", self.env._("%(sheet)s has priority (%(why)s): no merchandiser was "
                    "at the machine", sheet=article.name, why=article.priority_text),
                    self.env._("%s goes there and notes it",
                               article.sudo().notice_id.merchandiser_id.name or "")))
            if article.sudo().sheet_id.state == "cancel":
                conditions.append(Unmet("sheet", self.env._("the sheet is cancelled"),
                                        self.env._("the merchandiser opens another one")))
            unmet[article.id] = conditions
        return unmet

    @gate("first_article.decide", "D5.2 D5.3 D5.5 D5.6 A34")
    def _gate_accept(self):
        """An acceptance is about the notice in force, with no deviation left open."""
        unmet = self._gate_decide()
        notices = self.sudo().notice_id
        work = notices._gate_unmet("_gate_work")
        for article in self:
            unmet[article.id] += work.get(article.sudo().notice_id.id, [])
            unmet[article.id] += article.sudo()._deviation_conditions()
        return unmet

    @gate("first_article.withdraw", "D5.4")
    def _gate_withdraw(self):
        """Whoever decides may take his word back."""
        return {article.id: [article._decider_unmet()] for article in self
                if not article._may_decide()}

    def _deviation_conditions(self):
        """Return the deviations on this machine that nobody has settled yet (D5.6)."""
        return []

    def _decider_name(self):
        self.ensure_one()
        return self.sudo().notice_id.salesperson_id.name or self.env._(
            "another merchandiser or the plan manager")

    def _decider_unmet(self):
        self.ensure_one()
        return Unmet(
            "role", self.env._("%s is not the one who decides", self.env.user.name),
            self.env._("%s decides, or the sales manager", self._decider_name()),
            tuple(self.sudo().notice_id.salesperson_id.ids))

    def _may_decide(self):
        """Whether the present user's word counts here (D5.3, A34).

        The notice's salesperson, whoever stands in for him, or the sales manager. A
        customer without salesperson: the plan manager or another merchandiser than the
        one who took the sample and follows the notice.
        """
        self.ensure_one()
        user, notice = self.env.user._acting(), self.sudo().notice_id
        if user in (self.present_by_id | self.sampled_by_id):
            return False
        if user._principals("sales_manager"):
            return True
        if notice.salesperson_id:
            return notice.salesperson_id in (
                user._principals("salesperson") | user._principals("showroom"))
        others = user._principals("merchandiser") - notice.merchandiser_id
        return bool(user._principals("plan_manager") or others)

    # ------------------------------------------------------------------- guards

    @api.model_create_multi
    def create(self, vals_list):
        """Open a first article with the points of its template, for a notice and a machine.

        :raise UserError: when notice line or machine is missing (D5.2)
        """
        template = self.env["gendan.check.template"]._template_of(
            "first_article", self.env.company)
        if not template:
            raise UserError(self.env._(
                "There is no check template for first articles: the plan manager makes one."))
        articles = super().create([
            vals if vals.get("sheet_id") else {"template_id": template.id, **vals}
            for vals in vals_list])
        articles._check_identity()
        for article in articles.sudo():
            article.revision_id = article.notice_id.revision_id
        articles._pass_gate("_gate_open")
        return articles

    @gate("first_article.open", "D1.10 D5.1")
    def _gate_open(self):
        """Nothing is tried before the notice is in force (D1.10)."""
        work = self.sudo().notice_id._gate_unmet("_gate_work")
        return {article.id: work.get(article.sudo().notice_id.id, []) for article in self}

    def _check_identity(self):
        for article in self:
            if article.kind != "first_article":
                raise UserError(self.env._("%s is a sheet of another kind.", article.name))
            missing = [name for name in ("notice_line_id", "workcenter_id") if not article[name]]
            if missing:
                raise UserError(self.env._(
                    "A first article is about a notice and a machine: %s missing.",
                    ", ".join(self._fields[name]._description_string(self.env)
                              for name in missing)))

    def _check_photos_open(self):
        """Refuse to touch the photo of a first article that is decided (X5)."""
        self._check_pending()

    def write(self, vals):
        """Keep the sheet; let only those enter the sample whose part it is (D5.2)."""
        if "sheet_id" in vals:
            raise UserError(self.env._("%s: a first article keeps its sheet.", self[:1].name))
        if not self.env.su:
            self._refuse_stamps(vals.keys() & self._stamps)
            self._check_part(*CHECK_ROLES["first_article"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("%s is cancelled, never deleted.", self[:1].sudo().name))

    def copy_data(self, default=None):
        """Refuse: every start has its own sheet (D5.1)."""
        raise UserError(self.env._("A first article is not copied: open another one."))
