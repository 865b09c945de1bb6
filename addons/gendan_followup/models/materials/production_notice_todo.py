from odoo import fields, models
from odoo.tools import float_is_zero

# who works from a released notice and is told when it stops
HELD_ROLES = ("production", "packaging", "raw_keeper", "packaging_keeper", "finished_keeper", "qc")
BATCH = 50


class ProductionNotice(models.Model):
    """The merchandiser's to-do ends with the release; a hold is told to everybody on it."""

    _inherit = "gendan.production.notice"

    is_hold_untold = fields.Boolean(
        "Hold not told yet", readonly=True, copy=False,
        help="Production, packaging, stores and QC will be told in a moment.")

    _hold_untold = models.Index("(id) WHERE is_hold_untold")

    # ------------------------------------------------------------------ to-do

    def _waits_for_release(self):
        """Whether the merchandiser has something to check or to release."""
        return any(
            notice.state == "valid" and not notice.on_hold
            and not (notice.is_stock_checked and notice._is_covered()) for notice in self)

    def _is_covered(self):
        """Whether the last stock check left nothing to make (D2.3)."""
        self.ensure_one()
        return all(float_is_zero(line.to_make_quantity, precision_digits=2)
                   for line in self.line_ids)

    def action_check_stock(self):
        """Take the to-do off the list where stock covers everything (D2.3)."""
        result = super().action_check_stock()
        self.sudo().revision_id._mark_todos_stale()
        return result

    def action_release(self):
        """Take the to-do off the list (D2.4)."""
        result = super().action_release()
        self.sudo().revision_id._mark_todos_stale()
        return result

    # ------------------------------------------------------------------- hold

    def write(self, vals):
        """Note that a hold begins or ends, by whatever door (D1.11)."""
        if "on_hold" not in vals:
            return super().write(vals)
        changed = self.filtered(lambda notice: notice.on_hold != bool(vals["on_hold"]))
        result = super().write(vals)
        changed.revision_id._mark_todos_stale()
        if released := changed.filtered(lambda notice: notice.state == "released"):
            super(ProductionNotice, released).write({"is_hold_untold": True})
            self.env["gendan.revision"]._wake_todos()
        return result

    def _cron_tell_holds(self):
        """Tell the holds and resumptions that are not told yet, each notice once."""
        jobs = self.env["ir.cron"]
        untold = self.search([("is_hold_untold", "=", True)], order="id")
        jobs._commit_progress(remaining=len(untold))
        for notice in untold.try_lock_for_update():
            notice._tell_hold()
            notice.is_hold_untold = False
            if not jobs._commit_progress(1):
                break

    def _tell_hold(self):
        """Post on the notice what it says now, to everybody who works from it."""
        self.ensure_one()
        speaker = self.with_context(
            lang=self.company_id.partner_id.lang or self.env.lang, mail_notify_force_send=False)
        users = self.env["res.users"].concat(*(
            self.env["res.users"]._users_of_role(role, self.company_id) for role in HELD_ROLES))
        if speaker.on_hold:
            body = speaker.env._("%(notice)s is on hold, stop the work: %(reason)s",
                                 notice=self.name, reason=speaker.hold_text or "")
        else:
            body = speaker.env._("%s goes on: the hold is over.", self.name)
        speaker.message_post(body=body, partner_ids=users.partner_id.ids,
                             subtype_xmlid="gendan_followup.subtype_notice_hold")
