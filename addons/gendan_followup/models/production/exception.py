from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate

TOLD_ROLES = ("production", "packaging")
REPORTERS = ("merchandiser", "plan_manager", "production", "packaging")


class GendanException(models.Model):
    """突发情况: told to production and to packaging at once, and taken note of by both (D4.2)."""

    _name = "gendan.exception"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "gendan.gate.mixin", "mail.thread",
                "mail.activity.mixin"]
    _description = "Emergency"
    _order = "reported_at desc, id desc"
    _rec_name = "title"
    _check_company_auto = True

    _transitions = {"open": ("closed",), "closed": ()}
    _stamps = frozenset({"reported_by_id", "reported_at", "closed_by_id", "closed_at"})

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True,
                                 default=lambda self: self.env.company)
    title = fields.Char("What happened", required=True)
    kind = fields.Selection(
        [("raw", "Raw material"), ("packaging", "Packaging"), ("machine", "Machine"),
         ("other", "Other")], required=True, default="raw")
    notice_ids = fields.Many2many("gendan.production.notice", string="Notices concerned",
                                  check_company=True)
    eta_enquiry_id = fields.Many2one(
        "gendan.eta.enquiry", "Keeper's answer that was wrong", ondelete="restrict",
        index="btree_not_null", check_company=True)
    known_at = fields.Datetime("Known at", required=True, default=fields.Datetime.now)
    state = fields.Selection([("open", "Open"), ("closed", "Closed")], required=True,
                             default="open", readonly=True, copy=False, index=True)
    reported_by_id = fields.Many2one("res.users", "Reported by", readonly=True, copy=False,
                                     ondelete="restrict")
    reported_at = fields.Datetime("Sent at", readonly=True, copy=False)
    revision_id = fields.Many2one("gendan.plan.revision", "Plan change", ondelete="restrict",
                                  index="btree_not_null", check_company=True)
    told_ids = fields.One2many("gendan.exception.told", "exception_id", readonly=True)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False,
                                   ondelete="restrict")
    closed_at = fields.Datetime(readonly=True, copy=False)

    can_acknowledge = fields.Boolean(compute="_compute_can_acknowledge",
                                     help="Whether it waits for the present user's word.")

    @api.depends("told_ids.read_at", "state")
    @api.depends_context("uid")
    def _compute_can_acknowledge(self):
        for report in self:
            report.can_acknowledge = report.state == "open" and bool(report._unread_by_me())

    def _unread_by_me(self):
        """Return the rows that wait for the present user, or for whom he stands in (X8)."""
        user = self.env.user
        principals = user.union(*(user._principals(role) for role in TOLD_ROLES))
        return self.sudo().told_ids.filtered(
            lambda row: row.user_id in principals and not row.read_at)

    @api.model
    def _creation_stamps(self):
        return {"reported_by_id": self.env.uid, "reported_at": fields.Datetime.now()}

    @api.model_create_multi
    def create(self, vals_list):
        """Report it: production and packaging are told in the same moment (D4.2)."""
        now = fields.Datetime.now()
        # a default of its own could be a second later than the moment of sending
        reports = super().create([{"known_at": now, **vals} for vals in vals_list])
        reports._check_roles(REPORTERS, "exception.report", "D4.2 X4")
        for report in reports:
            if report.known_at > report.reported_at:
                raise UserError(self.env._("Nobody knows of it before it happens."))
            report._tell()
        return reports

    def write(self, vals):
        """Keep what was sent: title, kind and since when it was known (D4.2).

        :raise UserError: for what the others have been told already
        """
        if not self.env.su and (told := vals.keys() & {"title", "kind", "known_at"}):
            raise UserError(self.env._(
                "%(report)s has been sent: %(fields)s stay as they were told. Report what is new.",
                report=self[:1].display_name,
                fields=", ".join(self._fields[name]._description_string(self.env)
                                 for name in sorted(told))))
        return super().write(vals)

    def _tell(self):
        users = self.env["res.users"]
        told = {user: role for role in TOLD_ROLES
                for user in users._users_of_role(role, self.company_id)}
        # the rows are the server's: nobody says of himself that he told somebody
        self.env["gendan.exception.told"].sudo().create([
            {"exception_id": self.id, "user_id": user.id, "role": role,
             "sent_at": self.reported_at} for user, role in told.items()])
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(
            users.union(*told), self.reported_at).deputy_id
        everybody = users.union(*told) | deputies
        self.sudo().message_post(body=self.title, partner_ids=everybody.partner_id.ids,
                                 subtype_xmlid="mail.mt_comment")
        self.env["gendan.message"]._tell_group(self, self.env._(
            "Emergency: %(title)s (%(notices)s)", title=self.title,
            notices=", ".join(self.notice_ids.mapped("name")) or "-"))
        for user in everybody:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=self.title,
                date_deadline=self.company_id._company_today())

    def action_acknowledge(self):
        """Take note of it for production or packaging, or as somebody's deputy (X8)."""
        self._check_roles(TOLD_ROLES, "exception.acknowledge", "D4.2 X8")
        user, mine = self.env.user, self._unread_by_me()
        mine.write({"read_at": fields.Datetime.now(), "read_by_id": user.id})
        self.sudo().activity_ids.filtered(
            lambda activity: activity.user_id in user | mine.user_id).unlink()
        return True

    @gate("exception.close", "D4.2")
    def _gate_close(self):
        """Both sides know, or the plan was changed because of it."""
        labels = dict(self.env["gendan.exception.told"]._fields["role"]._description_selection(
            self.env))
        unmet = {}
        for report in self:
            changed = report.revision_id.published_at
            if changed and changed >= report.reported_at:
                continue
            unmet[report.id] = [
                Unmet("unread", self.env._("%s has not read it", labels[role]),
                      self.env._("%s takes note of it", ", ".join(rows.user_id.mapped("name"))),
                      tuple(rows.user_id.ids))
                for role, rows in report.told_ids.grouped("role").items()
                if not any(rows.mapped("read_at"))]
        return unmet

    def action_close(self):
        """Close it once both sides know of it, or the plan has changed (D4.2)."""
        self._check_roles(("merchandiser", "plan_manager"), "exception.close", "D4.2 X4")
        self._pass_gate("_gate_close")
        return self._step("closed", closed_by_id=self.env.uid, closed_at=fields.Datetime.now())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was reported is closed, never deleted."))
