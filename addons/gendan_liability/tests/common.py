"""Verbs of an incident, each done by the person whose part it is."""

from odoo.fields import Command

from odoo.addons.gendan_followup.tests.common import FollowupVerbs, moment
from odoo.addons.gendan_followup.tests.shop_floor import ShopFloorCase

CHAIR, GENERAL_MANAGER, SALES_MANAGER, HR = "E09", "E01", "E02", "E27"
ROLE_KEYS = {
    "SP": "salesperson", "MR": "merchandiser", "RK": "raw_keeper", "KK": "packaging_keeper",
    "PK": "packaging", "OP": "operator", "QC": "qc",
}
FAULT = "2026-12-08 10:00"
FOUND = "2026-12-08 11:00"
DECIDED = "2026-12-08 15:00"


class LiabilityVerbs(FollowupVerbs):
    """What people do with a case; mixed into transaction cases."""

    def rule(self, code):
        """Return the rule of ``code``, e.g. ``L-M1``."""
        return self.env["gendan.liability.rule"]._by_code(code)

    def cause(self, code):
        """Return the kind of incident of ``code``."""
        return self.env.ref(f"gendan_liability.cause_{code}")

    def duty(self, role, *numbers, machine=None, day="2026-12-08"):
        """Put employees on a day's shift; ``role`` as in the text, e.g. ``OP``."""
        return self.env["gendan.shift"].create([{
            "company_id": self.company.id, "employee_id": self.ref(number).id,
            "role": ROLE_KEYS[role], "workcenter_id": machine and self.ref(machine).id,
            "date_from": moment(f"{day} 08:00"), "date_to": moment(f"{day} 17:00"),
        } for number in numbers])

    def report(self, number="E20", loss="1000.00", at=FAULT, found=FOUND, **values):
        """Report an incident as employee ``number``.

        :param loss: amount in yuan, None for no loss line
        """
        lines = [] if loss is None else [Command.create({
            "description": "loss", "quantity": 1, "price": float(loss),
            "currency_id": self.company.currency_id.id})]
        with self.at(found):
            return self.env["gendan.incident"].with_user(self.user(number)).with_company(
                self.company).create({
                    "subject": "事故", "event_at": moment(at), "discovered_at": moment(found),
                    "loss_ids": lines, **values})

    def match(self, incident, *codes, number="E20", lead=True):
        """Match rules as employee ``number``, the first one leading."""
        return self.env["gendan.incident.match"].with_user(self.user(number)).create([{
            "incident_id": incident.id, "rule_id": self.rule(code).id, "reason": "因为",
            "is_leading": lead and place == 0,
        } for place, code in enumerate(codes)])

    def proposed(self, *codes, number="E20", **values):
        """Return a case before the panel with these rules, the first one leading."""
        incident = self.report(number, **values)
        incident.match_ids.sudo().unlink()
        self.match(incident, *codes, number=number)
        with self.at(values.get("found", FOUND)):
            self.by(incident, number).action_propose()
        return incident

    def as_proposed(self, incident, **percents):
        """Return the proposal as lines of a decision; ``E10=60`` changes a percentage."""
        lines = []
        for share in incident.sudo().share_ids:
            code = self.code_of(share.employee_id)
            lines.append({
                "role": share.role, "employee_id": share.employee_id.id,
                "share_code": share.share_code,
                "percent": percents.get(code, share.percent)})
        return lines

    def decide(self, incident, number=CHAIR, reason="按条款", at=DECIDED, lines=None, **values):
        """Decide as employee ``number``, as proposed if no lines are given."""
        with self.at(at):
            self.by(incident, number).action_decide(
                self.as_proposed(incident) if lines is None else lines, reason, **values)
        return incident.sudo().decision_id

    def code_of(self, employee):
        """Return the number of an employee, e.g. ``E10``, or None."""
        for code, (model, id_) in self.factory._ids.items():
            if model == "hr.employee" and id_ == employee.id:
                return code
        return None

    def shares(self, incident):
        """Return ``[(employee number or None, percent, amount)]`` of the proposal."""
        return [(self.code_of(share.employee_id), round(share.percent, 4),
                 f"{share.amount:.2f}") for share in incident.sudo().share_ids]


class LiabilityCase(LiabilityVerbs, ShopFloorCase):
    """A released notice of C02 on the shop floor: merchandiser 李娜, salesperson 吴婷."""
