from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...calc.machine_day import hours_of

DAYS = 6
# a board of more than that is no board
LONGEST = 42
# days before and after today that the timeline loads
BEFORE, AHEAD = 7, 14


class PlanLine(models.Model):
    """The week on the timeline: machines as rows, days as columns (screens, 7)."""

    _inherit = "gendan.plan.line"

    # as `related` they would be read record by record, one field after the other
    readiness = fields.Selection(lambda line: line._selection_readiness(),
                                 compute="_compute_readiness", compute_sudo=True)
    readiness_text = fields.Text("Waits for", compute="_compute_readiness", compute_sudo=True)
    parts_text = fields.Char("Partial shipment", compute="_compute_parts_text", compute_sudo=True)
    hours_text = fields.Char("Hours as read", compute="_compute_hours_text")
    can_drag = fields.Boolean(compute="_compute_can_drag")
    is_today = fields.Boolean(compute="_compute_is_today", search="_search_is_today")
    is_near = fields.Boolean(
        "From last week to in two weeks", compute="_compute_is_today", search="_search_is_near")

    @api.depends("hours")
    @api.depends_context("lang")
    def _compute_hours_text(self):
        text = self.env._("%(hours)s h %(minutes)02d min")
        for line in self:
            minutes = round(line.hours * 60)
            line.hours_text = text % {"hours": minutes // 60, "minutes": minutes % 60}

    def action_open_notice(self):
        """Open the notice: what the workshop reads beside the machine."""
        self.ensure_one()
        return self.notice_id._get_records_action()

    @api.model
    def _selection_readiness(self):
        return self.env["gendan.production.notice.line"]._fields[
            "readiness"]._description_selection(self.env)

    @api.depends("notice_line_id.readiness", "notice_line_id.readiness_text")
    @api.depends_context("lang")
    def _compute_readiness(self):
        """Show the light of the notice line: every plan line that has the same, at once."""
        found = self.env["gendan.readiness.version"]._readiness(self.notice_line_id)
        by_line = self.grouped("notice_line_id")
        alike = defaultdict(self.browse)
        for line, plan_lines in by_line.items():
            readiness = found.get(line.id)
            alike[readiness and (readiness.light, readiness.text)] += plan_lines
        for light, lines in alike.items():
            lines.readiness, lines.readiness_text = light or (False, False)

    @api.depends("notice_id.parts_text")
    @api.depends_context("lang")
    def _compute_parts_text(self):
        parts = self.filtered("notice_id.first_part_date")
        (self - parts).parts_text = False
        for line in parts:
            line.parts_text = line.notice_id.parts_text

    @api.depends("state", "revision_id.state")
    def _compute_can_drag(self):
        """Only the open draft revision is moved about; the server refuses the rest anyhow."""
        drafts = self.filtered(lambda line: line.state == "draft")
        (self - drafts).can_drag = False
        for line in drafts:
            line.can_drag = line.revision_id.state in (False, "draft")

    @api.depends("day")
    def _compute_is_today(self):
        for line in self:
            today = line.company_id._company_today()
            line.is_today = line.day == today
            line.is_near = bool(line.day) and -BEFORE <= (line.day - today).days <= AHEAD

    def _search_is_today(self, operator, value):
        return self._search_days(operator, value, 0, 0)

    def _search_is_near(self, operator, value):
        return self._search_days(operator, value, BEFORE, AHEAD)

    def _search_days(self, operator, value, before, ahead):
        """Today is the company's day, whatever the reader's own timezone (X1)."""
        if operator != "in" or True not in value:
            return NotImplemented
        today = {company: company._company_today() for company in self.env.companies}
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("day", ">=", day - timedelta(days=before))
            & Domain("day", "<=", day + timedelta(days=ahead))
            for company, day in today.items())

    @api.model
    def timeline_board(self, first, last, revision_id=False):
        """Return the rows and cells behind the bars: all machines, hours against calendar.

        :param first: first day, as a date or its text
        :param last: last day, at most six weeks later
        :param int revision_id: the draft revision whose lines are shown, or False for what
            is in force
        """
        self.check_access("read")
        first, last = fields.Date.to_date(first), fields.Date.to_date(last)
        last = min(last, first + timedelta(days=LONGEST))
        company = self.env.company
        # names and calendars of machines are open to whoever reads the plan
        machines = self.env["mrp.workcenter"].sudo().search(
            [("company_id", "in", (company.id, False)), ("resource_calendar_id", "!=", False)])
        there = self._hours_there(machines, company, first, last)
        planned = self._hours_planned(machines, first, last, revision_id)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return {
            "machines": [{"id": machine.id, "name": machine.name} for machine in machines],
            "cells": [{
                "machine": machine.id, "day": fields.Date.to_string(day),
                "available": round(there.get((machine.id, day), 0), 2),
                "planned": round(planned.get((machine.id, day), 0), 2),
            } for machine in machines for day in days],
        }

    @api.model
    def _hours_there(self, machines, company, first, last):
        days = machines._machine_days(company, first, last)
        return {key: hours_of(intervals) for key, intervals in days.items()}

    @api.model
    def _hours_planned(self, machines, first, last, revision_id):
        """Return ``{(machine, day): hours}``; a draft revision stands for what it replaces."""
        domain = [("workcenter_id", "in", machines.ids), ("day", ">=", first), ("day", "<=", last)]
        standing = [("state", "in", ("proposed", "confirmed", "done"))]
        revision = self.env["gendan.plan.revision"].browse(revision_id or ()).exists()
        if revision.state == "draft":
            domain += ["|", "&", ("state", "=", "draft"), ("revision_id", "=", revision.id),
                       "&", ("id", "not in", revision.standing_ids.ids), *standing]
        else:
            domain += standing
        rows = self._read_group(domain, ["workcenter_id", "day:day"], ["hours:sum"])
        return {(machine.id, fields.Date.to_date(day)): hours for machine, day, hours in rows}
