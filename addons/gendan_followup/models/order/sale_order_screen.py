from datetime import time

from odoo import api, fields, models
from odoo.fields import Domain

from ...calc.text import unique_lines
from ...calc.working_time import utc
from ..foundation.revision import SIGNING_ROLES
from ..foundation.revision_mixin import LOCKED_STATES

# the dots of the status line, in the order of the work
LINE = ("draft", "submitted", "verified", *SIGNING_ROLES, "valid")
STAGES = [
    ("1_returned", "Returned"), ("2_draft", "Being written"), ("3_submitted", "To verify"),
    ("4_verified", "To sign"), ("5_valid", "Valid"), ("6_cancelled", "Cancelled"),
]
STAGE_OF = {key.partition("_")[2]: key for key, _label in STAGES}


class SaleOrder(models.Model):
    """What the screens of the order show: where it stands, what is missing, who must act.

    Nothing in here decides anything; the gates do.
    """

    _inherit = "sale.order"

    stage = fields.Selection(
        STAGES, compute="_compute_stage", store=True, index=True,
        help="Where the order stands on its way to validity; lists are grouped by it.")
    revision_line = fields.Json("Status of the revision", compute="_compute_revision_line")
    missing_text = fields.Text(
        "Still missing", compute="_compute_missing_text",
        help="What the gate would refuse now, for the person who is looking.")
    return_text = fields.Char("Returned because", compute="_compute_return_text")
    waiting_for = fields.Char("Waiting for", compute="_compute_waiting_for")
    is_mine_to_verify = fields.Boolean(
        compute="_compute_is_mine_to_verify", search="_search_is_mine_to_verify")
    delivery_text = fields.Char(
        "Delivery date", compute="_compute_delivery_text",
        help="The day, and how many days are left.")
    is_past_due = fields.Boolean(
        "Delivery date passed", compute="_compute_is_past_due", search="_search_is_past_due",
        help="By the company's day, wherever the reader's clock stands.")
    delivery_day = fields.Date(
        "Delivery date (day)", compute="_compute_delivery_day", inverse="_inverse_delivery_day",
        help="The customer's date as a day of the factory, wherever the reader's clock stands.")

    # ----------------------------------------------------------------- stage

    @api.depends("state", "revision_state")
    def _compute_stage(self):
        for order in self:
            state = "cancelled" if order.state == "cancel" else order.revision_state or "draft"
            order.stage = STAGE_OF.get(state, "2_draft")

    @api.depends("stage", "user_id", "merchandiser_id", "revision_id", "notice_id.state")
    def _compute_waiting_for(self):
        """Name who must act next."""
        orders = self.sudo()
        in_force = orders.revision_id._signatures_in_force()
        holders = {}
        for order, mine in zip(orders, self, strict=True):
            mine.waiting_for = ", ".join(order._waiting_names(in_force, holders)) or False

    def _waiting_names(self, in_force, holders):
        self.ensure_one()
        seller, merchandiser = self._responsible_users()
        if self.stage in ("1_returned", "2_draft"):
            return (seller or merchandiser).mapped("name")
        if self.stage == "3_submitted":
            return self._verifiers().mapped("name")
        if self.stage == "5_valid" and self.notice_id.state == "valid":
            return merchandiser.mapped("name")
        if self.stage != "4_verified":
            return []
        signed = in_force[self.revision_id.id].mapped("role")
        names = []
        for role in SIGNING_ROLES:
            key = (role, self.company_id)
            if key not in holders:
                holders[key] = self.env.user._users_of_role(*key)
            if role not in signed:
                names += (holders[key] - self._own_work()).mapped("name")
        return names

    @api.depends_context("uid")
    @api.depends("revision_state", "merchandiser_id")
    def _compute_is_mine_to_verify(self):
        for order in self:
            order.is_mine_to_verify = order.revision_state == "submitted" and (
                self.env.user in order._verifiers())

    def _search_is_mine_to_verify(self, operator, value):
        """Find what waits for this user: as merchandiser in charge, deputy or second voice."""
        if operator not in ("in", "not in"):
            return NotImplemented
        mine = self.search([("revision_state", "=", "submitted")]).filtered("is_mine_to_verify")
        wanted = (operator == "in") == (True in value)
        return Domain("id", "in" if wanted else "not in", mine.ids)

    @api.depends("commitment_date", "state", "delivery_status")
    @api.depends_context("lang")
    def _compute_delivery_text(self):
        for order in self:
            day = order._delivery_date()
            running = order.state != "cancel" and order.delivery_status != "full"
            order.delivery_text = self.env["gendan.production.notice"]._days_left_text(
                day, order._company_today(), running) if day else False

    @api.depends("commitment_date", "stage", "delivery_status")
    def _compute_is_past_due(self):
        for order in self:
            day = order._delivery_date()
            order.is_past_due = bool(
                day and day < order._company_today() and order.stage != "6_cancelled"
                and order.delivery_status != "full")

    def _search_is_past_due(self, operator, value):
        """Find what should have left before today, by the company's day (X1)."""
        if operator != "in" or True not in value:
            return NotImplemented
        running = Domain("stage", "!=", "6_cancelled") & Domain("delivery_status", "!=", "full")
        return running & Domain.OR(
            Domain("company_id", "=", company.id) & Domain(
                "commitment_date", "<", utc(company._company_today(), time(), company.gendan_tz))
            for company in self.env.companies)

    @api.depends("commitment_date", "company_id")
    def _compute_delivery_day(self):
        for order in self:
            order.delivery_day = order._delivery_date()

    @api.onchange("delivery_day")
    def _inverse_delivery_day(self):
        """Keep the day as the moment that core knows; its guards judge that write (X1, X4)."""
        for order in self:
            day = order.delivery_day
            if day != order._delivery_date():
                order.commitment_date = order._moment_of(day and day.isoformat())

    # ----------------------------------------------------------- status line

    @api.depends_context("uid", "lang")
    @api.depends("revision_id", "revision_state", "valid_revision_id", "user_id",
                 "merchandiser_id", "state")
    def _compute_revision_line(self):
        """Say for each dot of the line whether it is reached, by whom and when."""
        orders = self.sudo()
        in_force = orders.revision_id._signatures_in_force()
        for order, mine in zip(orders, self, strict=True):
            mine.revision_line = order._revision_line(in_force.get(order.revision_id.id))

    def _revision_line(self, signatures):
        self.ensure_one()
        revision = self.revision_id
        reached = self._reached_steps(signatures)
        steps = [dict(key=key, label=label, **reached.get(key, {}))
                 for key, label in self._line_labels().items()]
        return {
            "letter": revision.letter or "A",
            "void": revision.state == "void",
            "returned": revision.state == "returned",
            "in_force": self.valid_revision_id.letter if (
                self.valid_revision_id and self.valid_revision_id != revision) else False,
            "change_class": revision.change_class or False,
            "reason": revision.reason or False,
            "steps": self._mark_present(steps),
        }

    @api.model
    def _line_labels(self):
        texts = (self.env._("Draft"), self.env._("Submitted"), self.env._("Verified"),
                 self.env._("Finance"), self.env._("Sales manager"), self.env._("Valid"))
        return dict(zip(LINE, texts, strict=True))

    def _reached_steps(self, signatures):
        """Return ``{dot: who and when}`` of the dots that this revision has reached."""
        revision = self.revision_id
        open_again = revision.state in ("draft", "returned")
        reached = {"draft": {"who": (revision.opened_by_id or self.user_id).name or "",
                             "done": bool(revision) and not open_again}}
        if not open_again and revision.submitted_at:
            reached["submitted"] = self._reached(revision.submitted_by_id, revision.submitted_at)
        if revision.verified_at:
            reached["verified"] = self._reached(revision.verified_by_id, revision.verified_at)
        for signature in signatures or ():
            if not open_again:
                reached[signature.role] = self._reached(
                    signature.user_id, signature.signed_at, signature.for_user_id)
        if revision.valid_at:
            reached["valid"] = {"done": True, "at": fields.Datetime.to_string(revision.valid_at)}
        return reached

    @api.model
    def _reached(self, user, moment, principal=None):
        return {"done": True, "who": user.name, "for": principal.name if principal else False,
                "at": fields.Datetime.to_string(moment)}

    def _mark_present(self, steps):
        """Mark the dots that wait for somebody now, and say for whom they wait."""
        expected = self._expected_names()
        for step in steps:
            if not step.get("done") and step["key"] in expected:
                step.update(present=True, who=expected[step["key"]])
        return steps

    def _expected_names(self):
        """Return ``{dot: names}`` of the dots that are next."""
        state = self.revision_id.state or "draft"
        seller, merchandiser = self._responsible_users()
        if self.state == "cancel" or state in ("valid", "void"):
            return {}
        if state == "verified":
            return {role: " / ".join(self._signers(role).mapped("name")) for role in SIGNING_ROLES}
        if state == "submitted":
            return {"verified": " / ".join(self._verifiers().mapped("name"))}
        return {"draft": seller.name or merchandiser.name or ""}

    # ---------------------------------------------------------- what is missing

    @api.depends_context("uid", "lang")
    @api.depends("revision_id", "revision_state", "order_line", "customer_document_ids",
                 "commitment_date", "destination", "payment_term_id", "order_kind")
    def _compute_missing_text(self):
        """Show beforehand what submitting or verifying would be refused for."""
        orders = self._gendan_on().filtered("id")
        unmet = orders.filtered(lambda o: o.revision_state == "submitted").sudo(
            )._verification_issues()
        writing = orders.filtered(lambda order: order.revision_state not in LOCKED_STATES
                                  and order.state in ("draft", "sent", "sale"))
        for issues in (writing._submission_issues(), writing.sudo()._verification_issues()):
            for id_, conditions in issues.items():
                unmet[id_] = unmet.get(id_, []) + conditions
        for order in self:
            order.missing_text = unique_lines(map(str, unmet.get(order.id, ()))) or False

    @api.depends("revision_id", "revision_state")
    def _compute_return_text(self):
        """Repeat what the person who returned the order wrote."""
        returned = self.filtered(lambda order: order.revision_state == "returned")
        # the steps are evidence that the salesperson of a small customer may not read
        events = self.env["gendan.revision.event"].sudo().search([
            ("revision_id", "in", returned.sudo().revision_id.ids), ("kind", "=", "return")])
        latest = {event.revision_id: event for event in events}
        for order in self:
            event = latest.get(order.sudo().revision_id)
            order.return_text = event and f"{event.user_id.name}: {event.reason}"

    # ------------------------------------------------------------------- links

    def action_open_notice(self):
        """Open the production notice of this order."""
        self.ensure_one()
        return self.notice_id._action_open()

    def action_open_refused(self):
        """Show which refused attempts are on record for this order (X5)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("gendan_followup.action_audit")
        documents = [self.name, *self.sudo().notice_id.mapped("name")]
        return dict(action, context={}, domain=Domain.OR(
            Domain("document", "ilike", document) for document in documents))
