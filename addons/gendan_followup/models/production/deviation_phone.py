from odoo import api, fields, models
from odoo.fields import Domain

OPEN = ("asked", "relayed")


class Deviation(models.Model):
    """A deviation at the machine: told on the phone, answered by production there (D5.5, X11)."""

    _name = "gendan.deviation"
    _inherit = ["gendan.deviation", "gendan.phone.mixin"]

    _phone_steps = ("note", "solved", "cannot", "relay")

    def _phone_note(self, step):
        """Tell production what is off, with a photo."""
        names = ("notice_line_id", "workcenter_id", "question", "photo")
        self.create({name: step[name] for name in names if step.get(name)}).action_ask()

    def _phone_solved(self, step):
        """Production has solved it, and says how."""
        self.action_solved(step.get("words"))

    def _phone_cannot(self, step):
        """Production cannot solve it, and says why."""
        self.action_cannot(step.get("words"))

    def _phone_relay(self, step):
        """It goes to the salesperson."""
        self.action_relay()

    @api.model
    def phone_deviations(self):
        """Return what waits for an answer, the oldest first, and what was answered today.

        No figure of money is in it: the page is read in the workshop.
        """
        today = self.env.company._gendan_day_start()
        records = self.search(
            Domain("company_id", "=", self.env.company.id)
            & (Domain("state", "in", OPEN) | Domain("state", "in", ("answered", "returned"))
               & Domain("answered_at", ">=", today)), limit=40)
        return [one._phone_row() for one in records.sorted(
            lambda one: (one.state not in OPEN, one.asked_at or fields.Datetime.now(), one.id))]

    def _phone_row(self):
        self.ensure_one()
        one = self.sudo()
        return {
            "id": one.id, "machine": one.workcenter_id.name, "notice": one.notice_id.name,
            "product": one.notice_line_id.product_id.name, "question": one.question,
            "at": self._phone_clock(one.asked_at), "person": one.asked_by_id.name or "",
            "state": one.state, "result": one.production_result or "",
            "production": one.production_answer or "", "answer": one.answer or "",
            "decision": one._decision_label() or "", "late": bool(one.escalated_at),
            "salesperson": one.relayed_to_id.name or one.notice_id.salesperson_id.name or "",
            "photo": bool(one.with_context(bin_size=True).photo)
            and f"/web/image/gendan.deviation/{one.id}/photo",
        }
