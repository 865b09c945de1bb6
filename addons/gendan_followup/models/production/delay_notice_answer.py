from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...calc.text import plain_number
from .delay_notice import DelayNotice as Base


class DelayNotice(models.Model):
    """What the customer's answer does to the order, in one click of its salesperson (D4.8)."""

    _inherit = "gendan.delay.notice"

    _stamps = Base._stamps | {"part_quantity"}

    part_quantity = fields.Float(
        "On the old date", digits="Product Unit", readonly=True, copy=False,
        help="What the customer gets on the date promised; the rest follows on the new one.")
    can_act = fields.Boolean(compute="_compute_can_act")

    @api.depends("state", "outcome", "new_date", "notice_id.order_id.commitment_date",
                 "notice_id.order_id.first_part_date", "notice_id.order_id.state")
    @api.depends_context("uid")
    def _compute_can_act(self):
        """Say whether the order still has to follow this answer, and this person may do it."""
        for delay in self:
            order = delay.sudo().notice_id.order_id.with_user(self.env.user)
            delay.can_act = bool(delay._is_to_be_done() and order._may_edit_controlled())

    def _is_to_be_done(self):
        """Whether the order does not say yet what the customer answered."""
        self.ensure_one()
        order = self.sudo().notice_id.order_id
        if not order or order.state == "cancel":
            return False
        if self.outcome == "cancel":
            return True
        if self.outcome == "new_date" and self._is_about_part(order):
            return order.first_part_date < self.new_date
        return self.outcome in ("new_date", "partial") and order._delivery_date() < self.new_date

    def _is_about_part(self, order):
        """Whether the date in danger is that of the part that leaves first."""
        self.ensure_one()
        return bool(order._delivery_parts()) and self.customer_date == order.first_part_date

    def action_answer(self, answer=None, outcome=None, new_date=None, part_quantity=0):
        """Record what the customer says; of a partial shipment also how much comes first.

        :param float part_quantity: packs on the old date, for ``partial``
        """
        total = sum(self.sudo().notice_id.line_ids.mapped("quantity"))
        part = part_quantity or 0
        if outcome == "partial" and not (
                float_compare(part, 0, precision_digits=2) > 0
                and float_compare(part, total, precision_digits=2) < 0):
            raise UserError(self.env._(
                "%(delay)s: say how many of the %(total)s packs come on the old date.",
                delay=self.display_name, total=plain_number(total)))
        result = super().action_answer(answer, outcome, new_date)
        if outcome == "partial":
            # a stamp of the answer, like the others
            self.sudo().write({"part_quantity": part})
        return result

    def _after_answer(self):
        """A refused delay is a plan to be made anew: its planners hear of it at once."""
        result = super()._after_answer()
        for delay in self.filtered(lambda one: one.outcome == "refused"):
            managers = self.env["res.users"]._users_of_role("plan_manager", delay.company_id)
            for user in delay.notice_id.merchandiser_id | managers:
                delay.notice_id.sudo().activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id,
                    date_deadline=delay.company_id._company_today(),
                    summary=self.env._(
                        "The customer insists on %(date)s: plan %(notice)s earlier",
                        date=delay.customer_date, notice=delay.notice_id.name))
        return result

    def action_change_order(self):
        """Bring the answer into the order: a new revision with the customer's date (D1.11, D4.8).

        Later dates are a commercial change: finance and the sales manager sign again, what runs
        goes on. A customer who cancels has his order cancelled.

        :raise UserError: by another side than the salesperson's, without such an answer, or
            twice
        """
        self.ensure_one()
        self._check_step("answer")
        order = self.sudo().notice_id.order_id.with_user(self.env.user).sudo(False)
        if not order:
            raise UserError(self.env._("%s belongs to no order.", self.notice_id.name))
        if not self._is_to_be_done():
            raise UserError(self.env._(
                "%s: there is nothing to change in the order.", self.display_name))
        if self.outcome == "cancel":
            order._action_cancel()
        else:
            self._open_revision_of(order)
        return order._get_records_action()

    def _open_revision_of(self, order):
        label = dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]
        if order.revision_state != "draft":
            order.action_open_revision(self.env._(
                "Customer's answer to the delay: %(outcome)s %(date)s", outcome=label,
                date=self.new_date))
        order.write(self._prepare_dates(order))
        # beside the documents that are signed: those would make a technical change of it
        order.message_post(body=self.env._("The customer's answer: %s", self.answer))
        order.action_submit()

    def _prepare_dates(self, order):
        """Return the customer's dates as the order says them after this answer (D4.8).

        Of a partial shipment one part keeps the date promised, the rest follows on the new
        one. A part that would come no earlier than the rest is none any more.
        """
        self.ensure_one()
        later = max(self.new_date, order._delivery_date())
        if self.outcome == "partial":
            part = {"first_part_date": self.customer_date,
                    "first_part_quantity": self.part_quantity}
        elif self._is_about_part(order) and self.new_date < order._delivery_date():
            part = {"first_part_date": self.new_date}
        elif order.first_part_date:
            part = {"first_part_date": False, "first_part_quantity": 0} if (
                self._is_about_part(order)) else {}
        else:
            part = {}
        return {**part, "commitment_date": order._moment_of(str(later))}
