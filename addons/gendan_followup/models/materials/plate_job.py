import hashlib
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...calc.working_time import next_working_day
from ..foundation.gate_mixin import Unmet, gate
from ..foundation.own_files import writes_own_files, writing_own_files

# stage → whose desk it lies on, working days it may take (engraving: the company's setting)
STAGES = {
    "artwork": ("merchandiser", 2),
    "salesperson": ("salesperson", 1),
    "customer": ("salesperson", 3),
    "engraving": ("merchandiser", 5),
    "proof": ("salesperson", 2),
    "approved": ("merchandiser", 1),
}


class PlateJob(models.Model):
    """制版: a new version from its artwork to the plates, stage by stage (D2.8, L-S5).

    Artwork → salesperson → customer → engraving → proof → plates released. An approval is
    bound to the file: another file voids it. Once the plates are being engraved the artwork
    stays; what has to change then is a new version.
    """

    _name = "gendan.plate.job"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "gendan.gate.mixin", "mail.thread",
                "mail.activity.mixin"]
    _description = "Plate job"
    _order = "id desc"
    _check_company_auto = True

    _transitions = {
        "artwork": ("salesperson", "cancel"),
        "salesperson": ("customer", "artwork", "cancel"),
        "customer": ("engraving", "artwork", "salesperson", "cancel"),
        "engraving": ("proof", "cancel"),
        "proof": ("approved", "engraving", "cancel"),
        "approved": ("released",),
        "released": (),
        "cancel": (),
    }
    _open_states = ("artwork", "salesperson", "customer", "engraving", "proof", "approved")
    _stamps = frozenset({"stage_due", "touched_at", "reminded_at", "artwork_digest",
                         "proof_digest"})

    name = fields.Char("Job no.", required=True, readonly=True, copy=False, index="trigram",
                       default=lambda self: self.env._("Unnumbered"))
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    product_id = fields.Many2one(
        "product.product", "Version", required=True, index=True, ondelete="restrict",
        check_company=True, help="A bag or roll film version, or printed raw material.")
    product_image = fields.Image(related="product_id.image_256", string="Picture")
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "For notice line", index="btree_not_null",
        ondelete="restrict", check_company=True)
    is_repeat = fields.Boolean("Plates made again", help="Lost or worn plates of the same "
                               "artwork; the version stays what it is.")
    merchandiser_id = fields.Many2one("res.users", required=True, index=True,
                                      default=lambda self: self.env.user, ondelete="restrict")
    salesperson_id = fields.Many2one("res.users", index=True, ondelete="restrict")
    supplier_id = fields.Many2one("res.partner", "Engraver", index="btree_not_null",
                                  ondelete="restrict")
    colours = fields.Integer("Cylinders", help="One cylinder per colour.")
    artwork = fields.Image(max_width=0, max_height=0, copy=False)
    artwork_name = fields.Char("Artwork file", copy=False)
    artwork_digest = fields.Char("Artwork SHA-256", readonly=True, copy=False)
    proof = fields.Image(max_width=0, max_height=0, copy=False)
    proof_name = fields.Char("Proof file", copy=False)
    proof_digest = fields.Char("Proof SHA-256", readonly=True, copy=False)
    state = fields.Selection(
        [("artwork", "Artwork"), ("salesperson", "With the salesperson"),
         ("customer", "With the customer"), ("engraving", "Engraving"), ("proof", "Proof"),
         ("approved", "Proof approved"), ("released", "Plates released"),
         ("cancel", "Cancelled")],
        required=True, default="artwork", readonly=True, copy=False, index=True,
        group_expand="_expand_stages")
    stage_due = fields.Date("Due", readonly=True, copy=False, index="btree_not_null")
    touched_at = fields.Datetime("Last moved", readonly=True, copy=False)
    reminded_at = fields.Datetime(readonly=True, copy=False)
    owner_id = fields.Many2one("res.users", "Waits for", compute="_compute_owner_id", store=True,
                               index="btree_not_null")
    is_late = fields.Boolean(compute="_compute_is_late")
    approval_ids = fields.One2many("gendan.artwork.approval", "job_id", "Approvals",
                                   readonly=True)
    stage_ids = fields.One2many("gendan.plate.stage", "job_id", "Steps", readonly=True)
    missing = fields.Text("Before it is ordered", compute="_compute_missing")
    next_text = fields.Char("Next", compute="_compute_next_text")
    may_approve = fields.Boolean(compute="_compute_may_approve")

    _colours = models.Constraint("CHECK (colours >= 0)", "Cylinders are not below zero.")

    @api.model
    def _expand_stages(self, states, _domain):
        """Show the columns of the board in the order of the work, empty ones too."""
        return [key for key in self._transitions if key in STAGES or key in states]

    @api.depends("state", "merchandiser_id", "salesperson_id")
    def _compute_owner_id(self):
        for job in self:
            owner, _days = STAGES.get(job.state, (None, 0))
            job.owner_id = owner and job[f"{owner}_id"]

    @api.depends("state", "stage_due")
    def _compute_is_late(self):
        for job in self:
            job.is_late = bool(job.stage_due and job.stage_due < job.company_id._company_today())

    @api.depends("state", "approval_ids", "artwork_digest")
    @api.depends_context("lang")
    def _compute_missing(self):
        for job in self:
            conditions = [] if job.state == "cancel" or not job.id else job._artwork_conditions()
            job.missing = "\n".join(map(str, conditions)) or False

    @api.depends("state", "owner_id", "stage_due")
    @api.depends_context("lang")
    def _compute_next_text(self):
        """Say who does what by when, in every stage (D2.8)."""
        steps = {
            "artwork": self.env._("attach the artwork and give it to the salesperson"),
            "salesperson": self.env._("look whether the content of the artwork is right"),
            "customer": self.env._("show it to the customer and note what he says"),
            "engraving": self.env._("follow the engraver; attach his proof when it is there"),
            "proof": self.env._("compare the proof with the artwork"),
            "approved": self.env._("see the plates to the printer and release them"),
        }
        for job in self:
            job.next_text = job.state in steps and self.env._(
                "%(owner)s: %(step)s, by %(day)s", owner=job.owner_id.name or "?",
                step=steps[job.state],
                day=job.stage_due and format_date(self.env, job.stage_due, date_format="MM-dd"))

    @api.depends_context("uid")
    @api.depends("salesperson_id", "state")
    def _compute_may_approve(self):
        for job in self:
            job.may_approve = job._is_approver()

    # ------------------------------------------------------------------- steps

    def action_submit_artwork(self):
        """Give the artwork to the salesperson (D2.8)."""
        self._check_roles(("merchandiser", "plan_manager"), "plate.submit", "D2.8")
        for job in self:
            if not job.artwork_digest:
                raise UserError(self.env._("%s: attach the artwork first.", job.name))
            if not job.salesperson_id:
                raise UserError(self.env._("%s: name the salesperson who approves it.", job.name))
        return self._go("salesperson")

    def action_approve_artwork(self):
        """The content is right: approve this very file, and show it to the customer (L-S5)."""
        self._pass_gate("_gate_approve")
        self._check_state("salesperson")
        self._check_seen("artwork")
        self._approve("salesperson", "artwork")
        return self._go("customer")

    def action_customer_approved(self, message):
        """The customer has approved this very file; from now on it is engraved.

        :param str message: the customer's own words, or how he said it
        """
        self._pass_gate("_gate_approve")
        self._check_state("customer")
        self._check_seen("artwork")
        self._check_words(message, self.env._("what the customer said"))
        for job in self:
            if not job._approved("salesperson", "artwork"):
                raise UserError(self.env._(
                    "%s: the file was changed after your approval; approve it again.", job.name))
        self._approve("customer", "artwork", message)
        for job in self.sudo():
            # the version carries what was approved; nobody else writes it there
            job.product_id.write({"artwork": job.artwork, "artwork_name": job.artwork_name})
        return self._go("engraving", message)

    def action_return_artwork(self, reason):
        """Something in the artwork is wrong: back to the merchandiser.

        :param str reason: what is wrong
        """
        self._pass_gate("_gate_approve")
        self._check_words(reason, self.env._("what is wrong"))
        return self._go("artwork", reason)

    def action_submit_proof(self):
        """The engraver's proof is there (D2.8)."""
        self._check_roles(("merchandiser", "plan_manager"), "plate.proof", "D2.8")
        for job in self:
            if not job.proof_digest:
                raise UserError(self.env._("%s: attach the proof first.", job.name))
        return self._go("proof")

    def action_approve_proof(self):
        """The proof looks as the approved artwork does (D2.8, L-S5)."""
        self._pass_gate("_gate_approve")
        self._check_state("proof")
        self._check_seen("proof")
        self._approve("proof", "proof")
        return self._go("approved")

    def action_reject_proof(self, reason):
        """The proof differs: engrave again.

        :param str reason: what differs from the artwork
        """
        self._pass_gate("_gate_approve")
        self._check_state("proof")
        self._check_words(reason, self.env._("what is wrong"))
        return self._go("engraving", reason)

    def action_release_plates(self):
        """The plates lie at the printer's and may be used (D2.8)."""
        self._check_roles(("merchandiser", "plan_manager"), "plate.release", "D2.8")
        return self._go("released")

    def action_cancel(self, reason):
        """Give the job up; it stays on record.

        :param str reason: why
        """
        self._check_roles(("merchandiser", "plan_manager"), "plate.cancel", "D2.8")
        self._check_words(reason, self.env._("why"))
        return self._go("cancel", reason)

    def action_touch(self, note):
        """Note that it was followed up, e.g. a call to the engraver (D2.8).

        :param str note: what he said
        """
        self._check_roles(("merchandiser", "plan_manager"), "plate.touch", "D2.8")
        self._check_words(note, self.env._("what was said"))
        for job in self.sudo():
            if job._is_final():
                raise UserError(job._locked_message())
            job._log_stage(job.state, note)
            job.write({"touched_at": fields.Datetime.now(), "reminded_at": False})
        self._clear_todo()
        return True

    def action_next_version(self):
        """Artwork that has to change while its plates are made is the next version (D2.8)."""
        self.ensure_one()
        return self.product_id.action_next_version()

    def _go(self, stage, note=False):
        now = fields.Datetime.now()
        for job in self:
            job.sudo()._log_stage(stage, note)
            job._step(stage, stage_due=job._due_of(stage), touched_at=now, reminded_at=False)
        self._clear_todo()
        for job in self.sudo().filtered(lambda job: job.owner_id != self.env.user):
            job._put_todo(job.env._("%(job)s: %(stage)s", job=job.display_name,
                                    stage=job._state_label(job.state)))
        return True

    def _log_stage(self, stage, note):
        # steps are evidence and written by the steps only
        self.env["gendan.plate.stage"].sudo().create({
            "job_id": self.id, "from_stage": self.state, "stage": stage, "due": self.stage_due,
            "note": note})

    def _due_of(self, stage):
        if stage not in STAGES:
            return False
        days = self.company_id.plate_days if stage == "engraving" else STAGES[stage][1]
        day = self.company_id._company_today()
        for _day in range(days):
            day = next_working_day(day, self.company_id._is_working_day)
        return day

    def _check_state(self, state):
        for job in self:
            if job.state != state:
                raise UserError(job._no_way_message(state))

    def _check_words(self, text, what):
        if not (text or "").strip():
            raise UserError(self.env._("%(job)s: write %(what)s.", job=self[:1].name, what=what))

    # --------------------------------------------------------------- approvals

    @gate("plate.approve", "D2.8 L-S5")
    def _gate_approve(self):
        """Content and proof are approved by the salesperson of the job or his stand-in."""
        return {job.id: [Unmet("role", self.env._(
            "%(person)s does not approve %(job)s", person=self.env.user.name, job=job.name),
            self.env._("%s approves it", job.salesperson_id.name or self.env._(
                "the salesperson")), tuple(job.salesperson_id.ids))]
            for job in self if not job._is_approver()}

    @gate("plate.write", "D2.8 L-S5")
    def _gate_write(self):
        """A job is the merchandisers' to keep; its salesperson looks and does not name himself."""
        user = self.env.user
        if self.env.su or any(user._principals(role) for role in (
                "merchandiser", "plan_manager", "sales_manager")):
            return {}
        holders = self.merchandiser_id
        return {job.id: [Unmet("role", self.env._(
            "%(job)s is not %(person)s's to change", job=job.name, person=user.name),
            self.env._("%s does it", ", ".join(holders.mapped("name"))), tuple(holders.ids))]
            for job in self}

    def _check_approver(self):
        """Let nobody approve the content but the sales side, two people all told (L-S5, A34).

        :raise UserError: for an approver who is the job's merchandiser, or sells nothing
        """
        for job in self.sudo():
            seller, notice = job.salesperson_id, job.notice_line_id.notice_id
            roles = ["salesperson", "showroom", "sales_manager"]
            if notice and not notice.salesperson_id:
                roles += ["plan_manager", "merchandiser"]
            if seller and (seller == job.merchandiser_id or not seller._has_role(*roles)):
                raise UserError(self.env._(
                    "%(person)s does not approve %(job)s: the content is confirmed by the "
                    "salesperson, never by who follows it up.", person=seller.name, job=job.name))

    def _is_approver(self):
        self.ensure_one()
        user, seller = self.env.user, self.sudo().salesperson_id
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(
            seller, fields.Datetime.now()).deputy_id
        return user in seller | deputies

    def _check_seen(self, name):
        """Let nobody approve a file that came while he looked at another one.

        The page sends the digest of the file that it shows; it can only refuse, never open.
        """
        seen = self.env.context.get("seen_digest")
        for job in self:
            if seen and job[f"{name}_digest"] != seen:
                raise UserError(self.env._(
                    "%s: another file was attached meanwhile. Look at it first.", job.name))

    def _approve(self, kind, name, message=False):
        # approvals are evidence and come from these steps only
        self.env["gendan.artwork.approval"].sudo().create([{
            "job_id": job.id, "kind": kind, "digest": job[f"{name}_digest"],
            "file": job.sudo().with_context(bin_size=False)[name],
            "file_name": job[f"{name}_name"], "message": message} for job in self])

    def _approved(self, kind, name):
        """Return the approval of ``kind`` in force: of the very file that is there now."""
        self.ensure_one()
        digest = self[f"{name}_digest"]
        return self.sudo().approval_ids.filtered(
            lambda one: one.kind == kind and digest and one.digest == digest)[-1:]

    def _artwork_conditions(self):
        """Return why nothing may be ordered of this version yet (D2.8)."""
        self.ensure_one()
        if all(self._approved(kind, "artwork") for kind in ("salesperson", "customer")):
            return []
        stage = self._state_label(self.state)
        return [Unmet("artwork", self.env._(
            "%(version)s: artwork not approved (%(job)s, %(stage)s)",
            version=self.product_id.display_name, job=self.name, stage=stage),
            self.env._("%s acts next", self.owner_id.name or self.env._("the merchandiser")),
            tuple(self.owner_id.ids))]

    # ------------------------------------------------------------------ guards

    @api.model
    def _creation_stamps(self):
        return {"touched_at": fields.Datetime.now()}

    @api.model_create_multi
    def create(self, vals_list):
        """Number a job; its salesperson is the one of the order."""
        with writing_own_files(self):
            jobs = super().create([
                {**vals, "name": self.env["ir.sequence"].next_by_code("gendan.plate.job")}
                for vals in vals_list])
        for job, vals in zip(jobs.sudo(), vals_list, strict=True):
            job.write({
                "stage_due": job._due_of("artwork"),
                "salesperson_id": job.salesperson_id.id
                or job.notice_line_id.notice_id.salesperson_id.id,
                "artwork_digest": _sha256(vals.get("artwork")),
                "proof_digest": _sha256(vals.get("proof"))})
        jobs._check_approver()
        return jobs

    def write(self, vals):
        """Take a new file; it voids what was approved of the one before (D2.8).

        :raise UserError: when the artwork would change while the plates are engraved
        """
        if "product_id" in vals or "name" in vals:
            raise UserError(self.env._(
                "%s stays the job of its version: cancel it and start another one.",
                self[:1].name))
        self.check_access("write")
        self._pass_gate("_gate_write")
        if vals.keys() & {"artwork", "artwork_name"}:
            self._check_artwork_open()
        if "proof" in vals and any(job.state in ("approved", "released") for job in self):
            raise UserError(self.env._("%s: the proof is approved and stays.", self[:1].name))
        digests = {f"{name}_digest": _sha256(vals[name]) for name in ("artwork", "proof")
                   if name in vals}
        if not digests:
            result = super().write(vals)
            if vals.keys() & {"salesperson_id", "merchandiser_id", "notice_line_id"}:
                self._check_approver()
            return result
        with writing_own_files(self):
            result = super().write(vals)
        for job in self:
            changed = digests.get("artwork_digest", job.artwork_digest) != job.artwork_digest
            # the digest is the server's
            super(PlateJob, job.sudo()).write(
                {**digests, "touched_at": fields.Datetime.now()})
            if changed and job.state == "customer":
                job.sudo()._go("salesperson", self.env._("the artwork was changed"))
        return result

    def _check_artwork_open(self):
        for job in self:
            if job.state not in ("artwork", "salesperson", "customer"):
                raise UserError(self.env._(
                    "%(job)s: plates of this artwork are being made (%(stage)s). Another artwork "
                    "is a new version.", job=job.name, stage=job._state_label(job.state)))

    def _check_photos_open(self):
        """Refuse to exchange a file behind the back of the job, which notes its digest (X5)."""
        if self and not writes_own_files(self):
            raise UserError(self.env._(
                "%s: a file is exchanged on the job itself, never behind it.", self[:1].name))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("%s is cancelled, never deleted.", self[:1].name))

    def copy_data(self, default=None):
        """Refuse: a version has its own job."""
        raise UserError(self.env._("A plate job is not copied: start one for the version."))

    # --------------------------------------------------------------- reminders

    @api.model
    def _cron_remind(self):
        """Remind the owner of what is late, or was not touched for two working days (D2.8)."""
        now = fields.Datetime.now()
        for job in self.search([("state", "in", list(STAGES))]):
            company = job.company_id
            if not company.uses_gendan or job.reminded_at and company._same_day(
                    job.reminded_at, now):
                continue
            if job.is_late:
                text = self.env._("%(job)s is late: %(stage)s was due %(due)s",
                                  job=job.display_name, stage=job._state_label(job.state),
                                  due=job.stage_due)
            elif company._working_days_since(job.touched_at) >= company.plate_idle_days:
                text = self.env._("%(job)s: nothing was done for %(days)s working days",
                                  job=job.display_name, days=company.plate_idle_days)
            else:
                continue
            # one to-do a person: what was said yesterday is said anew, not once more
            job._clear_todo(job.merchandiser_id | job.owner_id)
            job._put_todo(text, job.merchandiser_id | job.owner_id)
            job.reminded_at = now

    def _put_todo(self, text, users=None):
        for user in self.owner_id if users is None else users:
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=text,
                date_deadline=self.stage_due or self.company_id._company_today())

    def _clear_todo(self, users=None):
        # the to-do of another person is not the present user's to remove
        for user in users or [self.env["res.users"]]:
            self.sudo().activity_unlink(["mail.mail_activity_data_todo"], user_id=user.id)

    @api.depends("name", "product_id")
    def _compute_display_name(self):
        for job in self:
            job.display_name = f"{job.name} {job.product_id.display_name or ''}".strip()


def _sha256(file):
    """Return the SHA-256 of a file as base64, or False where there is none."""
    return bool(file) and hashlib.sha256(b64decode(file)).hexdigest()
