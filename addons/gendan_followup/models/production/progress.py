from odoo import api, fields, models
from odoo.fields import Domain

from ...calc.progress import due_message
from ...calc.text import plain_number

RUNNING = ("progress", "to_close", "done")
BATCH = 100


class Progress(models.Model):
    """进度: what the salesperson was told of a running line, and when (D4.6).

    At the start, at half, when all is made, and every working day in between.
    """

    _name = "gendan.progress"
    _inherit = ["gendan.system.mixin"]
    _description = "Progress told"
    _order = "id desc"

    notice_line_id = fields.Many2one("gendan.production.notice.line", required=True, readonly=True,
                                     index=True, ondelete="cascade")
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    company_id = fields.Many2one(related="notice_line_id.company_id", store=True, precompute=True,
                                 index=True)
    code = fields.Selection(
        [("start", "Started"), ("half", "Half made"), ("full", "All made"), ("daily", "Daily")],
        required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    produced = fields.Float("Made", digits="Product Unit", readonly=True)
    total = fields.Float("To make", digits="Product Unit", readonly=True)
    user_id = fields.Many2one("res.users", "Told", readonly=True, ondelete="restrict")
    sent_at = fields.Datetime("Sent at", required=True, readonly=True)

    _once_a_day = models.UniqueIndex("(notice_line_id, day) WHERE code = 'daily'",
                                     "Told once a day.")
    _once = models.UniqueIndex("(notice_line_id, code) WHERE code <> 'daily'", "Told once.")

    @api.model
    def _cron_tell(self):
        """Tell the salespersons of what runs, many lines at once, one commit a batch."""
        jobs, lines = self.env["ir.cron"], self.env["gendan.production.notice.line"]
        companies = self.env["res.company"].browse(self.env["res.company"]._timezones_on())
        domain = Domain([
            ("company_id", "in", companies.ids), ("released_quantity", ">", 0),
            ("notice_id.state", "in", ("released", "done")),
            ("production_ids", "any", [("state", "in", RUNNING)]),
            ("progress_ids", "not any", [("code", "=", "full")])])
        jobs._commit_progress(remaining=lines.search_count(domain))
        last = 0
        while found := lines.search(domain & Domain("id", ">", last), limit=BATCH, order="id"):
            last = found[-1].id
            self._tell_of(found)
            if not jobs._commit_progress(len(found)):
                return

    @api.model
    def _tell_of(self, lines):
        """Tell what is due of these lines, in a constant number of queries for the finding."""
        made, now, values = lines._produced_quantities(), fields.Datetime.now(), []
        told = lines.progress_ids.grouped("notice_line_id")
        for company, of_company in lines.grouped("company_id").items():
            today = company._company_today()
            # a day on which nobody works has no daily message
            evening = (company._is_working_day(today)
                       and now >= company._moment_on(today, company.progress_hour))
            for line in of_company:
                rows = told.get(line, self.browse())
                total = line.released_quantity
                code = due_message(made[line.id], total, rows.mapped("code"))
                if not code and evening and not rows.filtered(
                        lambda row, today=today: row.code == "daily" and row.day == today):
                    code = "daily"
                if code:
                    values.append({
                        "notice_line_id": line.id, "code": code, "day": today, "sent_at": now,
                        "produced": made[line.id], "total": total,
                        "user_id": line.notice_id.salesperson_id.id})
        # the rows are the server's
        for row in self.sudo().create(values):
            row._post()

    def _post(self):
        self.ensure_one()
        notice = self.notice_id
        # read by the salesperson in his own language
        notice = notice.with_context(lang=self.user_id.lang or self.env.lang)
        notice.message_post(
            body=self.with_env(notice.env)._text(), partner_ids=self.user_id.partner_id.ids,
            subtype_xmlid="mail.mt_comment")

    def _text(self):
        line, labels = self.notice_line_id, dict(self._fields[
            "code"]._description_selection(self.env))
        left, per_carton = max(self.total - self.produced, 0), line.packs_per_carton
        packed = self.env._(" = %s cartons", plain_number(self.produced // per_carton)
                            ) if per_carton else ""
        text = self.env._(
            "%(code)s: %(product)s, %(made)s of %(total)s made%(packed)s, %(left)s left",
            code=labels[self.code], product=line.product_id.display_name, packed=packed,
            made=plain_number(self.produced), total=plain_number(self.total),
            left=plain_number(left))
        if self.produced > self.total:
            text += self.env._(", %s too many", plain_number(self.produced - self.total))
        finish = left and line._forecast_finish().get(line.id)
        return text + (self.env._("; finished on %s", finish) if finish else "")
