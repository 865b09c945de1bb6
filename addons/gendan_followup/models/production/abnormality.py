from odoo import api, fields, models
from odoo.exceptions import UserError

# eight digits, more than the counter of any of our machines has
HIGHEST_COUNTER = 99_999_999
# what was seen stands under the name of whoever told it
TOLD = frozenset({"description", "counter", "photo", "workcenter_id"})


class Abnormality(models.Model):
    """异常: what went wrong on a machine, when QC knew, and what QC said (L-O2, L-Q2).

    The counter at QC's instruction and the counter at the stop show how many pieces ran on
    after it. Person, device and time are the server's; a late entry is flagged (X17).
    """

    _name = "gendan.abnormality"
    _inherit = ["gendan.photo.mixin", "gendan.state.mixin", "gendan.role.mixin",
                "gendan.person.mixin", "gendan.phone.mixin"]
    _description = "Abnormality"
    _order = "event_at desc, id desc"
    _check_company_auto = True

    _transitions = {"open": ("instructed",), "instructed": ("closed",), "closed": ()}
    _open_states = ("open",)
    _stamps = frozenset({
        "user_id", "device", "recorded_at", "is_late", "employee_id", "event_at", "instruction",
        "instruction_text", "instructed_by_id", "instructed_at", "counter_at_instruction",
        "counter_at_stop", "stopped_by_id", "stopped_at",
    })

    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", required=True, index=True,
                                    ondelete="restrict", check_company=True)
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", index="btree_not_null",
        ondelete="restrict", check_company=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index="btree_not_null")
    lot_id = fields.Many2one("stock.lot", "Material lot", index="btree_not_null",
                             ondelete="restrict", check_company=True)
    description = fields.Text("What is wrong", required=True)
    photo = fields.Image(max_width=1600, max_height=1600)
    counter = fields.Integer("Counter when seen")
    state = fields.Selection(
        [("open", "Told to QC"), ("instructed", "QC has said"), ("closed", "Closed")],
        required=True, default="open", readonly=True, copy=False, index=True)
    instruction = fields.Selection(
        [("stop", "Stop the machine"), ("adjust", "Adjust, then go on"), ("go_on", "Go on")],
        "QC's instruction", readonly=True, copy=False)
    instruction_text = fields.Char(readonly=True, copy=False)
    instructed_by_id = fields.Many2one("hr.employee", "QC", readonly=True, copy=False,
                                       ondelete="restrict", index="btree_not_null")
    instructed_at = fields.Datetime(readonly=True, copy=False)
    counter_at_instruction = fields.Integer("Counter at the instruction", readonly=True,
                                            copy=False)
    counter_at_stop = fields.Integer("Counter at the stop", readonly=True, copy=False)
    stopped_by_id = fields.Many2one("hr.employee", "Stopped by", readonly=True, copy=False,
                                    ondelete="restrict")
    stopped_at = fields.Datetime(readonly=True, copy=False)
    ran_on_count = fields.Integer("Ran on after the instruction", compute="_compute_ran_on",
                                  store=True)

    _counters = models.Constraint(
        "CHECK (COALESCE(counter, 0) >= 0 AND COALESCE(counter_at_instruction, 0) >= 0 "
        "AND COALESCE(counter_at_stop, 0) >= 0)", "A counter cannot be below zero.")

    @api.depends("state", "instruction", "counter_at_instruction", "counter_at_stop")
    def _compute_ran_on(self):
        for record in self:
            told = record.state == "closed" and record.instruction == "stop"
            record.ran_on_count = told and max(
                record.counter_at_stop - record.counter_at_instruction, 0)

    @api.depends("workcenter_id.name", "description")
    def _compute_display_name(self):
        for record in self:
            record.display_name = (
                f"{record.sudo().workcenter_id.name or ''} {record.description or ''}")

    @api.model_create_multi
    def create(self, vals_list):
        """Note what is wrong; QC of the company hears of it at once.

        :raise UserError: by anybody who does not work at the machines, or without a badge
        """
        self._check_counters(*vals_list)
        told = [{**vals, "_person": self._prepare_person(vals)} for vals in vals_list]
        records = super().create([
            {name: value for name, value in vals.items()
             if name not in ("_person", "employee_id", "event_at")} for vals in told])
        if not self.env.su:
            records._check_roles(
                ("operator", "production", "packaging", "qc", "merchandiser"),
                "abnormality.note", "L-O2 X17")
        for record, vals in zip(records, told, strict=True):
            # whose badge it was is the server's to say
            record.sudo().write(vals["_person"])
        return records

    def write(self, vals):
        """Let only whoever told it correct what he saw, until QC has spoken (L-O2, X5).

        :raise UserError: for somebody else's words, or a figure no counter shows
        """
        self._check_counters(vals)
        if not self.env.su and vals.keys() & TOLD:
            own = self._recording_employee({})
            for record in self.filtered(lambda one: one.employee_id != own):
                raise UserError(self.env._(
                    "%(record)s: %(who)s told it and corrects it; tell what you saw yourself.",
                    record=record.display_name, who=record.employee_id.sudo().name))
        return super().write(vals)

    def action_instruct(self, instruction, counter, text=False, employee_id=False):
        """QC says what happens, at this figure of the counter (L-O2).

        :param str instruction: stop, adjust or go_on
        :param int counter: of the machine at this moment
        """
        return self._instruct(instruction, counter, text, employee_id)

    def _instruct(self, instruction, counter, text=False, employee_id=False, at=False):
        """Take QC's word; ``at`` is when a phone without a network noted it (X17)."""
        self._check_roles(("qc",), "abnormality.instruct", "L-O2 L-Q2")
        self._check_counters({"counter": counter})
        if instruction not in dict(self._fields["instruction"].selection):
            raise UserError(self.env._("Stop, adjust or go on: say which."))
        for record in self:
            if counter < record.counter:
                raise UserError(self.env._(
                    "%(record)s: the counter stood at %(before)s when it was seen and cannot be "
                    "%(now)s now.", record=record.display_name, before=record.counter,
                    now=counter))
            person = record._prepare_later(employee_id, at)
            record._step("instructed", instruction=instruction, instruction_text=text,
                         counter_at_instruction=counter, instructed_at=person["event_at"],
                         instructed_by_id=person["employee_id"],
                         is_late=record.is_late or person["is_late"])
        return True

    def _prepare_later(self, employee_id, at):
        """Return who and when of a further step; it has a time of its own."""
        return self._prepare_person({"employee_id": employee_id,
                                     "event_at": at or fields.Datetime.now()})

    def action_stop(self, counter, employee_id=False):
        """The machine stands, or the matter is settled, at this figure of the counter.

        :param int counter: of the machine at this moment
        """
        return self._stop(counter, employee_id)

    def _stop(self, counter, employee_id=False, at=False):
        """Note the stop; ``at`` is when a phone without a network noted it (X17)."""
        self._check_roles(("operator", "production", "qc"), "abnormality.stop", "L-O2")
        self._check_counters({"counter": counter})
        for record in self:
            if counter < record.counter_at_instruction:
                raise UserError(self.env._(
                    "%(record)s: the counter stood at %(before)s at QC's instruction and cannot "
                    "be %(now)s now.", record=record.display_name,
                    before=record.counter_at_instruction, now=counter))
            person = record._prepare_later(employee_id, at)
            record._step("closed", counter_at_stop=counter, stopped_at=person["event_at"],
                         stopped_by_id=person["employee_id"],
                         is_late=record.is_late or person["is_late"])
        return True

    def _check_counters(self, *vals_list):
        for vals in vals_list:
            counter = vals.get("counter") or 0
            if not isinstance(counter, int) or counter > HIGHEST_COUNTER:
                raise UserError(self.env._(
                    "“%s” is no figure of a counter: type what it shows.", counter))
            if counter < 0:
                raise UserError(self.env._(
                    "The counter shows %s: a counter is never below zero.", counter))

    def _check_photos_open(self):
        """Refuse to touch the photo once QC has spoken (X5)."""
        for record in self:
            if not record._is_open():
                raise UserError(record._locked_message())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What went wrong is closed, never deleted."))
