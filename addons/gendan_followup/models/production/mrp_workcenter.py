from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import models


class MrpWorkcenter(models.Model):
    """When a machine works, in the days of the company (D2.10, X1, X2)."""

    _inherit = "mrp.workcenter"

    def _machine_days(self, company, first, last):
        """Return ``{(machine id, day): [(start, end), …]}`` in naive UTC, not to be changed.

        :param company: whose timezone makes the days
        :param date first: first day
        :param date last: last day, included
        """
        return self.env["gendan.machine.version"]._machine_days(self, company, first, last)

    def _count_days(self, company, first, last):
        """Count what `_machine_days` returns, a query a calendar."""
        zone, result = ZoneInfo(company.gendan_tz), {}
        start = datetime.combine(first, time.min, zone)
        end = datetime.combine(last + timedelta(days=1), time.min, zone)
        # when a machine works, everybody may know who reads a plan: not what it costs
        for calendar, machines in self.sudo().grouped("resource_calendar_id").items():
            if not calendar:
                continue
            batch = calendar._work_intervals_batch(
                start, end, resources=machines.resource_id)
            for machine in machines:
                for begin, finish, _meta in batch[machine.resource_id.id]:
                    result.setdefault((machine.id, begin.astimezone(zone).date()), []).append(
                        tuple(m.astimezone(timezone.utc).replace(tzinfo=None)
                              for m in (begin, finish)))
        return result
