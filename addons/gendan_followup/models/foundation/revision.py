import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...calc import payload_diff
from ...calc.canonical import canonical_json, digest
from ...calc.letters import letter

TRANSITIONS = {
    "draft": {"submitted", "void"},
    "returned": {"submitted", "void"},
    "submitted": {"draft", "returned", "verified", "void"},
    "verified": {"draft", "returned", "valid", "void"},
    # back to verified: a signature was withdrawn before the release (D1.8)
    "valid": {"verified", "void"},
    "void": set(),
}
# the two signatures that make an order valid (D1.7, D1.8)
SIGNING_ROLES = ("finance", "sales_manager")
FROZEN = {"payload", "digest", "letter", "number", "order_id", "notice_id", "company_id", "cycle"}


class Revision(models.Model):
    """What is verified, signed and valid: one letter, one frozen content, one digest.

    Nobody has write access; steps are taken by `gendan.revision.mixin`. The state
    machine and the content are defended here against every other code as well:
    `valid` can be written only while both signatures are in force.
    """

    _name = "gendan.revision"
    _inherit = ["gendan.signature.mixin", "gendan.system.mixin"]
    _description = "Revision"
    _order = "order_id, notice_id, number desc"
    _rec_name = "letter"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    order_id = fields.Many2one("sale.order", "Sales order", readonly=True, index=True,
                               ondelete="restrict")
    notice_id = fields.Many2one("gendan.production.notice", "Stand-alone notice", readonly=True,
                                index="btree_not_null", ondelete="restrict")
    number = fields.Integer(required=True, readonly=True)
    letter = fields.Char("Revision", required=True, readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("returned", "Returned"),
         ("verified", "Verified"), ("valid", "Valid"), ("void", "Void")],
        required=True, default="draft", readonly=True, index=True)
    payload = fields.Text(readonly=True)
    change_class = fields.Selection(
        [("first", "First issue"), ("technical", "Technical"), ("commercial", "Commercial"),
         ("none", "Unchanged")], readonly=True)
    reason = fields.Char("Reason of the change", readonly=True)
    signature_kind = fields.Selection(
        [("system", "Signed here"), ("paper", "Signed on paper")], default="system", required=True,
        readonly=True)
    opened_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    submitted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    submitted_at = fields.Datetime(readonly=True)
    verified_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    verified_at = fields.Datetime(readonly=True)
    valid_at = fields.Datetime(readonly=True)
    voided_at = fields.Datetime(readonly=True)
    return_count = fields.Integer("Times returned", readonly=True)
    todo_stale = fields.Boolean(readonly=True, default=True)
    document_ids = fields.Many2many("ir.attachment", "gendan_revision_document_rel",
                                    string="Customer's document", readonly=True)
    event_ids = fields.One2many("gendan.revision.event", "revision_id", "Steps", readonly=True)
    tick_ids = fields.One2many("gendan.verification.tick", "revision_id", "Verification",
                               readonly=True)
    signature_ids = fields.One2many(
        "gendan.signature", "res_id", domain=[("res_model", "=", "gendan.revision")],
        string="Signatures", readonly=True)
    # filled in memory by the steps, so that a new state finds its order without a search
    current_order_ids = fields.One2many(
        "sale.order", "revision_id", "Orders", readonly=True)
    missing_signatures = fields.Char(compute="_compute_missing_signatures")

    _one_number = models.UniqueIndex("(order_id, number) WHERE order_id IS NOT NULL",
                                     "This order has that revision already.")
    _one_open = models.UniqueIndex(
        "(order_id) WHERE order_id IS NOT NULL "
        "AND state IN ('draft', 'submitted', 'returned', 'verified')",
        "One change at a time: this order has an open revision already.")
    _todo = models.Index("(id) WHERE todo_stale")

    @api.depends("letter", "order_id.name", "notice_id.name")
    def _compute_display_name(self):
        for revision in self:
            document = revision.sudo().order_id.name or revision.sudo().notice_id.name or ""
            revision.display_name = self.env._(
                "%(document)s revision %(letter)s", document=document, letter=revision.letter or ""
            )

    @api.depends("state", "cycle", "digest")
    def _compute_missing_signatures(self):
        in_force = self._signatures_in_force() if self.ids else {}
        labels = self._role_labels()
        for revision in self:
            signed = set(in_force.get(revision.id, self.env["gendan.signature"]).mapped("role"))
            revision.missing_signatures = ", ".join(
                labels[role] for role in SIGNING_ROLES if role not in signed)

    @api.model
    def _role_labels(self):
        return {
            "finance": self.env._("Finance"),
            "sales_manager": self.env._("Sales manager"),
            "merchandiser": self.env._("Merchandiser"),
            "salesperson": self.env._("Salesperson"),
        }

    # ---------------------------------------------------------------- writing

    @api.model_create_multi
    def create(self, vals_list):
        """A revision begins as a draft without content (D1.9).

        :raise UserError: when a caller wants it to begin anywhere else
        """
        self._check_system_only()
        for vals in vals_list:
            if vals.get("state", "draft") != "draft" or vals.get("digest") or vals.get("cycle"):
                raise UserError(
                    self.env._(
                        "A revision begins as a draft; it becomes valid by verification "
                        "and two signatures only."
                    )
                )
            vals["letter"] = letter(vals["number"])
        return super().create(vals_list)

    def write(self, vals):
        """Keep to the state table and to the frozen content, whoever writes (D1.9, D1.12).

        :raise UserError: on a step that does not exist, on a content change outside a
            submission, and on `valid` without verification and both signatures
        """
        self._check_system_only()
        if "state" in vals:
            self._check_step(vals["state"])
        if FROZEN & vals.keys() and vals.get("state") != "submitted":
            raise UserError(self.env._("The content of %s is frozen: open a new revision instead.",
                              ", ".join(self.mapped("display_name"))))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A revision is kept as evidence: it is voided, never deleted."))

    def _check_step(self, state):
        for revision in self:
            if state != revision.state and state not in TRANSITIONS[revision.state]:
                raise UserError(self.env._(
                    "%(revision)s is %(state)s: that step does not exist.",
                    revision=revision.display_name,
                    state=dict(self._fields["state"]._description_selection(self.env)).get(
                        revision.state)))
        if state == "valid" and self and (unsigned := self - self._fully_signed()):
            raise UserError(self.env._("%(revision)s lacks: %(roles)s.",
                              revision=unsigned[0].display_name,
                              roles=unsigned[0].missing_signatures or self.env._("verification")))

    def _fully_signed(self):
        """Return the revisions that are verified and carry both signatures in force.

        Signed on paper before the cut-over (X16) counts until the cut-over is closed.
        """
        in_force = self._signatures_in_force()
        return self.filtered(
            lambda revision: revision._is_paper_signed()
            or revision.verified_by_id and revision.cycle
            and set(SIGNING_ROLES) <= set(in_force[revision.id].mapped("role"))
            and len(in_force[revision.id].user_id) >= len(SIGNING_ROLES))

    @api.model
    def _unsigned_by(self, role):
        """Return the domain of the revisions without a signature in force of ``role``."""

        def to_sql(revisions, alias, _query):
            return SQL(
                """
                NOT EXISTS (
                    SELECT FROM gendan_signature s
                     WHERE s.res_model = 'gendan.revision' AND s.res_id = %(revision)s.id
                       AND s.cycle = %(revision)s.cycle AND s.digest = %(revision)s.digest
                       AND s.kind = 'sign' AND s.role = %(role)s
                       AND NOT EXISTS (
                           SELECT FROM gendan_signature w WHERE w.withdrawn_id = s.id))
                """, revision=SQL.identifier(alias), role=role,
                to_flush=(revisions._fields["cycle"], revisions._fields["digest"]))

        return Domain.custom(to_sql=to_sql)

    def _is_paper_signed(self):
        """Whether this one was signed on paper and loaded before the cut-over closed (X16)."""
        self.ensure_one()
        if self.signature_kind != "paper":
            return False
        closed_at = self.company_id.cutover_closed_at
        return bool(self.document_ids) and (
            not closed_at or bool(self.valid_at) and self.valid_at <= closed_at)

    def _in_force(self):
        """Return the revisions that really are valid: the rows are read again at every gate."""
        return self.filtered(lambda revision: revision.state == "valid")._fully_signed()

    # ------------------------------------------------------------------ steps

    def _log_event(self, kind, *, role=False, reason=False, documents=None, payload=False):
        """Add one step row per revision in the name of the present user.

        :param documents: the customer's documents that this step stands on, kept with it
        :param payload: the frozen content that was submitted
        """
        return self._create_events(self._prepare_events(
            kind, role=role, reason=reason, documents=documents, payload=payload))

    @api.model
    def _create_events(self, values):
        # the step log is open to nobody; its writers are the steps themselves
        return self.env["gendan.revision.event"].sudo().create(values)

    def _prepare_events(self, kind, *, role=False, reason=False, documents=None, payload=False):
        kept = {"document_ids": [fields.Command.set(documents.ids)]} if documents else {}
        return [{
            "revision_id": revision.id,
            "kind": kind,
            "role": role,
            "user_id": self.env.uid,
            "happened_at": fields.Datetime.now(),
            "reason": reason,
            "payload": payload,
            **kept,
        } for revision in self]

    def _submit(self, payload, documents):
        """Freeze ``payload`` and begin a new cycle: earlier signatures count no more.

        :param dict payload: the controlled content
        :param documents: the customer's own documents (`ir.attachment`)
        """
        self.ensure_one()
        text = canonical_json(payload)
        unchanged = bool(self.cycle) and digest(text) == self.digest
        self.write({
            "state": "submitted",
            "payload": text,
            "digest": digest(text),
            "cycle": self.cycle + 1,
            "change_class": self._classify(payload),
            "submitted_by_id": self.env.uid,
            "submitted_at": fields.Datetime.now(),
            "verified_by_id": False,
            "verified_at": False,
            "document_ids": [fields.Command.set(documents.ids)],
            "todo_stale": True,
        })
        self._log_event("resubmit_unchanged" if unchanged else "submit", role="salesperson",
                        documents=documents, payload=text)

    def _classify(self, payload):
        previous = self._previous()
        if not previous:
            return "first"
        return payload_diff.change_class(payload_diff.diff(previous._content(), payload))

    def _previous(self):
        """Return the last earlier revision that was ever submitted."""
        self.ensure_one()
        owner = "order_id" if self.order_id else "notice_id"
        return self.search([
            (owner, "=", self[owner].id), ("number", "<", self.number), ("payload", "!=", False),
        ], order="number desc", limit=1)

    def _content(self):
        """Return the frozen payload as Python data."""
        self.ensure_one()
        return json.loads(self.payload) if self.payload else {}

    def _changes(self):
        """Return what this revision changed against the one before."""
        self.ensure_one()
        return payload_diff.diff(self._previous()._content() if self._previous() else {},
                                 self._content())

    def _void(self, reason=False):
        """Take the force from these revisions; what was signed stays readable."""
        revisions = self.filtered(lambda revision: revision.state != "void")
        if revisions:
            revisions.write({"state": "void", "voided_at": fields.Datetime.now(),
                             "todo_stale": True})
            revisions._log_event("void", reason=reason)

    def _prepare_verification(self, record):
        """Lay out the points that the merchandiser has to look at (D1.2–D1.5)."""
        self.ensure_one()
        self.env["gendan.verification.tick"].create([
            dict(vals, revision_id=self.id, cycle=self.cycle) for vals in record._prepare_ticks()])
