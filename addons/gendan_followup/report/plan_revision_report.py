from datetime import timedelta

from odoo import models
from odoo.tools import format_date

from ..models.production.week_plan import STANDING

# on paper a confirmed plan shows what stands, a draft what is being drafted
DAYS = 7


class PlanRevisionReport(models.AbstractModel):
    """周生产计划: machine × day × notice × quantity, signatures, revision and reason (form 8)."""

    _name = "report.gendan_followup.report_plan_revision"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed week plan"
    _paper_model = "gendan.plan.revision"

    def _get_report_values(self, docids, data=None):
        """Return the revisions with the table of their week."""
        values = super()._get_report_values(docids, data)
        return {**values, "table": self._grid, "weekday": self._weekday,
                "voices": self._voices, "outside": self._outside}

    def _lines(self, revision):
        """Return what this paper says: the draft, or the week as it stands."""
        if revision.state == "draft":
            return revision.line_ids.filtered(lambda line: line.state == "draft")
        return self.env["gendan.plan.line"].search([
            ("company_id", "=", revision.company_id.id),
            ("week_start", "=", revision.week_start), ("state", "in", STANDING)])

    def _grid(self, revision):
        """Return ``(days, [(machine, [lines of each day])])``; days without work are left out."""
        lines = self._lines(revision)
        days = [day for day in (revision.week_start + timedelta(days=n) for n in range(DAYS))
                if revision.company_id._is_working_day(day) or day in lines.mapped("day")]
        return days, [
            (machine, [of_machine.filtered(lambda line, day=day: line.day == day)
                       for day in days])
            for machine, of_machine in lines.grouped("workcenter_id").items()]

    def _outside(self, revision):
        """Return the lines of this revision that fall into another week."""
        return (revision.line_ids & self.env["gendan.plan.line"].search([
            ("id", "in", revision.line_ids.ids), ("state", "in", ("draft", *STANDING)),
            ("week_start", "!=", revision.week_start)])).sorted("day")

    def _weekday(self, day):
        return format_date(self.env, day, date_format="MM-dd EEE")

    def _voices(self, revision):
        """Return ``[(part, names and times)]`` of who stands for this revision."""
        lines, voices = revision.line_ids, []
        if revision.published_at:
            voices.append(f"{revision.published_by_id.name} "
                          f"{self._moment(revision, revision.published_at)}")
        else:
            voices.append("")
        for part in ("production", "packaging"):
            said = lines.filtered(f"{part}_at")
            last = max(said.mapped(f"{part}_at"), default=False)
            voices.append(f"{', '.join(said[f'{part}_by_id'].mapped('name'))} "
                          f"{self._moment(revision, last)}".strip() if last else "")
        return list(zip((self.env._("Merchandiser"), self.env._("Production"),
                         self.env._("Packing")), voices, strict=True))
