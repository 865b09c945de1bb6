from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.canonical import canonical_json, digest
from .gate_mixin import Gate, Unmet, gate
from .revision import SIGNING_ROLES

# written by the steps of the mixin only: the gates stand on them
SYSTEM_FIELDS = {"revision_id", "valid_revision_id", "revision_state"}
LOCKED_STATES = ("submitted", "verified", "valid")


class RevisionMixin(models.AbstractModel):
    """A document that works only while a revision of it is valid (D1.1–D1.12).

    The document says what its controlled content is (`_revision_payloads`) and what
    else must be true (`_verification_issues`); the way from draft to valid is here.
    """

    _name = "gendan.revision.mixin"
    _inherit = ["gendan.gate.mixin"]
    _description = "Document under revision"
    # the field of a revision that points back at the document
    _revision_owner = "notice_id"

    revision_id = fields.Many2one(
        "gendan.revision", "Latest revision", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")
    valid_revision_id = fields.Many2one(
        "gendan.revision", "Revision in force", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict")
    revision_state = fields.Selection(related="revision_id.state", string="Revision state",
                                      store=True, index=True)
    revision_letter = fields.Char(related="revision_id.letter", string="Revision")
    revision_digest = fields.Char(related="revision_id.digest")
    next_step = fields.Char(compute="_compute_next_step",
                            help="What is missing and who must act, in one line.")

    @api.model_create_multi
    def create(self, vals_list):
        """A document is born without revision (D1.9, D1.12)."""
        for vals in vals_list:
            self._check_system_fields(vals)
        # given explicitly, so that neither a default in the context nor a user's own gets in
        none = {name: False for name in self._system_fields() if not self._fields[name].compute}
        return super().create([{**none, **vals} for vals in vals_list])

    def write(self, vals):
        """Keep the links to the revisions out of everybody's reach (D1.9)."""
        self._check_system_fields(vals)
        return super().write(vals)

    @api.model
    def _check_system_fields(self, vals):
        # the steps run in sudo after their gate; a caller by RPC never does
        forged = vals.keys() & self._system_fields() if not self.env.su else ()
        if forged:
            self.env["gendan.audit"]._refuse(
                Gate("revision.forge", "D1.9 D1.12"), self, self.env._(
                    "%s are set by verification and signatures only.", ", ".join(sorted(
                        self._fields[name]._description_string(self.env) for name in forged))))

    @api.model
    def _system_fields(self):
        """Return the fields that no caller writes."""
        return SYSTEM_FIELDS

    # ------------------------------------------------- said by the document

    def _revision_payloads(self):
        """Return ``{id: controlled content}``: ids, decimal strings, dates; no floats."""
        raise NotImplementedError

    def _revision_documents(self):
        """Return the customer's own documents of one record (`ir.attachment`)."""
        return self.env["ir.attachment"]

    def _verification_issues(self):
        """Return ``{id: [Unmet]}``: what keeps the merchandiser from verifying."""
        return {}

    def _submission_issues(self):
        """Return ``{id: [Unmet]}``: what keeps the document from being submitted."""
        return {}

    def _responsible_users(self):
        """Return ``(salesperson, merchandiser)`` of one record."""
        raise NotImplementedError

    def _verifiers(self):
        """Return the users who may verify this one record, the first to be asked first."""
        raise NotImplementedError

    def _prepare_ticks(self):
        """Return the values of the verification points of one record."""
        return []

    def _after_submit(self):
        """Do what follows from the submission, besides freezing the content."""

    def _after_valid(self):
        """Do what follows from validity: for an order, confirm it."""

    # ------------------------------------------------------------- questions

    def _live_digests(self):
        """Return ``{id: SHA-256 of the content as it is now}``."""
        return {id_: digest(canonical_json(payload))
                for id_, payload in self.sudo()._revision_payloads().items()}

    def _drifted(self):
        """Return the records whose content is no longer the one that was submitted.

        A change that is being drafted is no drift: until it is submitted the
        revision in force is worked on (D1.11).
        """
        settled = self.filtered(lambda record: record.revision_state in LOCKED_STATES)
        live = settled._live_digests() if settled else {}
        return settled.filtered(lambda record: live[record.id] != record.sudo().revision_id.digest)

    def _is_locked(self):
        """Whether the controlled content may not be written at present."""
        self.ensure_one()
        return self.revision_state in LOCKED_STATES

    @api.depends("revision_id", "revision_state")
    @api.depends_context("uid", "lang")
    def _compute_next_step(self):
        unmet = self._gate_unmet("_gate_valid") if self.ids else {}
        for record in self:
            record.next_step = "\n".join(map(str, unmet.get(record.id, []))) or False

    # ------------------------------------------------------------------ gates

    @gate("revision.valid", "D1.9 D1.10 D2.1")
    def _gate_valid(self):
        """Nothing is released, planned, bought or made before the order is valid."""
        drifted = self._drifted()
        in_force = self.sudo().valid_revision_id._in_force()
        return {record.id: record._validity_conditions(record in drifted, in_force)
                for record in self}

    def _validity_conditions(self, drifted, in_force):
        self.ensure_one()
        revision = self.sudo().revision_id
        if drifted:
            return [self._drift_unmet()]
        if (self.sudo().valid_revision_id & in_force)[self._revision_owner] == self:
            return []
        if revision.state == "verified":
            return self._missing_signature_conditions()
        seller, merchandiser = self._responsible_users()
        # a small customer has no salesperson, its merchandiser stands in for him (A34)
        seller = seller or merchandiser
        if revision.state == "submitted":
            code, missing, remedy, users = (
                "verification", self.env._("not verified yet"), self.env._("%s verifies it"),
                self._verifiers())
        elif revision.state == "returned":
            code, missing, remedy, users = (
                "returned", self.env._("returned to the salesperson"),
                self.env._("%s corrects and submits it again"), seller)
        else:
            code, missing, remedy, users = (
                "submission", self.env._("not submitted"), self.env._("%s submits it"), seller)
        names = ", ".join(users.mapped("name")) or self.env._("the salesperson")
        return [Unmet(code, self._about(missing), remedy % names, tuple(users.ids))]

    def _about(self, text):
        """Put document and revision in front of ``text``."""
        self.ensure_one()
        revision = self.sudo().revision_id
        return f"{revision.display_name if revision else self.display_name}: {text}"

    def _drift_unmet(self):
        return Unmet(
            "drift",
            self._about(self.env._("its content is no longer what was submitted")),
            self.env._("the salesperson opens a new revision"),
            tuple(self._responsible_users()[0].ids),
        )

    def _missing_signature_conditions(self):
        self.ensure_one()
        revision = self.sudo().revision_id
        signed = revision._signatures_in_force()[revision.id].mapped("role")
        labels = revision._role_labels()
        conditions = []
        for role in SIGNING_ROLES:
            if role not in signed:
                users = self._signers(role)
                names = ", ".join(users.mapped("name")) or self.env._("nobody holds this role yet")
                conditions.append(
                    Unmet(
                        f"{role}_signature",
                        self._about(self.env._("missing signature of %s", labels[role])),
                        self.env._(
                            "%(users)s signs revision %(letter)s",
                            users=names,
                            letter=revision.letter,
                        ),
                        tuple(users.ids),
                    )
                )
        return conditions

    def _signers(self, role):
        """Return who is to be asked for the signature of ``role`` on this record (D1.8)."""
        self.ensure_one()
        own = self._own_work()
        users = self.env["res.users"]._users_of_role(role, self.sudo().company_id) - own
        if role == "sales_manager" and own.filtered(lambda user: user._has_role(role)):
            users |= self.env["res.users"]._users_of_role(
                "general_manager", self.sudo().company_id)
        return users

    def _own_work(self):
        """Return whose own work this is: they approve nothing of it (D1.8)."""
        return self._responsible_users()[0] | self.sudo().revision_id.submitted_by_id

    @gate("revision.submit", "D0.1 D1.1 X19")
    def _gate_submit(self):
        """What a salesperson must have given before the merchandiser looks at it."""
        issues = self._submission_issues()
        for record in self:
            if record.revision_state in LOCKED_STATES:
                issues[record.id] = [Unmet(
                    "state", record._about(self.env._("has been submitted already")),
                    self.env._("withdraw it, or open a new revision"))]
            elif not record._may_edit_controlled():
                seller = record._responsible_users()[0]
                issues[record.id] = [
                    Unmet(
                        "owner",
                        record._about(self.env._("belongs to its salesperson")),
                        self.env._("%s submits it", seller.name or self.env._("the salesperson")),
                        tuple(seller.ids),
                    )
                ]
        return issues

    def _may_edit_controlled(self):
        """Whether the present user may write the salesperson's fields of this record."""
        return True

    @gate("revision.withdraw", "D1.1")
    def _gate_withdraw(self):
        """A submission is withdrawn by its own side only, and before it is valid."""
        unmet = {}
        for record in self:
            if record.revision_state not in ("submitted", "verified"):
                unmet[record.id] = [
                    Unmet(
                        "state",
                        record._about(self.env._("is not under verification")),
                        self.env._("open a new revision to change it"),
                    )
                ]
            elif not record._may_edit_controlled():
                unmet[record.id] = [
                    Unmet(
                        "owner",
                        record._about(self.env._("belongs to its salesperson")),
                        self.env._("the merchandiser returns it with a reason"),
                    )
                ]
        return unmet

    @gate("revision.tick", "D1.1 D1.2")
    def _gate_tick(self):
        """Only who verifies ticks, and only what has been submitted."""
        return {record.id: record._verifier_conditions() for record in self}

    @gate("revision.verify", "D1.1 D1.2 D1.3 D1.4 D1.5 A34")
    def _gate_verify(self):
        """The order is right and complete, and its merchandiser says so."""
        issues = self._verification_issues()
        drifted = self._drifted()
        unmet = {}
        for record in self:
            conditions = record._verifier_conditions()
            if not conditions:
                conditions = [record._drift_unmet()] if record in drifted else []
                conditions += issues.get(record.id, [])
                conditions += record._unticked_conditions()
            unmet[record.id] = conditions
        return unmet

    def _verifier_conditions(self):
        self.ensure_one()
        if self.revision_state != "submitted":
            return [Unmet("state", self._about(self.env._("is not waiting for verification")),
                          self.env._("the salesperson submits it first"))]
        if self._may_verify():
            return []
        verifiers = self._verifiers()
        return [
            Unmet(
                "role",
                self._about(self.env._("is not yours to verify")),
                self.env._(
                    "%s verifies it",
                    ", ".join(verifiers.mapped("name"))
                    or self.env._("the plan manager assigns a merchandiser"),
                ),
                tuple(verifiers.ids),
            )
        ]

    def _may_verify(self):
        """Whether the present user may verify this one record."""
        return self.env.user in self._verifiers()

    def _unticked_conditions(self):
        self.ensure_one()
        revision = self.sudo().revision_id
        open_ticks = self.env["gendan.verification.tick"].sudo().search([
            ("revision_id", "=", revision.id), ("cycle", "=", revision.cycle),
            ("ticked_by_id", "=", False)])
        return [
            Unmet(
                "tick",
                tick._describe(),
                self.env._("tick it if it is meant so, or return the order"),
            )
            for tick in open_ticks
        ]

    @gate("revision.return", "D1.6 D1.7")
    def _gate_return(self):
        """Merchandiser, finance or sales manager send back what they were asked to pass."""
        unmet = {}
        for record in self:
            user = self.env.user
            if record.revision_state not in ("submitted", "verified"):
                unmet[record.id] = [
                    Unmet("state", record._about(self.env._("is not under verification")), "")
                ]
            elif user not in record._verifiers() and not any(
                    user._principals(role) for role in SIGNING_ROLES):
                unmet[record.id] = [Unmet(
                    "role", record._about(self.env._("is not yours to return")),
                    self.env._("merchandiser, finance or sales manager return it"))]
        return unmet

    @gate("revision.sign.finance", "D1.1 D1.7 D1.9")
    def _gate_sign_finance(self):
        """Finance signs what has been verified."""
        return self._sign_conditions("finance")

    @gate("revision.sign.sales_manager", "D1.1 D1.8 D1.9")
    def _gate_sign_sales_manager(self):
        """The sales manager signs what has been verified, never his own order."""
        return self._sign_conditions("sales_manager")

    def _sign_conditions(self, role):
        drifted = self._drifted()
        in_force = self.sudo().revision_id._signatures_in_force()
        unmet = {}
        for record in self:
            if record.revision_state != "verified":
                unmet[record.id] = [record._not_verified_unmet()]
                continue
            conditions = record._signer_conditions(role, in_force[record.sudo().revision_id.id])
            if record in drifted or record._seen_other_content():
                conditions.append(Unmet(
                    "changed", record._about(self.env._("has changed since you opened it")),
                    self.env._("read it again before you sign")))
            unmet[record.id] = conditions
        return unmet

    def _not_verified_unmet(self):
        if self.revision_state == "valid":
            return Unmet("state", self._about(self.env._("is valid already")), "")
        merchandiser = self._responsible_users()[1]
        return Unmet(
            "verification",
            self._about(self.env._("not verified")),
            self.env._("%s verifies it first", merchandiser.name or self.env._("the merchandiser")),
            tuple(merchandiser.ids),
        )

    def _seen_other_content(self):
        """Whether the page of the signer shows another content than the one stored.

        The page may send the digest it shows; it can only make the signature stricter.
        """
        seen = self.env.context.get("seen_digest")
        return bool(seen) and seen != self.sudo().revision_id.digest

    def _signer_conditions(self, role, signatures):
        self.ensure_one()
        user = self.env.user
        revision = self.sudo().revision_id
        label = revision._role_labels()[role]
        conditions = []
        if not self._may_sign(role):
            conditions.append(Unmet(
                "role", self._about(self.env._("the signature of %s is not yours to give", label)),
                self.env._("%s signs", ", ".join(self._signers(role).mapped("name"))),
                tuple(self._signers(role).ids)))
        if user in self._own_work() | revision.verified_by_id:
            conditions.append(Unmet(
                "own_work", self._about(self.env._("%s does not approve his own work", user.name)),
                self.env._("%s signs", ", ".join((self._signers(role) - user).mapped("name"))),
                tuple((self._signers(role) - user).ids)))
        if role in signatures.mapped("role"):
            conditions.append(
                Unmet("signed", self._about(self.env._("%s has signed already", label)), "")
            )
        elif self._speaks_for(role) & (signatures.user_id | signatures.for_user_id):
            conditions.append(
                Unmet(
                    "two_roles",
                    self._about(self.env._("%s has given the other signature", user.name)),
                    self.env._("another person signs as %s", label),
                    tuple((self._signers(role) - user).ids),
                )
            )
        return conditions

    def _speaks_for(self, role):
        """Return whose voice the present user's signature would be: his own, or one he lends.

        Who has signed himself does not sign once more by his deputy, nor the other way round.
        """
        user = self.env.user
        return user if user._has_role(role) else user | user._principals(role)

    def _may_sign(self, role):
        """Whether the present user signs as ``role``: holder, deputy, or stand-in (D1.8)."""
        user = self.env.user
        return bool(
            user._has_role(role) or user._principals(role)
            or role == "sales_manager" and user in self._signers(role))

    # ---------------------------------------------------------------- actions

    def action_submit(self):
        """Give the document to its merchandiser for verification (D1.1).

        :raise UserError: what is missing, or who owns it
        """
        records = self._gendan_on()
        records._pass_gate("_gate_submit")
        records._open_first_revision()
        records._before_payload()
        payloads = records.sudo()._revision_payloads()
        for record in records.sudo():
            revision = record.revision_id
            revision._take_turn()
            documents = record._revision_documents()
            revision._submit(payloads[record.id], documents)
            if record.valid_revision_id:
                record.valid_revision_id._void(
                    self.env._("revision %s was submitted", revision.letter)
                )
                record.valid_revision_id = False
            revision._prepare_verification(record)
        records.sudo()._after_submit()
        return True

    def _before_payload(self):
        """Freeze what the payload takes from other documents (the BoM of each line)."""

    def _open_first_revision(self):
        """Give a revision A to the records that have none yet."""
        self.filtered(lambda record: not record.revision_id).sudo()._create_revisions(False)

    def _create_revisions(self, reason):
        """Create the next revision of each record as a draft."""
        owner = self._revision_owner
        counts = dict(self.env["gendan.revision"]._read_group(
            [(owner, "in", self.ids)], [owner], ["__count"]))
        revisions = self.env["gendan.revision"].create([{
            owner: record.id,
            "company_id": record.company_id.id,
            "number": counts.get(record, 0),
            "reason": reason,
            "opened_by_id": self.env.uid,
        } for record in self])
        for record, revision in zip(self, revisions, strict=True):
            record.revision_id = revision
        revisions._log_event("draft", reason=reason)
        return revisions

    @gate("revision.open", "D1.11")
    def _gate_open_revision(self):
        """Only what is valid is changed by a new revision; only its own side opens one."""
        unmet = {}
        for record in self:
            if record.revision_state not in ("valid", "void"):
                unmet[record.id] = [
                    Unmet(
                        "state",
                        record._about(self.env._("has an open revision already")),
                        self.env._("finish that one first"),
                    )
                ]
            elif not record._may_edit_controlled():
                seller = record._responsible_users()[0]
                unmet[record.id] = [Unmet(
                    "owner", record._about(self.env._("is changed by its salesperson only")),
                    self.env._("%s opens the new revision", seller.name), tuple(seller.ids))]
        return unmet

    def action_open_revision(self, reason):
        """Open a draft for a change; the revision in force goes on working (D1.11).

        :param str reason: why the order changes, printed on the comparison
        :raise UserError: by another side, or while a change is open already
        """
        self._pass_gate("_gate_open_revision")
        self._check_reason(reason)
        self.sudo()._create_revisions(reason)
        return True

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: %s keeps the reason for everybody concerned.",
                                       ", ".join(self.mapped("display_name"))))

    @gate("revision.discard", "D1.11")
    def _gate_discard(self):
        """Only a change that was never submitted is dropped, by its own side."""
        unmet = {}
        for record in self:
            revision = record.sudo().revision_id
            if revision.state != "draft" or not record.sudo().valid_revision_id:
                unmet[record.id] = [Unmet(
                    "state", record._about(self.env._("is no change being drafted")), "")]
            elif not record._may_edit_controlled():
                unmet[record.id] = [Unmet("owner", record._about(
                    self.env._("belongs to its salesperson")), "")]
        return unmet

    def action_discard_revision(self):
        """Drop a change that is being drafted: the revision in force is restored (D1.11)."""
        self._pass_gate("_gate_discard")
        for record in self.sudo():
            record._restore_content(record.valid_revision_id._content())
            record.revision_id._void(self.env._("the change was discarded"))
            record.revision_id = record.valid_revision_id
        return True

    def _restore_content(self, payload):
        """Write the controlled content of ``payload`` back to one record."""
        raise NotImplementedError

    def action_withdraw_submission(self):
        """Take the document back before it is valid (D1.1).

        :raise UserError: when it is not under verification, or by another side
        """
        self._pass_gate("_gate_withdraw")
        revisions = self.sudo().revision_id
        revisions._take_turn()
        revisions.write({"state": "draft", "todo_stale": True})
        revisions._log_event("withdraw", role="salesperson")
        return True

    def action_verify(self):
        """Say that the order is right and complete (D1.1–D1.5).

        :raise UserError: every point that is missing or differs without a tick
        """
        revisions = self._gendan_on().sudo().revision_id
        revisions._take_turn()
        self._pass_gate("_gate_verify")
        self._remember_as_latest()
        revisions.write({"state": "verified", "verified_by_id": self.env.uid,
                         "verified_at": fields.Datetime.now(), "todo_stale": True})
        revisions._log_event("verify", role="merchandiser")
        return True

    def _remember_as_latest(self):
        """Note in memory whose latest revisions these are: what follows need not search it."""

    def action_return(self, reason):
        """Send the document back to its salesperson; signatures given count no more (D1.6).

        :param str reason: what is wrong, for the salesperson; part of the evidence
        :raise UserError: without reason, or by someone who was not asked
        """
        self._check_reason(reason)
        revisions = self.sudo().revision_id
        revisions._take_turn()
        self._pass_gate("_gate_return")
        for revision in revisions:
            revision.write({"state": "returned", "return_count": revision.return_count + 1,
                            "verified_by_id": False, "verified_at": False, "todo_stale": True})
        revisions._log_event("return", role=self._returning_role(), reason=reason)
        return True

    def _returning_role(self):
        held = [
            role for role in ("merchandiser", *SIGNING_ROLES) if self.env.user._principals(role)
        ]
        return held[0] if held else False

    def action_sign_finance(self):
        """Sign in the role of finance (D1.7); the last signature makes the order valid."""
        return self._sign_role("finance")

    def action_sign_sales_manager(self):
        """Sign in the role of the sales manager (D1.8)."""
        return self._sign_role("sales_manager")

    def _sign_role(self, role):
        records = self._gendan_on()
        revisions = records.sudo().revision_id
        revisions._take_turn()
        records._pass_gate(f"_gate_sign_{role}")
        revisions._sign(role)
        complete = revisions._fully_signed()
        revisions._create_events(
            revisions._prepare_events("sign", role=role) + complete._prepare_events("valid"))
        records._remember_as_latest()
        revisions.filtered(lambda revision: not revision.todo_stale).write({"todo_stale": True})
        complete.write({"state": "valid", "valid_at": fields.Datetime.now()})
        done = records.filtered(lambda record: record.sudo().revision_id in complete)
        for record in done.sudo():
            record.valid_revision_id = record.revision_id
        if done:
            # validity is the system's act, whoever signs last has no rights on stock or production
            done.sudo()._after_valid()
        # all at once: the search for the next one would have each order written in two parts
        self.env.flush_all()
        return records._next_to_sign(role)

    def _next_to_sign(self, role):
        """Return the action that shows the next document waiting for this signature."""
        return True

    def action_withdraw_signature(self):
        """Withdraw one's own signature before release (D1.8)."""
        self._pass_gate("_gate_withdraw_signature")
        for record in self.sudo():
            revision = record.revision_id
            revision._take_turn()
            mine = revision._signatures_in_force()[revision.id].filtered(
                lambda signature: signature.user_id.id == self.env.uid)
            for signature in mine:
                revision._sign(signature.role, kind="withdraw", withdrawn=signature)
            revision._log_event("unsign", role=mine[:1].role)
            if revision.state == "valid":
                revision.write({"state": "verified", "valid_at": False})
                record.valid_revision_id = False
            revision.todo_stale = True
        return True

    @gate("revision.unsign", "D1.8 D1.11")
    def _gate_withdraw_signature(self):
        """A signature is withdrawn by who gave it, and not after the release."""
        unmet = {}
        in_force = self.sudo().revision_id._signatures_in_force()
        for record in self:
            revision = record.sudo().revision_id
            if self.env.user not in in_force.get(revision.id, revision.signature_ids).user_id:
                unmet[record.id] = [
                    Unmet("none", record._about(self.env._("carries no signature of yours")), "")
                ]
            elif record._is_released():
                unmet[record.id] = [
                    Unmet(
                        "released",
                        record._about(self.env._("has been released")),
                        self.env._("the salesperson opens a new revision"),
                    )
                ]
        return unmet

    def _is_released(self):
        """Whether production was told to make this document."""
        return False
