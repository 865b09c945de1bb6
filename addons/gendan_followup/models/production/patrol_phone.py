from odoo import api, models
from odoo.fields import Date

from ...calc.working_time import next_working_day

# what waits for an answer comes first
OPEN = ("escalated", "open", "answered", "solved")
# who can mend what is found in the workshop and in the stores
MENDERS = {"production", "packaging", "operator", "qc", "raw_keeper", "packaging_keeper",
           "finished_keeper"}


class Patrol(models.Model):
    """The walk on the phone: one tap when all is well, three for a finding (X11, D13.1)."""

    _name = "gendan.patrol"
    _inherit = ["gendan.patrol", "gendan.phone.mixin"]

    _phone_steps = ("walk", "solve", "escalate", "answer", "close")

    def _phone_walk(self, step):
        """Note a walk, and what is done about its finding in the same breath."""
        names = ("area", "description", "workcenter_id", "photo", "cause", "told_id", "due_date")
        patrol = self.create([{**{name: step[name] for name in names if step.get(name)},
                               "kind": step.get("finding") or "fine"}])
        if step.get("action"):
            patrol.action_solve(step["action"])
        elif step.get("escalation"):
            patrol.action_escalate(step["escalation"])

    def _phone_solve(self, step):
        """Solved at the source."""
        self.action_solve(step.get("words"))

    def _phone_escalate(self, step):
        """It goes to the plan manager."""
        self.action_escalate(step.get("words"))

    def _phone_answer(self, step):
        """The plan manager's answer."""
        self.action_answer(step.get("words"))

    def _phone_close(self, step):
        """Closed after a second look."""
        self.action_close(step.get("words"))

    @api.model
    def phone_patrols(self):
        """Return the open findings, today's walks, and how long nobody has walked (D13.1).

        :return: ``{"open": rows, "today": rows, "rest": working days since one's own last
            walk, "is_silent", "is_pattern", "areas", "kinds", "machines", "people", "days"}``
        """
        company = self.env.company
        mine = ("company_id", "=", company.id)
        open_ = self.search([mine, ("state", "in", OPEN)], limit=60).sorted(
            lambda one: OPEN.index(one.state))
        today = self.search([mine, ("patrolled_at", ">=", company._gendan_day_start())])
        user = self.env.user
        last = self.search([mine, ("user_id", "=", user.id)], limit=1)
        rest = self.env["gendan.patrol.rest"]._rest_of(company, last.patrolled_at)
        is_walker = bool(user._principals("merchandiser"))
        return {
            "open": [one._phone_row() for one in open_],
            "today": [one._phone_row() for one in today],
            "rest": rest, "is_walker": is_walker,
            "is_silent": is_walker and self.env["gendan.patrol.rest"]._is_too_long(company, rest),
            "is_pattern": last.is_pattern,
            "is_manager": bool(user._principals("plan_manager")
                               or user._principals("general_manager")),
            "areas": self._fields["area"]._description_selection(self.env),
            "kinds": self._fields["kind"]._description_selection(self.env),
            "machines": self.env["mrp.workcenter"].sudo().search_read(
                [("company_id", "in", (company.id, False))], ["name"]),
            "people": self._phone_people(company), "days": self._phone_days(company),
        }

    @api.model
    def _phone_people(self, company):
        """Return who may be told of a finding; of employees nothing but the name is shown."""
        return [{"id": one.id, "name": one.name, "title": one.job_title or ""}
                for one in self.env["hr.employee"].sudo().search(
                    [("company_id", "=", company.id)], order="name, id")
                if one._roles() & MENDERS]

    @api.model
    def _phone_days(self, company):
        """Return ``[(day, label)]``: by when it is mended, without a calendar to type in."""
        today = company._company_today()
        return [(Date.to_string(today), self.env._("Today")),
                (Date.to_string(next_working_day(today, company._is_working_day)),
                 self.env._("Next working day"))]

    def _phone_row(self):
        self.ensure_one()
        patrol = self.sudo()
        return {
            "id": patrol.id, "title": patrol.display_name, "state": patrol.state,
            "kind": patrol.kind, "machine": patrol.workcenter_id.name or "",
            "description": patrol.description or "", "person": patrol.user_id.name,
            "at": self._phone_clock(patrol.patrolled_at), "repeated": patrol.is_repeated,
            "action": patrol.action_text or "", "escalation": patrol.escalation or "",
            "answer": patrol.plan_answer or "", "told": patrol.told_id.name or "",
            "due": patrol.due_date and f"{patrol.due_date:%m-%d}" or "",
            "late": bool(patrol.state == "open" and patrol.due_date
                         and patrol.due_date < patrol.company_id._company_today()),
            "photo": bool(patrol.with_context(bin_size=True).photo)
            and f"/web/image/gendan.patrol/{patrol.id}/photo",
        }
