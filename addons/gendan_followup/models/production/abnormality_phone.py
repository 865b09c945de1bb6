from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...calc.text import plain_number

SHOWN = timedelta(hours=12)


class Abnormality(models.Model):
    """What goes wrong on a machine, noted and answered beside it (X11, L-O2)."""

    _inherit = "gendan.abnormality"

    _phone_steps = ("note", "instruct", "stop")

    def _phone_note(self, step):
        """Tell QC what is wrong: machine, words, counter, photo."""
        names = ("workcenter_id", "notice_line_id", "description", "counter", "photo")
        self.create({**{name: step[name] for name in names if step.get(name)},
                     **({"event_at": step["event_at"]} if step["event_at"] else {})})

    def _phone_instruct(self, step):
        """Take QC's word and the counter at that moment."""
        self._instruct(step.get("instruction"), int(step.get("counter") or 0),
                       step.get("text"), at=step["event_at"])

    def _phone_stop(self, step):
        """Take the counter at which the machine stood."""
        self._stop(int(step.get("counter") or 0), at=step["event_at"])

    @api.model
    def phone_abnormalities(self, workcenter_id=False):
        """Return what is open, and what was closed in the last hours.

        :param int workcenter_id: of one machine only
        """
        domain = Domain("company_id", "=", self.env.company.id) & (
            Domain("state", "!=", "closed")
            | Domain("recorded_at", ">=", fields.Datetime.now() - SHOWN))
        if workcenter_id:
            domain &= Domain("workcenter_id", "=", workcenter_id)
        records = self.search(domain, limit=40)
        return [record._phone_row() for record in records.sorted(
            lambda one: ("open", "instructed", "closed").index(one.state))]

    @api.model
    def _phone_stops(self, machines):
        """Return ``{machine id: words}`` where QC said stop and no stop is noted yet (L-O2)."""
        told = self.search([
            ("workcenter_id", "in", machines.ids), ("state", "=", "instructed"),
            ("instruction", "=", "stop")], order="instructed_at, id")
        return {record.workcenter_id.id: self.env._(
            "%(who)s of QC said stop at %(at)s, counter %(counter)s: %(what)s",
            who=record.instructed_by_id.sudo().name, at=self._phone_clock(record.instructed_at),
            counter=plain_number(record.counter_at_instruction), what=record.description)
            for record in told}

    def _phone_row(self):
        self.ensure_one()
        record = self.sudo()
        return {
            "id": record.id, "machine": record.workcenter_id.name, "state": record.state,
            "machine_id": record.workcenter_id.id, "description": record.description,
            "notice": record.notice_id.name or "", "counter": record.counter,
            "person": record.employee_id.name or "", "at": self._phone_clock(record.event_at),
            "instruction": record.instruction or "", "text": record.instruction_text or "",
            "quality": record.instructed_by_id.name or "",
            "instructed_at": self._phone_clock(record.instructed_at),
            "counter_at_instruction": record.counter_at_instruction,
            "counter_at_stop": record.counter_at_stop, "ran_on": record.ran_on_count,
            "photo": bool(record.with_context(bin_size=True).photo)
            and f"/web/image/gendan.abnormality/{record.id}/photo",
        }
