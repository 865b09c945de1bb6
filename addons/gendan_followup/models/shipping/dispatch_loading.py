from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import company_date
from ..foundation.gate_mixin import Unmet, gate


class Dispatch(models.Model):
    """Loaded the day before, so that no driver waits for goods in the morning (D8.8, D8.9)."""

    _inherit = "gendan.dispatch"

    loaded_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    loaded_at = fields.Datetime(readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", "Load checked by", readonly=True, copy=False,
                                    ondelete="restrict")
    checked_at = fields.Datetime("Load checked at", readonly=True, copy=False)
    staged_at = fields.Datetime("Staged at", readonly=True, copy=False)
    staged_reason = fields.Char("Staged instead because", readonly=True, copy=False)
    load_deadline = fields.Datetime(compute="_compute_load_deadline")
    is_load_late = fields.Boolean("Loaded late", readonly=True, copy=False)

    @api.depends("day")
    def _compute_load_deadline(self):
        for dispatch in self:
            dispatch.load_deadline = dispatch.day and dispatch.company_id._preload_deadline(
                dispatch.day)

    @gate("dispatch.load", "D8.6 D8.8")
    def _gate_load(self):
        """The keeper loads or stages a confirmed sheet whose goods he is loading."""
        unmet = {}
        for dispatch in self:
            conditions = unmet.setdefault(dispatch.id, [])
            if not self.env.user._principals("finished_keeper"):
                conditions.append(self._keeper_unmet())
            if dispatch.state != "confirmed":
                conditions.append(Unmet("state", self.env._(
                    "%(dispatch)s is %(state)s", dispatch=dispatch.name,
                    state=dispatch._state_label(dispatch.state)),
                    self.env._("the merchandiser confirms it first")))
            shippings = dispatch.stop_ids.shipping_id.filtered(
                lambda s: s.state not in ("loading", "shipped"))
            conditions += shippings._not_loading_conditions() if shippings else []
        return unmet

    def _keeper_unmet(self):
        holders = self.env.user._users_of_role("finished_keeper", self.sudo().company_id[:1])
        return Unmet("role", self.env._("loading is the finished-goods keeper's part"),
                     self.env._("%s does it", ", ".join(holders.mapped("name"))),
                     tuple(holders.ids))

    def action_loaded(self):
        """Note that the truck stands loaded (D8.8)."""
        self._pass_gate("_gate_load")
        self._note_load(loaded_by_id=self.env.uid, loaded_at=fields.Datetime.now())
        return True

    def action_staged(self, reason=False):
        """Note that the goods stand ready because the truck is not there yet (D8.8).

        :param str reason: e.g. the container comes on the day
        """
        self._pass_gate("_gate_load")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is staged and not loaded.", self[:1].name))
        self._note_load(staged_at=fields.Datetime.now(), staged_reason=reason)
        return True

    def _note_load(self, **values):
        now = fields.Datetime.now()
        for dispatch in self:
            already = dispatch.loaded_at or dispatch.staged_at
            late = dispatch.is_load_late if already else now > dispatch.load_deadline
            dispatch.sudo().write({**values, "is_load_late": late})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_check_load(self):
        """Check what the keeper loaded, as merchandiser (D8.8)."""
        self._pass_gate("_gate_role")
        for dispatch in self:
            if not (dispatch.loaded_at or dispatch.staged_at):
                raise UserError(self.env._("%s is neither loaded nor staged yet.", dispatch.name))
        self.sudo().write({"checked_by_id": self.env.uid, "checked_at": fields.Datetime.now()})
        return True

    @api.model
    def _cron_late_loads(self):
        """Tell the plan manager what was not loaded by its deadline (D8.8); once a sheet."""
        now = fields.Datetime.now()
        waiting = self.search([
            ("state", "in", ("draft", "confirmed")), ("loaded_at", "=", False),
            ("staged_at", "=", False), ("is_load_late", "=", False),
            ("company_id.uses_gendan", "=", True)])
        for dispatch in waiting.filtered(lambda d: d.stop_ids.shipping_id
                                         and d.load_deadline < now):
            dispatch.sudo().write({"is_load_late": True})
            managers = self.env["res.users"]._users_of_role("plan_manager", dispatch.company_id)
            for manager in managers:
                dispatch.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=manager.id,
                    date_deadline=company_date(now, dispatch.company_id.gendan_tz),
                    summary=self.env._("Not loaded by its deadline: %s", dispatch.display_name))
