from datetime import timedelta

from odoo import api, fields, models

from .week_plan import STANDING

SPAN = 13


class PlanRevision(models.Model):
    """The revision as people look at it: on the timeline, and who will be told (screens, 7)."""

    _inherit = "gendan.plan.revision"

    told_preview = fields.Text("Who will be told", compute="_compute_told_preview")
    can_read = fields.Boolean(compute="_compute_can_read",
                              help="Whether it waits for the present user to have read it.")
    unread_text = fields.Char("Not read yet", compute="_compute_unread_text")
    waits_production = fields.Boolean("Production has not confirmed", compute="_compute_waits")
    waits_packaging = fields.Boolean("Packaging has not confirmed", compute="_compute_waits")

    @api.depends("state", "line_ids.day", "line_ids.workcenter_id", "line_ids.quantity",
                 "line_ids.sequence", "standing_ids")
    def _compute_told_preview(self):
        for revision in self:
            told = revision._to_be_told(revision._touched()) if revision.state == "draft" else {}
            roles = dict(self.env["gendan.plan.told"]._fields["role"]._description_selection(
                self.env))
            revision.told_preview = "\n".join(
                f"{roles[role]}: "
                f"{', '.join(user.name for user, its in told.items() if its == role)}"
                for role in dict.fromkeys(told.values()))

    @api.depends("state", "line_ids.state", "line_ids.production_at", "line_ids.packaging_at")
    def _compute_waits(self):
        for revision in self:
            proposed = revision.line_ids.filtered(lambda line: line.state == "proposed")
            revision.waits_production = not all(proposed.mapped("production_at"))
            revision.waits_packaging = not all(proposed.mapped("packaging_at"))

    @api.depends("told_ids.read_at")
    @api.depends_context("uid")
    def _compute_can_read(self):
        for revision in self:
            revision.can_read = bool(revision._unread_by_me())

    @api.depends("told_ids.read_at")
    def _compute_unread_text(self):
        for revision in self:
            unread = revision.told_ids.filtered(lambda row: not row.read_at)
            revision.unread_text = ", ".join(unread.user_id.mapped("name"))

    def action_timeline(self):
        """Open this revision on the timeline, with what else stands in these two weeks."""
        self.ensure_one()
        first = self.week_start
        last = first + timedelta(days=SPAN)
        window = [("company_id", "=", self.company_id.id), ("day", ">=", first),
                  ("day", "<=", last)]
        standing = [("state", "in", STANDING), ("id", "not in", self.standing_ids.ids)]
        domain = window + (["|", "&", ("revision_id", "=", self.id), ("state", "=", "draft"),
                            "&", *standing] if self.state == "draft"
                           else [("state", "in", STANDING)])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gendan_followup.action_plan_timeline")
        return dict(action, name=self.display_name, display_name=self.display_name, domain=domain,
                    context={
                        "plan_revision_id": self.id, "plan_first": fields.Date.to_string(first),
                        "plan_last": fields.Date.to_string(last),
                        "plan_draft": self.state == "draft"})

    def timeline_notes(self):
        """Return what the timeline says of this revision besides the bars.

        :return: ``{"reason", "changes", "told", "unread", "state"}``, all texts
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "state": self.state, "reason": self.reason or "",
            "changes": (self.preview if self.state == "draft" else self.difference) or "",
            "told": self.told_preview or "", "unread": self.unread_text or "",
        }
