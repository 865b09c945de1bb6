from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...calc.text import plain_number
from ...calc.week import monday


class PlanLine(models.Model):
    """A line comes in with a revision of its week's plan and leaves with another (D4.3)."""

    _inherit = "gendan.plan.line"

    week_start = fields.Date("Week", compute="_compute_week_start", store=True, precompute=True,
                             index=True)
    revision_id = fields.Many2one("gendan.plan.revision", "Plan revision", readonly=True,
                                  copy=False, index="btree_not_null", ondelete="restrict")
    origin_id = fields.Many2one("gendan.plan.line", "Instead of", readonly=True, copy=False,
                                index="btree_not_null", ondelete="restrict")
    replaced_at = fields.Datetime("Replaced at", readonly=True, copy=False)

    @api.depends("day")
    def _compute_week_start(self):
        for line in self:
            line.week_start = line.day and monday(line.day)

    @api.model_create_multi
    def create(self, vals_list):
        """Draft the lines in the open revision of their week, opening one if need be."""
        lines = super().create(vals_list)
        homeless = lines.filtered(lambda line: not line.revision_id)
        for (company, day), of_week in homeless.grouped(
                lambda line: (line.company_id, line.week_start)).items():
            revision = self.env["gendan.week.plan"]._of(company, day)._draft_revision()
            # to which revision a line belongs is the server's to say
            of_week.sudo().write({"revision_id": revision.id})
        return lines

    def action_propose(self):
        """Propose lines one by one only while the week is planned for the first time (D4.3)."""
        for line in self:
            if line.revision_id.number > 1:
                raise UserError(self.env._(
                    "%(line)s changes a plan that was published: publish %(revision)s with its "
                    "reason, so that everybody concerned is told.", line=line.display_name,
                    revision=line.revision_id.display_name))
        return super().action_propose()

    def _confirm(self, part, other):
        """Write the dates of the work as soon as both have confirmed (D2.10)."""
        result = super()._confirm(part, other)
        confirmed = self.filtered(lambda line: line.state == "confirmed")
        confirmed._schedule_work()
        # found by the system, whoever confirms: the notice's merchandiser sends it
        self.env["gendan.delay.notice"].sudo()._detect(confirmed.sudo().notice_id)
        # the moment of the second voice is the server's stamp
        self.sudo().revision_id._note_confirmed()
        return result

    def _prepare_draft(self):
        """Return the values of a draft that repeats this line in a new revision."""
        self.ensure_one()
        return {
            "workcenter_id": self.workcenter_id.id, "day": self.day, "sequence": self.sequence,
            "notice_line_id": self.notice_line_id.id, "quantity": self.quantity,
            "origin_id": self.id,
        }

    def _repeats_origin(self):
        self.ensure_one()
        origin = self.origin_id
        return bool(origin) and all(self[name] == origin[name] for name in (
            "workcenter_id", "day", "sequence", "notice_line_id", "quantity"))

    def _what(self):
        return f"{self.notice_id.name} {self.product_id.name}"

    def _when(self, before=None):
        """Say when and where; after ``before`` only what is not the same.

        :param before: the line in whose place this one comes
        """
        parts = [format_date(self.env, self.day, date_format="MM-dd"), self._weekday(before)]
        if not before or before.workcenter_id != self.workcenter_id:
            parts.append(self.workcenter_id.name)
        if not before or before.quantity != self.quantity:
            parts.append(plain_number(self.quantity))
        if before and before.day == self.day and before.sequence != self.sequence:
            parts.append(self.env._("at another hour"))
        return " ".join(parts)

    def _weekday(self, before):
        name = format_date(self.env, self.day, date_format="EEE")
        weeks = (self.week_start - before.week_start).days // 7 if before else 0
        return self.env._("next %s", name) if weeks == 1 else name
