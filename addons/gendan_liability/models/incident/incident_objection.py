from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gendan_followup.calc.working_time import company_date
from odoo.addons.gendan_followup.models.foundation.gate_mixin import Unmet, gate

from .incident_panel import HEARING_ROLES


class Incident(models.Model):
    """One objection within the term, heard by somebody uninvolved; then it is final (L-G6)."""

    _inherit = "gendan.incident"

    # -------------------------------------------------------------- objection

    def action_object(self, text, employee_id=False):
        """Object to the decision, once.

        :param str text: what is wrong with it
        :param int employee_id: for whom, if it is not the user himself: somebody without a
            login gives his objection on paper to the plan manager or HR
        """
        self.ensure_one()
        self.check_access("read")
        person = self._objector(employee_id)
        if not (text or "").strip():
            raise UserError(self.env._("%s: write what is wrong.", self.name))
        self._check_objection(person)
        incident = self.sudo()
        # objections are open to nobody; the checks above are the door
        self.env["gendan.incident.objection"].sudo().create({
            "incident_id": incident.id, "decision_id": incident.decision_id.id,
            "employee_id": person.id, "entered_by_id": self.env.uid,
            "objected_at": fields.Datetime.now(), "text": text,
        })
        if incident.state == "decided":
            self._step("objected")
        for user in incident._hearing()[:1]:
            incident.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id,
                summary=self.env._("Hear the objection to %s", incident.name))
        return True

    def _objector(self, employee_id):
        """Return whose objection it is.

        :raise UserError: for somebody else who can object himself
        """
        user = self.env.user
        named = self.sudo().decision_id.line_ids.employee_id
        own = named & user.sudo().employee_ids
        other = named.filtered(lambda person: person.id == employee_id)
        if not employee_id or other in own:
            if not own:
                self._refuse_objection(self.env._("%(case)s does not name you: its parties "
                                                  "object.", case=self.name))
            return own[:1]
        if not other or other.user_id.active or not any(
                user._principals(role) for role in ("plan_manager", "hr", "general_manager")):
            self._refuse_objection(self.env._(
                "Everybody objects for himself; for a person without login the plan manager or "
                "HR enters it."))
        return other

    def _objectors(self):
        """Return who has objected already."""
        # searched, not taken from the field: its cache may hold only what one party may read
        return self.env["gendan.incident.objection"].sudo().search(
            [("incident_id", "=", self.id)]).employee_id

    def _refuse_objection(self, message):
        self.env["gendan.audit"]._refuse(
            self._gate_of("_gate_settle")._replace(name="incident.object"), self, message)

    def _check_objection(self, person):
        incident = self.sudo()
        today = company_date(fields.Datetime.now(), incident.company_id.gendan_tz)
        until = incident._told(person)[-1:].objection_until
        if incident.state not in ("decided", "objected"):
            self._refuse_objection(incident._locked_message() if incident.state == "final"
                                   else self.env._("%s is not decided yet.", incident.name))
        if person in incident._objectors():
            self._refuse_objection(self.env._(
                "%(person)s has objected already: an objection is heard once.",
                person=person.name))
        if until and today > until:
            self._refuse_objection(self.env._(
                "The term of %(person)s ended on %(day)s.", person=person.name, day=until))

    # ---------------------------------------------------------------- hearing

    def _hearing(self):
        """Return who hears the objection: neither a party nor whoever decided."""
        self.ensure_one()
        deciders = self.sudo().decision_ids
        return self._chairs(HEARING_ROLES, deciders.decided_by_id | deciders.decided_for_id)

    def action_settle(self, reason, lines=None, severity=False):
        """Keep the decision, or change it by a further one (L-G6).

        :param str reason: why it is kept or changed
        :param lines: as in `action_decide`; none keeps the decision as it is
        """
        self.ensure_one()
        self._pass_gate("_gate_settle")
        arbiter = self._decides_for(self._hearing(), self._deciders())
        contested = self.sudo().decision_id
        if lines is None:
            self._decide("kept", contested._as_lines(), reason, contested.severity, arbiter)
        else:
            self._decide("changed", lines, reason, severity or contested.severity, arbiter)
        self._step("decided")
        return True

    def _deciders(self):
        decisions = self.sudo().decision_ids
        return decisions.decided_by_id | decisions.decided_for_id

    @gate("incident.settle", "L-G6")
    def _gate_settle(self):
        """An objection is settled by somebody who is neither party nor decider."""
        unmet = {}
        for incident in self:
            arbiters = incident._hearing()
            conditions = []
            if incident.state != "objected":
                conditions.append(Unmet(
                    "state", self.env._("%s has no open objection", incident.name), ""))
            if not incident._decides_for(arbiters, incident._deciders()):
                conditions.append(Unmet(
                    "role", self.env._("%s: you are involved, or it is not yours to hear",
                                       incident.name),
                    self._remedy_for(arbiters), tuple(arbiters.ids)))
            unmet[incident.id] = conditions
        return unmet

    # ------------------------------------------------------------------ final

    def action_finalize(self):
        """Close the case: everybody was told, and nobody can object any more."""
        self._pass_gate("_gate_finalize")
        self._finalize()
        return True

    def _finalize(self):
        self._step("final", final_at=fields.Datetime.now())

    @gate("incident.finalize", "L-G6")
    def _gate_finalize(self):
        """Final is what nobody can object to any more; the chair or HR says so."""
        user = self.env.user
        allowed = self.env.su or any(user._principals(role) for role in (
            "plan_manager", "general_manager", "hr"))
        unmet = {}
        for incident in self:
            conditions = incident._open_terms()
            if not allowed:
                conditions.append(Unmet(
                    "role", self.env._("%s is not yours to close", incident.name),
                    self.env._("the plan manager or HR does it")))
            unmet[incident.id] = conditions
        return unmet

    def _open_terms(self):
        """Return whose term is still running, or has not begun."""
        self.ensure_one()
        incident = self.sudo()
        if incident.state != "decided":
            return [Unmet("state", self.env._("%(case)s is “%(state)s”", case=incident.name,
                                              state=incident._state_label(incident.state)), "")]
        today = company_date(fields.Datetime.now(), incident.company_id.gendan_tz)
        conditions = []
        for person in incident.decision_id.line_ids.employee_id - incident._objectors():
            until = incident._told(person)[-1:].objection_until
            if not until:
                conditions.append(Unmet(
                    "told", self.env._("%s has not been told yet", person.name),
                    self.env._("hand the printed sheet over")))
            elif today <= until:
                conditions.append(Unmet(
                    "term", self.env._("%(person)s may object until %(day)s",
                                       person=person.name, day=until), ""))
        return conditions

    @api.model
    def _cron_finalize(self):
        """Close what nobody can object to any more."""
        for incident in self.search([("state", "=", "decided")]):
            if not incident._open_terms():
                incident._finalize()
                self.env["ir.cron"]._commit_progress(1)
