from odoo import api, models
from odoo.tools import SQL

# what says when a machine works; of leaves those of the house and of the machines
ROWS = (
    ("mrp_workcenter", "mrp_workcenter t"),
    ("resource_resource", "mrp_workcenter w JOIN resource_resource t ON t.id = w.resource_id"),
    ("hr_employee", "mrp_workcenter w JOIN hr_employee t ON t.resource_id = w.resource_id"),
    ("resource_calendar", "resource_calendar t"),
    ("resource_calendar_attendance", "resource_calendar_attendance t"),
    ("resource_calendar_leaves", """resource_calendar_leaves t WHERE t.resource_id IS NULL
        OR t.resource_id IN (SELECT resource_id FROM mrp_workcenter)"""),
    ("gendan_workday", "gendan_workday t"),
    ("res_company", "res_company t"),
)
# spans of days that one worker remembers
REMEMBERED = 64


class MachineVersion(models.AbstractModel):
    """As of when the hours of the machines were counted; they are remembered meanwhile."""

    _name = "gendan.machine.version"
    _inherit = "gendan.row.version"
    _description = "Version of the hours of machines"

    def init(self):
        """Write the statement as a function, see `_define`."""
        self._define("gendan_machine_version", "", SQL(
            "SELECT 0, (%s)", self._one(self._whole(ROWS))))

    @api.model
    def _machine_days(self, machines, company, first, last):
        """Return what the machines' own count says, counted anew where any row has moved."""
        rows = self._ask(SQL("SELECT * FROM gendan_machine_version()"))
        if rows is None:
            return machines._count_days(company, first, last)
        kept, version = self._memory(REMEMBERED), rows[0][1]
        key = (frozenset(machines.ids), company.id, first, last)
        of_version, days = kept.get(key, (None, None))
        if of_version != version:
            days = machines._count_days(company, first, last)
            kept[key] = version, days
        return days
