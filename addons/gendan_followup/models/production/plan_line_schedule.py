from odoo import api, fields, models

from ...calc.machine_day import at_offset, hours_of
from ..foundation.gate_mixin import Unmet

LOADING = ("draft", "proposed", "confirmed", "done")
IN_FORCE = ("confirmed", "done")


class PlanLine(models.Model):
    """Hours on the machine against its calendar, and the dates of the work (D2.9, D2.10)."""

    _inherit = "gendan.plan.line"

    hours = fields.Float(
        compute="_compute_hours", store=True, precompute=True, digits=(8, 2),
        help="What the machine needs for it, frozen with the quantity.")
    day_hours = fields.Float("Planned on this machine and day", compute="_compute_day_load")
    day_load = fields.Float("Load %", compute="_compute_day_load",
                            help="Planned hours against the calendar of the machine.")
    is_overloaded = fields.Boolean(compute="_compute_day_load")

    # frozen: it follows what was planned, not what the machine learns later
    @api.depends("quantity", "workcenter_id", "notice_line_id")
    def _compute_hours(self):
        minutes = self._minutes_per_cycle()
        for line in self:
            machine, product = line.workcenter_id, line.product_id
            if not machine or not product:
                line.hours = 0
                continue
            capacity, start, stop = machine._get_capacity(product, line.product_uom_id, 1)
            cycles = line.quantity / (capacity or 1)
            line.hours = (cycles * minutes.get((machine.id, product.product_tmpl_id.id), 1)
                          + start + stop) / 60 / ((machine.time_efficiency or 100) / 100)

    def _minutes_per_cycle(self):
        """Return ``{(machine, product template): minutes of a cycle}``, from the operations."""
        # a planner need not read the operations of every recipe
        operations = self.env["mrp.routing.workcenter"].sudo().search([
            ("workcenter_id", "in", self.workcenter_id.ids),
            ("bom_id.product_tmpl_id", "in", self.product_id.product_tmpl_id.ids)])
        return {(operation.workcenter_id.id, operation.bom_id.product_tmpl_id.id):
                operation.time_cycle for operation in operations}

    @api.depends("hours", "workcenter_id", "day", "state")
    def _compute_day_load(self):
        lines = self.filtered(lambda line: line.day and line.workcenter_id)
        planned = lines._planned_hours()
        there = lines._machine_days()
        for key, of_day in self.grouped(lambda line: (line.workcenter_id.id, line.day)).items():
            hours, available = planned.get(key, 0), hours_of(there.get(key, ()))
            of_day.day_hours = hours
            of_day.day_load = 100 * hours / available if available else 0
            of_day.is_overloaded = hours > available + 0.01

    def _planned_hours(self):
        """Return ``{(machine, day): hours}``; a line that is being moved counts once."""
        if not self:
            return {}
        self.flush_model()
        rows = self._read_group(self._loading_domain(), ["workcenter_id", "day:day"],
                                ["hours:sum"])
        return {(machine.id, fields.Date.to_date(day)): hours for machine, day, hours in rows}

    def _loading_domain(self):
        """Return the domain of what loads the machines of these lines on their days.

        Drafts of these lines' own revision stand for what they replace.
        """
        days = self.mapped("day")
        moved = self.revision_id.filtered(lambda revision: revision.state == "draft").standing_ids
        return [
            ("workcenter_id", "in", self.workcenter_id.ids), ("day", ">=", min(days)),
            ("day", "<=", max(days)), ("state", "in", LOADING), ("id", "not in", moved.ids),
            "|", ("state", "!=", "draft"), ("revision_id", "in", self.revision_id.ids)]

    def _machine_days(self):
        """Return ``{(machine, day): [(start, end), …]}`` in naive UTC."""
        result = {}
        for company, lines in self.filtered("day").grouped("company_id").items():
            days = lines.mapped("day")
            result.update(lines.workcenter_id._machine_days(company, min(days), max(days)))
        return result

    # ----------------------------------------------------------------------- gate

    def _gate_plan(self):
        """Nothing is planned on a day on which the machine stands, or before its answers."""
        unmet = super()._gate_plan()
        days = self._machine_days()
        answers = self.sudo().notice_line_id._plan_conditions()
        for line in self:
            conditions = unmet.setdefault(line.id, [])
            conditions += answers.get(line.notice_line_id.id, [])
            conditions += line._calendar_conditions(days)
        return unmet

    def _gate_move(self):
        """A line is not dragged to a day on which the machine stands."""
        unmet, days = super()._gate_move(), self._machine_days()
        for line in self:
            unmet[line.id] = unmet.get(line.id, []) + line._calendar_conditions(days)
        return unmet

    def _calendar_conditions(self, days):
        self.ensure_one()
        if not self.workcenter_id.resource_calendar_id:
            return [Unmet(
                "calendar", self.env._("%s has no calendar", self.workcenter_id.name),
                self.env._("the plan manager gives the machine its working hours"))]
        if (self.workcenter_id.id, self.day) not in days:
            return [Unmet(
                "holiday", self.env._("%(machine)s does not work on %(day)s",
                                      machine=self.workcenter_id.name, day=self.day),
                self.env._("choose a working day"))]
        return []

    # ---------------------------------------------------------------------- dates

    def _schedule_work(self):
        """Write the dates of manufacturing and work orders from the plan in force (D2.10).

        Work that has begun keeps its dates.
        """
        if not self:
            return
        # the dates are the plan's effect; a planner need not write manufacturing orders
        lines = self.sudo().search([("notice_line_id", "in", self.notice_line_id.ids),
                                    ("state", "in", IN_FORCE)])
        spans = lines._spans()
        productions = lines.notice_line_id.production_ids.filtered(
            lambda production: production.state in ("draft", "confirmed"))
        for (start, finish), at_once in productions.grouped(
                lambda production: lines._span_of(production, spans)).items():
            at_once.with_context(force_date=True).write(
                {"date_start": start, "date_finished": finish})
            at_once.workorder_ids.filtered(
                lambda workorder: workorder.workcenter_id in lines.workcenter_id).write(
                {"date_start": start, "date_finished": finish})

    def _span_of(self, production, spans):
        own = [spans[line] for line in self if line.notice_line_id == production.notice_line_id]
        return min(start for start, _end in own), max(end for _start, end in own)

    def _spans(self):
        """Return ``{line: (start, finish)}``: the lines of a machine and day follow each other."""
        days = self._machine_days()
        queue = self.search([
            ("workcenter_id", "in", self.workcenter_id.ids), ("day", "in", self.mapped("day")),
            ("state", "in", IN_FORCE)], order="day, workcenter_id, sequence, id")
        spans, used = {}, {}
        for line in queue:
            key = (line.workcenter_id.id, line.day)
            if intervals := days.get(key):
                offset = used.get(key, 0)
                used[key] = offset + line.hours
                spans[line] = (at_offset(intervals, offset), at_offset(intervals, used[key]))
        return spans
