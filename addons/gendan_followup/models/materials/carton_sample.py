from odoo import api, fields, models
from odoo.exceptions import UserError


class CartonSample(models.Model):
    """A sample carton: asked for, received, measured, packed on trial (D3.9)."""

    _name = "gendan.carton.sample"
    _inherit = ["gendan.photo.mixin", "gendan.state.mixin", "gendan.role.mixin"]
    _description = "Sample carton"
    _order = "id desc"

    _transitions = {"asked": ("received",), "received": ("tried",), "tried": ()}
    _open_states = ("asked", "received")
    _stamps = frozenset({"asked_by_id", "asked_at", "received_at", "tried_by_id", "tried_at",
                         "result", "specification_id"})

    specification_id = fields.Many2one("gendan.carton.specification", required=True,
                                       readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="specification_id.company_id", store=True,
                                 precompute=True, index=True)
    supplier_id = fields.Many2one("res.partner", "Carton maker", ondelete="restrict")
    state = fields.Selection(
        [("asked", "Asked"), ("received", "Received"), ("tried", "Trial packed")], required=True,
        default="asked", readonly=True, copy=False)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, ondelete="restrict")
    asked_at = fields.Datetime("Asked at", readonly=True)
    received_at = fields.Datetime("Received at", readonly=True)
    measured_length = fields.Integer("Measured length (mm)")
    measured_width = fields.Integer("Measured width (mm)")
    measured_height = fields.Integer("Measured height (mm)")
    packs_tried = fields.Integer("Packs that went in")
    photo = fields.Image(max_width=1600, max_height=1600)
    tried_by_id = fields.Many2one("res.users", "Tried by", readonly=True, ondelete="restrict")
    tried_at = fields.Datetime("Tried at", readonly=True)
    result = fields.Selection([("fits", "Fits"), ("fails", "Does not fit")], readonly=True)

    @api.model
    def _creation_stamps(self):
        return {"asked_by_id": self.env.uid, "asked_at": fields.Datetime.now()}

    def action_receive(self):
        """The sample carton is there."""
        self._check_roles(("merchandiser", "packaging_keeper"), "carton.sample", "D3.9")
        return self._step("received", received_at=fields.Datetime.now())

    def action_try(self, fits):
        """Say whether the packs fit, after measuring and packing on trial (D3.9).

        :param bool fits: whether it is right; a sample that fails needs another one
        :raise UserError: when something was not measured, or fewer packs went in
        """
        self._check_roles(("merchandiser",), "carton.sample", "D3.9")
        for sample in self:
            wanted = sample.sudo().specification_id.packs_per_carton
            measured = [sample.measured_length, sample.measured_width, sample.measured_height]
            if not all(size > 0 for size in measured) or not sample.photo:
                raise UserError(self.env._(
                    "Measure length, width and height of the sample and take a photo first."))
            if fits and sample.packs_tried != wanted:
                raise UserError(self.env._(
                    "%(tried)s packs went in, the notice wants %(wanted)s: it does not fit.",
                    tried=sample.packs_tried, wanted=wanted))
        return self._step("tried", tried_by_id=self.env.uid, tried_at=fields.Datetime.now(),
                          result="fits" if fits else "fails")

    def action_fits(self):
        """It is right: the button beside the measures."""
        return self.action_try(True)

    def action_fails(self):
        """It is wrong: another one is needed."""
        return self.action_try(False)

    def action_open(self):
        """Open this sample in a window of its own."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "name": self.env._("Sample carton"),
                "res_model": self._name, "res_id": self.id, "views": [(False, "form")],
                "target": "new"}

    def write(self, vals):
        """Let the merchandiser measure, and nobody else (D3.8)."""
        if not self.env.su:
            self._check_roles(("merchandiser",), "carton.sample", "D3.9")
        return super().write(vals)

    def _check_photos_open(self):
        """Refuse to touch the photo of a sample that was tried (X5)."""
        for sample in self:
            if sample._is_final():
                raise UserError(sample._locked_message())
