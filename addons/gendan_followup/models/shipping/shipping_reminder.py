from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import local
from ..foundation.gate_mixin import Gate


class ShippingReminder(models.Model):
    """Goods due tomorrow without a notice: the salesperson was asked at 14:00 (D8.3).

    He answers with a notice, or postpones: then the order is not late by us.
    """

    _name = "gendan.shipping.reminder"
    _inherit = ["gendan.state.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Reminder of goods due tomorrow"
    _order = "day desc, id desc"
    _rec_name = "notice_id"

    _transitions = {"open": ("noticed", "postponed"), "noticed": (), "postponed": ()}
    _stamps = frozenset({"answered_at", "answered_by_id", "new_day", "reason"})

    notice_id = fields.Many2one("gendan.production.notice", required=True, readonly=True,
                                index=True, ondelete="restrict")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
    salesperson_id = fields.Many2one(related="notice_id.salesperson_id", store=True, index=True)
    day = fields.Date("Due on", required=True, readonly=True, index=True)
    state = fields.Selection(
        [("open", "Asked"), ("noticed", "Notice written"), ("postponed", "Postponed")],
        required=True, default="open", readonly=True, index=True)
    reminded_at = fields.Datetime(readonly=True)
    answered_at = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    new_day = fields.Date("Postponed to", readonly=True)
    reason = fields.Char(readonly=True)

    _once = models.Constraint("UNIQUE (notice_id, day)", "Asked once a day.")

    @api.model
    def _remind(self, company):
        """Ask once for what is due up to the next working day and has no notice (D8.2)."""
        now = fields.Datetime.now()
        clock = local(now, company.gendan_tz)
        if clock.hour + clock.minute / 60 < company.shipping_remind_hour:
            return
        due = self._due_ahead(company)
        asked = {(row.notice_id, row.day) for row in self.search([("notice_id", "in", due.ids)])}
        reminders = self.create([
            {"notice_id": notice.id, "day": notice.delivery_date, "reminded_at": now}
            for notice in due if (notice, notice.delivery_date) not in asked])
        for reminder in reminders.filtered("salesperson_id"):
            reminder.activity_schedule(
                "mail.mail_activity_data_todo", user_id=reminder.salesperson_id.id,
                date_deadline=clock.date(),
                summary=self.env._(
                    "%(notice)s is due on %(day)s: write the shipping notice, or postpone",
                    notice=reminder.notice_id.name, day=reminder.day))

    @api.model
    def _due_ahead(self, company):
        """Return what is due up to the next working day and has no shipping notice."""
        notices = self.env["gendan.production.notice"].search([
            ("company_id", "=", company.id), ("delivery_date", "in", company._days_ahead()),
            ("state", "in", ("valid", "released"))])
        asked = self.env["gendan.shipping.notice"].search([
            ("notice_id", "in", notices.ids),
            ("state", "in", ("submitted", "accepted", "loading", "shipped"))]).notice_id
        return notices - asked

    def _answer_noticed(self):
        self._step("noticed", answered_at=fields.Datetime.now(), answered_by_id=self.env.uid)
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_postpone(self, new_day=False, reason=False):
        """Answer that it leaves later; the order is then not late by us (D8.3).

        :param new_day: the day on which it shall leave
        :param str reason: who wants it so
        """
        new_day = fields.Date.to_date(new_day)
        for reminder in self:
            order = reminder.sudo().notice_id.order_id
            user = self.env.user
            if user not in (order.user_id | order._salesperson_deputies()) and not (
                    user._principals("sales_manager")):
                self.env["gendan.audit"]._refuse(
                    Gate("shipping.postpone", "D8.3"), reminder, self.env._(
                        "%(seller)s answers whether %(notice)s is postponed.",
                        seller=order.user_id.name, notice=reminder.notice_id.name))
            if not new_day or new_day <= reminder.day or not (reason or "").strip():
                raise UserError(self.env._(
                    "Give a day after %s, and who wants it so.", reminder.day))
        self._step("postponed", answered_at=fields.Datetime.now(), answered_by_id=self.env.uid,
                   new_day=new_day, reason=reason)
        # the notice is not his to write; from now on it is judged by the customer's day (D8.3)
        self.sudo().notice_id.write({"postponed_to": new_day})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True
