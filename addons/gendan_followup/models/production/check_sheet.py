from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...calc.working_time import local
from ..foundation.person_mixin import PersonMixin
from .check_template import CHECK_KINDS, CHECK_ROLES, MATERIAL_KINDS

IDENTITY = frozenset({
    "name", "template_id", "kind", "blocking", "company_id", "product_id", "lot_id", "picking_id",
    "notice_line_id", "production_id", "workcenter_id",
})


class CheckSheet(models.Model):
    """检验单: somebody looked, or did not, and it can be seen (X13).

    One sheet per delivery lot, start, fit test or count. It takes its points from a
    template; every answer carries person, login, device and time. Skipping is one tap
    and shows red (未检). A closed sheet is evidence: nobody writes or deletes it.
    """

    _name = "gendan.check.sheet"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "gendan.person.mixin",
                "gendan.phone.mixin"]
    _description = "Check sheet"
    _order = "id desc"
    _check_company_auto = True

    _transitions = {"open": ("closed", "cancel"), "closed": (), "cancel": ()}
    # whoever closes answers for the sheet; person, login and times are those of closing
    _stamps = PersonMixin._person_stamps | {"opened_by_id", "opened_at", "employee_id", "event_at"}

    name = fields.Char("Sheet no.", required=True, readonly=True, copy=False, index="trigram",
                       default=lambda self: self.env._("Unnumbered"))
    template_id = fields.Many2one("gendan.check.template", required=True, index=True,
                                  ondelete="restrict", check_company=True)
    kind = fields.Selection(CHECK_KINDS, compute="_compute_from_template", store=True,
                            precompute=True, required=True, index=True)
    blocking = fields.Boolean(compute="_compute_from_template", store=True, precompute=True)
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    product_id = fields.Many2one("product.product", "Checked item", index="btree_not_null",
                                 ondelete="restrict", check_company=True)
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="restrict",
                             check_company=True)
    picking_id = fields.Many2one("stock.picking", "Receipt or issue", index="btree_not_null",
                                 ondelete="restrict", check_company=True)
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", index="btree_not_null",
        ondelete="restrict", check_company=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index="btree_not_null")
    production_id = fields.Many2one("mrp.production", "Manufacturing order",
                                    index="btree_not_null", ondelete="restrict",
                                    check_company=True)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", index="btree_not_null",
                                    ondelete="restrict", check_company=True)
    sample_size = fields.Integer(compute="_compute_from_template", store=True, precompute=True,
                                 readonly=False)
    note = fields.Text()
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("cancel", "Cancelled")], required=True,
        default="open", readonly=True, copy=False, index=True)
    result = fields.Selection(
        [("pending", "Pending"), ("ok", "OK"), ("not_ok", "Not OK"), ("skipped", "Not checked")],
        compute="_compute_result", store=True, index=True)
    opened_by_id = fields.Many2one("res.users", "Opened by", readonly=True, copy=False,
                                   ondelete="restrict")
    opened_at = fields.Datetime("Opened at", readonly=True, copy=False)
    employee_id = fields.Many2one(string="Closed by", readonly=True)
    recorded_at = fields.Datetime(string="Closed at")
    event_at = fields.Datetime(readonly=True)
    line_ids = fields.One2many("gendan.check.sheet.line", "sheet_id", "Points", copy=False)

    # frozen: they follow the template that was chosen, not its later changes
    @api.depends("template_id")
    def _compute_from_template(self):
        for sheet in self:
            sheet.kind = sheet.template_id.kind
            sheet.blocking = sheet.template_id.blocking
            sheet.sample_size = sheet.template_id.sample_size

    @api.depends("line_ids.result")
    def _compute_result(self):
        """The worst answer counts; one point without an answer leaves the sheet pending."""
        for sheet in self:
            results = set(sheet.line_ids.mapped("result"))
            sheet.result = next(
                (result for answer, result in (
                    ("not_ok", "not_ok"), (False, "pending"), ("skipped", "skipped"))
                 if answer in results), "ok" if results else "pending")

    @api.constrains("lot_id", "product_id")
    def _check_lot(self):
        for sheet in self:
            if sheet.lot_id and sheet.product_id != sheet.lot_id.product_id:
                raise ValidationError(self.env._(
                    "Lot %(lot)s is of %(product)s, not of %(other)s.", lot=sheet.lot_id.name,
                    product=sheet.lot_id.product_id.display_name,
                    other=sheet.product_id.display_name or self.env._("nothing")))

    # -------------------------------------------------------------------- steps

    def action_close(self, event_at=False):
        """Close sheets on which every point has an answer.

        :param event_at: when it was, if it is entered afterwards
        :raise UserError: naming the points that have none
        """
        self._check_recorder()
        for sheet in self:
            open_points = sheet.line_ids.filtered(lambda line: not line.result)
            if open_points:
                raise UserError(self.env._(
                    "%(sheet)s: no answer yet for %(points)s. Answer, or tap “Not checked”.",
                    sheet=sheet.name, points=", ".join(open_points.mapped("label"))))
        return self._close({"event_at": event_at})

    def action_skip(self, event_at=False):
        """Say openly that the rest was not checked, and close: one tap, stamped (X13).

        :param event_at: when it was, if it is entered afterwards
        """
        self._check_recorder()
        self._skip_rest({"event_at": event_at})
        return self._close({"event_at": event_at})

    def action_cancel(self):
        """Put a sheet aside that was opened by mistake; it stays on record."""
        self._check_recorder()
        self.env["gendan.first.article"]._check_no_trial(self)
        return self._step("cancel")

    def _skip_rest(self, person):
        # whoever closes answers for the points nobody answered, also without write access
        self.sudo().line_ids.filtered(lambda line: not line.result).write(
            {**person, "result": "skipped"})

    def _close(self, person):
        for sheet in self:
            sheet._step("closed", **sheet._prepare_person(person))
        return True

    def _who_and_when(self):
        """Return ``{"who", "at"}`` of who filled it in, for a sentence, by the company's clock."""
        self.ensure_one()
        return {"who": self.employee_id.name or self.user_id.name,
                "at": local(self.event_at, self.company_id.gendan_tz).strftime("%m-%d %H:%M")}

    def _check_recorder(self):
        """Refuse unless this kind of check is a duty of the user, or of whom he stands in for.

        :raise UserError: and the attempt is on record (X5)
        """
        for kind, sheets in self.grouped("kind").items():
            sheets._check_roles(CHECK_ROLES[kind], f"check.{kind}", "X4 X13")

    # ------------------------------------------------------------------- guards

    @api.model
    def _creation_stamps(self):
        return {"opened_by_id": self.env.uid, "opened_at": fields.Datetime.now()}

    @api.model_create_multi
    def create(self, vals_list):
        """Open sheets with the points of their templates."""
        sheets = super().create([
            {**vals, "name": self.env["ir.sequence"].next_by_code("gendan.check.sheet")}
            for vals in vals_list])
        if not self.env.su:
            sheets._check_recorder()
        # points come from the template and from nobody's hand
        self.env["gendan.check.sheet.line"].sudo().create([
            {**point._prepare_sheet_line(sheet._specification()), "sheet_id": sheet.id}
            for sheet in sheets for point in sheet.sudo().template_id.line_ids])
        return sheets

    def write(self, vals):
        """Keep a sheet about what it was opened for.

        :raise UserError: when it would become a sheet about something else
        """
        moved = vals.keys() & IDENTITY
        if moved:
            raise UserError(self.env._(
                "%(sheet)s: %(fields)s stay as they are. Cancel the sheet and open another one.",
                sheet=self[:1].sudo().name,
                fields=", ".join(self._fields[name]._description_string(self.env)
                                 for name in sorted(moved))))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("%s is cancelled, never deleted.", self[:1].sudo().name))

    def copy_data(self, default=None):
        """Refuse: nobody looked twice by copying a sheet."""
        raise UserError(self.env._("A check sheet is not copied: open another one."))

    def _specification(self):
        """Return the record with the specification that this sheet is held against."""
        self.ensure_one()
        sheet = self.sudo()
        if sheet.kind in MATERIAL_KINDS:
            return sheet.product_id.product_tmpl_id
        return sheet.notice_line_id
