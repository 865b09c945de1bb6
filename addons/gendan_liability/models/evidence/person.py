from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain


class Known(NamedTuple):
    """Who had a role, and which record says so."""

    employees: object
    how: str


class LiabilityPerson(models.AbstractModel):
    """Who had a role at the time of the fault: "who was it then", never "who is it now" (L-G3).

    Asked in this order: the records of the work themselves (a slip, a sheet, a signature),
    the assignment of the order, the shift, and for a role that only one person holds, him.
    Whoever stood in at the time takes the place of the absent one.
    """

    _name = "gendan.liability.person"
    _description = "Person at the time of the fault"

    @api.model
    def _persons(self, incident, roles):
        """Return ``{role: Known}`` for the roles that somebody is known to have had.

        :param incident: one incident, in sudo
        :param roles: keys of `ROLES`
        """
        on_record = self._on_record(incident)
        shifts = self._on_shift(incident, [role for role in roles if role not in on_record])
        found = {}
        for role in roles:
            known = on_record.get(role) or self._from_order(incident, role) or (
                shifts.get(role)) or self._only_one(incident, role)
            if known and known.employees:
                found[role] = known
        return found

    @api.model
    def _on_record(self, incident):
        """Return whom the records behind the matched rules name."""
        rules = incident.match_ids.rule_id
        found = {}
        for candidate in incident.present_candidate_ids.filtered(
                lambda candidate: candidate.rule_id in rules and candidate.persons):
            for role, ids in candidate.persons.items():
                people = found.get(role, self.env["hr.employee"]) | self.env[
                    "hr.employee"].browse(ids).exists()
                found[role] = people
        return {role: Known(people, self.env._("the record itself"))
                for role, people in found.items()}

    @api.model
    def _from_order(self, incident, role):
        """Return salesperson and merchandiser as the order had them then."""
        if role == "merchandiser":
            order = incident.order_id or incident.notice_id.order_id
            user = order and self.env["gendan.assignment"]._merchandiser_at(
                order, incident.event_at) or incident.notice_id.merchandiser_id
            how = self.env._("assignment of the order")
        elif role == "salesperson":
            user = incident.salesperson_id
            how = self.env._("salesperson of the order")
        else:
            return None
        return self._or_deputy(user, incident, how)

    @api.model
    def _or_deputy(self, user, incident, how):
        """Put whoever stood in at the time in the place of ``user``."""
        deputies = self.env["gendan.deputy"]._deputies_of(user, incident.event_at).deputy_id
        if deputies:
            user, how = deputies, self.env._("stood in for %s", ", ".join(user.mapped("name")))
        employees = self._employees(user, incident)
        return Known(employees, how) if employees else None

    @api.model
    def _on_shift(self, incident, roles):
        """Return who was on duty, at the machine of the case where one is known."""
        if not roles:
            return {}
        domain = (Domain("role", "in", roles) & Domain("date_from", "<=", incident.event_at)
                  & Domain("date_to", ">", incident.event_at)
                  & Domain("company_id", "=", incident.company_id.id))
        machine = incident.workcenter_id
        found = {}
        for shift in self.env["gendan.shift"].search(domain, order="id"):
            if machine and shift.workcenter_id and shift.workcenter_id != machine:
                continue
            found[shift.role] = found.get(shift.role, self.env["hr.employee"]) | shift.employee_id
        return {role: Known(people, self.env._("shift")) for role, people in found.items()}

    @api.model
    def _only_one(self, incident, role):
        """Return the holder of a role that one person alone holds in the company.

        With several and no shift nobody can say who it was: the panel names him.
        """
        users = self.env["res.users"]._users_of_role(role, incident.company_id)
        users = users.filtered(lambda user: user.employee_ids)
        if len(users) != 1 or role in ("salesperson", "merchandiser"):
            return None
        return self._or_deputy(users, incident, self.env._("the only one in this role"))

    @api.model
    def _employees(self, users, incident):
        # who has left was responsible all the same
        employees = users.with_context(active_test=False).employee_ids
        return employees.filtered(lambda employee: employee.company_id == incident.company_id)
