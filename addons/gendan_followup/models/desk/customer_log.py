from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import utc
from ..foundation.enquiry_mixin import EnquiryMixin
from ..foundation.gate_mixin import Unmet, gate

WRITERS = ("salesperson", "showroom", "sales_manager", "merchandiser", "plan_manager",
           "general_manager")


class CustomerLog(models.Model):
    """客户接待与反馈: who came or wrote, what he said, who must react to it (D0.2, D9.3).

    An entry that asks somebody for a reaction stays open until he has given one. A
    complaint is a kind of its own: the liability addon opens the incident from it.
    """

    _name = "gendan.customer.log"
    _inherit = ["gendan.photo.mixin", "gendan.enquiry.mixin", "gendan.gate.mixin"]
    _description = "Customer reception and feedback"
    _order = "happened_at desc, id desc"
    _rec_name = "question"

    _transitions = {**EnquiryMixin._transitions, "draft": ("asked", "returned", "cancel"),
                    "answered": ("answered", "returned")}
    _stamps = EnquiryMixin._stamps | {"written_by_id", "written_at"}
    _enquiry_roles = {"ask": WRITERS, "return": WRITERS}
    _enquiry_clause = "D0.2"

    kind = fields.Selection(
        [("reception", "Reception"), ("feedback", "Feedback"), ("complaint", "Complaint")],
        required=True, default="feedback", index=True)
    company_id = fields.Many2one(default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", "Customer", index="btree_not_null",
                                 ondelete="restrict")
    visitor = fields.Char(help="A buyer who is no customer yet.")
    happened_at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    showroom_id = fields.Many2one("gendan.showroom", ondelete="restrict",
                                  index="btree_not_null")
    product_id = fields.Many2one("product.product", ondelete="restrict",
                                 index="btree_not_null")
    order_id = fields.Many2one("sale.order", ondelete="restrict",
                               index="btree_not_null", groups="gendan_followup.group_price")
    sample_id = fields.Many2one("gendan.sample.request", "Sample request",
                                ondelete="restrict", index="btree_not_null")
    question = fields.Text("What was said")
    photo = fields.Image(max_width=1600, max_height=1600)
    state = fields.Selection(selection_add=[("returned", "Closed")])
    addressee_id = fields.Many2one("res.users", "Who must react")
    due_at = fields.Datetime("React until")
    written_by_id = fields.Many2one("res.users", "Written by", readonly=True, copy=False,
                                    ondelete="restrict", index="btree_not_null")
    written_at = fields.Datetime("Written at", readonly=True, copy=False)
    same_day_text = fields.Char("Also logged", compute="_compute_same_day_text")
    can_answer = fields.Boolean(compute="_compute_can")
    is_for_me = fields.Boolean("Waits for me", compute="_compute_is_for_me",
                               search="_search_is_for_me")

    _somebody = models.Constraint(
        "CHECK (partner_id IS NOT NULL OR COALESCE(TRIM(visitor), '') <> '')",
        "Say which customer or visitor it was.")

    @api.model
    def _creation_stamps(self):
        return {"written_by_id": self.env.uid, "written_at": fields.Datetime.now()}

    @api.depends("partner_id", "visitor", "happened_at", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for entry in self:
            who = entry.sudo().partner_id.name or entry.visitor or ""
            entry.display_name = f"{kinds.get(entry.kind, '')} {who}"

    @api.depends("partner_id", "visitor", "happened_at")
    def _compute_same_day_text(self):
        """Say who logged the same visit already, so that it is told once (D0.2)."""
        for entry in self:
            others = entry._others_of_the_day() if entry.happened_at else self.browse()
            entry.same_day_text = ", ".join(
                f"{other.written_by_id.sudo().name}: {other.question[:40]}"
                for other in others) or False

    def _others_of_the_day(self):
        if not (self.partner_id or self.visitor):
            return self.browse()
        company = self.company_id or self.env.company
        day = company._company_date(self.happened_at)
        who = ([("partner_id", "=", self.partner_id.id)] if self.partner_id
               else [("visitor", "=ilike", self.visitor)])
        return self.search([
            ("id", "not in", self._origin.ids), ("state", "!=", "cancel"),
            ("company_id", "=", company.id), *who,
            ("happened_at", ">=", utc(day, None, company.gendan_tz)),
            ("happened_at", "<", utc(fields.Date.add(day, days=1), None, company.gendan_tz))])

    @api.depends_context("uid")
    @api.depends("state", "addressee_id")
    def _compute_can(self):
        for entry in self:
            entry.can_answer = entry.state in ("asked", "answered") and entry._is_addressee()

    # ------------------------------------------------------------------ steps

    def action_ask(self):
        """Ask the person named for a reaction (D0.2).

        :raise UserError: when nobody is named
        """
        for entry in self:
            if not entry.addressee_id:
                raise UserError(self.env._("%s: say who must react.", entry.display_name))
        return super().action_ask()

    def action_answer(self, answer):
        """React, as the person asked or his stand-in.

        :param str answer: what will be done about it
        """
        self._pass_gate("_gate_answer")
        if not (answer or "").strip():
            raise UserError(self.env._("%s: write the answer.", self[:1].display_name))
        return self._answer(answer=answer)

    @gate("customer_log.answer", "D0.2")
    def _gate_answer(self):
        """Who was asked reacts."""
        return {entry.id: [Unmet(
            "role", self.env._("%s was not asked of you", entry.display_name),
            self.env._("%s reacts", entry.sudo().addressee_id.name or self.env._("nobody yet")),
            tuple(entry.addressee_id.ids))] for entry in self if not entry._is_addressee()}

    def action_return(self):
        """Close the entry; one that asks for a reaction has one (D0.2).

        :raise UserError: naming who has not reacted yet
        """
        self._pass_gate("_gate_close")
        return super().action_return()

    @gate("customer_log.close", "D0.2")
    def _gate_close(self):
        """An entry that asks for a reaction is not closed without one."""
        return {entry.id: [Unmet(
            "reaction", self.env._("%s asks for a reaction and has none", entry.display_name),
            self.env._("%s reacts", entry.sudo().addressee_id.name),
            tuple(entry.addressee_id.ids))]
            for entry in self if entry.addressee_id and not entry.answer}
