from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.enquiry_mixin import EnquiryMixin
from ..foundation.gate_mixin import Unmet, gate

ASKERS = ("plan_manager", "general_manager")


class Task(models.Model):
    """资料与任务: what the plan manager asks of a merchandiser, until when (D9.5, D12).

    A data request wants an answer, with a file where there is one; a task wants to be
    done or declined with a reason. Samples of a new product are a task that only the
    signed hand-over closes.
    """

    _name = "gendan.task"
    _inherit = ["gendan.enquiry.mixin", "gendan.gate.mixin"]
    _description = "Task or data request"
    _order = "due_at, id desc"
    _rec_name = "question"

    # an answer may be corrected until the plan manager has taken note of it
    _transitions = {**EnquiryMixin._transitions,
                    "draft": ("asked", "cancel"),
                    "asked": ("answered", "declined", "cancel", "returned"),
                    "answered": ("answered", "returned"),
                    "declined": ("asked", "returned")}
    _stamps = EnquiryMixin._stamps | {"product_id", "showroom_id"}
    # samples are asked of whoever serves the showroom now
    _handed_on = frozenset({"addressee_id"})
    _enquiry_roles = {"ask": ASKERS, "return": ASKERS}
    _enquiry_clause = "D12.1 D12.2"

    kind = fields.Selection(
        [("task", "Task"), ("data", "Data request"), ("new_sample", "Samples of a new product")],
        required=True, default="data", index=True)
    company_id = fields.Many2one(default=lambda self: self.env.company)
    question = fields.Text("What is asked")
    addressee_id = fields.Many2one(tracking=True)
    due_at = fields.Datetime(required=True)
    state = fields.Selection(
        selection_add=[("declined", "Declined"), ("returned", "Taken note of")],
        ondelete={"declined": "cascade"})
    product_id = fields.Many2one("product.product", readonly=True, copy=False,
                                 index="btree_not_null", ondelete="restrict")
    showroom_id = fields.Many2one("gendan.showroom", readonly=True, copy=False,
                                  ondelete="restrict", index="btree_not_null")
    answer_ids = fields.One2many("gendan.task.answer", "task_id", "Answers", readonly=True)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue",
                                search="_search_is_overdue")
    is_answered_late = fields.Boolean("Answered late", compute="_compute_is_answered_late",
                                      store=True)
    waiting_text = fields.Char("Waits for", compute="_compute_waiting_text")
    can_answer = fields.Boolean(compute="_compute_can")
    is_for_me = fields.Boolean("Waits for me", compute="_compute_is_for_me",
                               search="_search_is_for_me")
    can_close = fields.Boolean(compute="_compute_can")

    _new_sample_named = models.Constraint(
        "CHECK (kind <> 'new_sample' OR (product_id IS NOT NULL AND showroom_id IS NOT NULL))",
        "Samples of a new product are asked for by marking the product as new.")
    _one_new_sample = models.UniqueIndex(
        "(product_id, showroom_id) WHERE kind = 'new_sample' AND state IN ('asked', 'answered')",
        "The samples of this new product are asked for already.")

    # --------------------------------------------------------------- computes

    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for task in self:
            task.is_overdue = task.state == "asked" and task.due_at < now

    def _search_is_overdue(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        overdue = [("state", "=", "asked"), ("due_at", "<", fields.Datetime.now())]
        return overdue if (operator == "in") == (True in value) else ["!", "&", *overdue]

    @api.depends("answer_ids.answered_at", "due_at")
    def _compute_is_answered_late(self):
        for task in self:
            first = min(task.answer_ids.mapped("answered_at"), default=None)
            task.is_answered_late = bool(first and task.due_at and first > task.due_at)

    @api.depends("kind", "product_id", "state")
    def _compute_waiting_text(self):
        """A new product that was never made waits for its first article (D9.5)."""
        for task in self:
            waits = task.kind == "new_sample" and task.state == "asked" and not task._was_made()
            task.waiting_text = waits and self.env._("its first production")

    def _was_made(self):
        return bool(self.env["stock.quant"].sudo().search_count(
            [("product_id", "=", self.product_id.id), ("quantity", ">", 0)], limit=1))

    @api.depends_context("uid")
    @api.depends("state", "addressee_id")
    def _compute_can(self):
        user = self.env.user
        for task in self:
            task.can_answer = task.state in ("asked", "answered") and task._is_addressee() and (
                task.kind != "new_sample")
            task.can_close = task.state in ("answered", "declined") and any(
                user._principals(role) for role in ASKERS)

    # ------------------------------------------------------------------ steps

    def action_ask(self):
        """Put the task on the merchandiser's desk (D12.1).

        :raise UserError: without a person, or due before now
        """
        for task in self:
            if not task.addressee_id:
                raise UserError(self.env._("%s: say who is to do it.", task.display_name))
            if task.due_at <= fields.Datetime.now():
                raise UserError(self.env._("%s: it is due in the past.", task.display_name))
        return super().action_ask()

    def action_answer(self, answer=None, file=False, file_name=False):
        """Answer, with a file; again, when the answer must be corrected (D12.2).

        :param str answer: what the plan manager reads
        :param file: base64 of the file, optional
        :param str file_name: its name
        :raise UserError: by anybody but the person who was asked, or his stand-in
        """
        self._pass_gate("_gate_answer")
        if not (answer or "").strip() and not file:
            raise UserError(self.env._(
                "%s: write the answer or attach the file.", self[:1].display_name))
        text = answer or file_name or self.env._("see the file")
        # the row is stamped with the user who answers
        self.env["gendan.task.answer"].sudo().create([
            {"task_id": task.id, "answer": text, "file": file, "file_name": file_name}
            for task in self])
        return self._answer(answer=text)

    @gate("task.answer", "D12.2 D9.5")
    def _gate_answer(self):
        """The person asked answers; samples of a new product are closed by the hand-over."""
        unmet = {}
        for task in self:
            if not task._is_addressee():
                unmet[task.id] = [Unmet(
                    "role", self.env._("%s was not asked of you", task.display_name),
                    self.env._("%s answers", task.sudo().addressee_id.name),
                    tuple(task.addressee_id.ids))]
            elif task.kind == "new_sample":
                unmet[task.id] = task._hand_over_conditions()
        return unmet

    def _hand_over_conditions(self):
        """Return why the samples of a new product are not brought yet (D9.5)."""
        if self._hand_overs():
            return []
        showroom = self.sudo().showroom_id
        return [Unmet(
            "handover", self.env._(
                "%(product)s: no hand-over to %(showroom)s is signed",
                product=self.product_id.display_name, showroom=showroom.name),
            self.env._("bring the samples; %s signs for them",
                       ", ".join(showroom._selling().mapped("name"))),
            tuple(showroom._selling().ids))]

    def _hand_overs(self):
        """Return the signatures of the showroom for this product since it was asked for."""
        return self.env["gendan.sample.handover"].sudo().search([
            ("showroom_id", "=", self.sudo().showroom_id.id),
            ("product_id", "=", self.product_id.id), ("kind", "=", "received"),
            ("signed_at", ">=", self.asked_at)], limit=1)

    def action_decline(self, reason):
        """Say, as the person asked, that it cannot be done, and why (D12.1).

        :param str reason: why
        """
        self._pass_gate("_gate_answer")
        if not (reason or "").strip():
            raise UserError(self.env._("%s: say why.", self[:1].display_name))
        self._step("declined", answer=reason, **self._stamp("answered"))
        for task in self:
            task._remind(task.sudo().asked_by_id)
        return True

    def action_return(self):
        """Take note of the answer; this closes the task (D12.2).

        :raise UserError: while it is not answered, or samples are not handed over
        """
        self._pass_gate("_gate_close")
        return super().action_return()

    @gate("task.close", "D9.5 D12.2")
    def _gate_close(self):
        """Nothing is closed that has no answer; new samples only by their hand-over."""
        unmet = {}
        for task in self:
            if task.kind == "new_sample":
                unmet[task.id] = task._hand_over_conditions()
            elif task.state == "asked":
                unmet[task.id] = [Unmet(
                    "answer", self.env._("%s has no answer", task.display_name),
                    self.env._("%s answers, or declines with a reason",
                               task.sudo().addressee_id.name), tuple(task.addressee_id.ids))]
        return unmet

    # ------------------------------------------------------------ new products

    @api.model
    def _ask_new_samples(self, products, showrooms):
        """Ask the merchandiser of each showroom for samples, once per product (D9.5)."""
        there = {(task.product_id, task.showroom_id) for task in self.search([
            ("kind", "=", "new_sample"), ("state", "in", ("asked", "answered")),
            ("product_id", "in", products.ids), ("showroom_id", "in", showrooms.ids)])}
        now = fields.Datetime.now()
        for showroom in showrooms:
            company = showroom.company_id
            day = company._company_today() + timedelta(days=company.new_sample_days)
            for product in products:
                if (product, showroom) in there or (
                        product.company_id and product.company_id != company):
                    continue
                task = self.create({
                    "kind": "new_sample", "company_id": company.id,
                    "addressee_id": showroom._in_charge().id,
                    "due_at": company._moment_on(day, 17),
                    "product_id": product.id, "showroom_id": showroom.id,
                    "question": self.env._("Samples of %(product)s for %(showroom)s",
                                           product=product.display_name, showroom=showroom.name),
                })
                task._step("asked", asked_by_id=self.env.uid, asked_at=now)
                task._remind(task.addressee_id)

    @api.model
    def _hand_to_showroom(self, showrooms):
        """Ask the present merchandisers of these showrooms for the samples still owed."""
        for task in self.search([("kind", "=", "new_sample"), ("state", "=", "asked"),
                                 ("showroom_id", "in", showrooms.ids)]):
            task.addressee_id = task.showroom_id._in_charge()
            task._remind(task.addressee_id)

    @api.model
    def _close_sampled(self, requests):
        """Close the tasks whose samples were just signed for (D9.5)."""
        tasks = self.search([
            ("kind", "=", "new_sample"), ("state", "=", "asked"),
            ("product_id", "in", requests.product_id.ids),
            ("showroom_id", "in", requests.showroom_id.ids)])
        for task in tasks.filtered(lambda task: task._hand_overs()):
            task._step("returned", returned_by_id=self.env.uid,
                       returned_at=fields.Datetime.now())
            task._remind(self.env["res.users"])
