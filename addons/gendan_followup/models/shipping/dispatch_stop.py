from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.load_plan import Load, exact
from ..foundation.gate_mixin import Unmet

TRIP_FIELDS = {"arrived_at", "note_returned_at", "trip_remark"}


class DispatchStop(models.Model):
    """A stop of a trip: a delivery, or why else a company vehicle goes there (D8.1)."""

    _name = "gendan.dispatch.stop"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Stop of a dispatch"
    _order = "dispatch_id, sequence, id"

    dispatch_id = fields.Many2one("gendan.dispatch", required=True, index=True,
                                  ondelete="cascade")
    company_id = fields.Many2one(related="dispatch_id.company_id", store=True, index=True)
    day = fields.Date(related="dispatch_id.day", store=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("delivery", "To a customer"), ("pickup", "Fetch material"), ("sample", "Samples"),
         ("errand", "Company errand"), ("private", "Private errand")],
        required=True, default="delivery")
    shipping_id = fields.Many2one(
        "gendan.shipping.notice", "Shipping notice", index="btree_not_null", ondelete="restrict",
        domain=[("state", "in", ("accepted", "loading"))])
    cartons = fields.Integer(help="Of the notice that this truck takes; 0 is all of it.")
    purpose = fields.Char(help="What is fetched or done there, and for whom.")
    place = fields.Char(compute="_compute_place", store=True, readonly=False, precompute=True)
    hour_due = fields.Float("Due there", help="Arrival promised, factory time.")
    volume = fields.Float("m³", compute="_compute_load", store=True, digits=(12, 4))
    weight = fields.Float("kg", compute="_compute_load", store=True, digits=(12, 2))
    typed_volume = fields.Float("m³ without notice", digits=(12, 4))
    typed_weight = fields.Float("kg without notice", digits=(12, 2))
    arrived_at = fields.Datetime(readonly=True, copy=False)
    note_returned_at = fields.Datetime("Delivery note back", readonly=True, copy=False)
    trip_remark = fields.Char(readonly=True, copy=False)

    _not_negative = models.Constraint(
        "CHECK (cartons >= 0 AND typed_volume >= 0 AND typed_weight >= 0)",
        "A load is not below 0.")

    @api.depends("shipping_id")
    def _compute_place(self):
        for stop in self:
            shipping = stop.shipping_id
            stop.place = (shipping.destination or shipping.partner_id.sudo().name) if (
                shipping) else stop.place

    @api.depends("shipping_id.volume", "shipping_id.weight", "cartons", "typed_volume",
                 "typed_weight")
    def _compute_load(self):
        for stop in self:
            shipping, part = stop.shipping_id, 1
            if stop.cartons and shipping.cartons:
                part = stop.cartons / shipping.cartons
            stop.volume = shipping.volume * part if shipping else stop.typed_volume
            stop.weight = shipping.weight * part if shipping else stop.typed_weight

    @api.depends("place", "sequence", "kind")
    def _compute_display_name(self):
        for stop in self:
            stop.display_name = stop.place or stop.purpose or stop.kind

    def _load(self):
        self.ensure_one()
        return Load(self.cartons, exact(round(self.volume, 4)), exact(round(self.weight, 2)))

    def _conditions(self):
        """Return what speaks against going there with a company vehicle."""
        self.ensure_one()
        if self.kind == "private":
            return [Unmet("private", self.env._("%s: private errands are not driven with company "
                                                "vehicles", self.purpose or self.place or "—"),
                          self.env._("take the stop off"))]
        if self.kind == "delivery" and not self.shipping_id:
            return [Unmet("notice", self.env._("%s has no shipping notice",
                                               self.place or self.env._("a delivery")),
                          self.env._("choose the notice of these goods"))]
        if self.kind != "delivery" and not (self.purpose or "").strip():
            return [Unmet("purpose", self.env._("a stop without goods has no purpose"),
                          self.env._("write what is fetched or done there"))]
        return self._split_conditions() if self.shipping_id else []

    def _split_conditions(self):
        """Two trucks take one notice between them, not twice."""
        others = self.sudo().search([
            ("shipping_id", "=", self.shipping_id.id), ("id", "!=", self.id),
            ("dispatch_id.state", "!=", "cancel")])
        total = self.shipping_id.cartons
        taken = sum(stop.cartons or total for stop in others | self.sudo())
        return [Unmet("twice", self.env._(
            "%(taken)s of %(total)s cartons of %(notice)s are on trucks", taken=taken,
            total=total, notice=self.shipping_id.name),
            self.env._("share the cartons between the trucks"))] if taken > total else []

    def _goods_conditions(self):
        """Return goods that nobody confirmed the day before (D8.5).

        Accepted same-day notices are excepted, and counted as such.
        """
        self.ensure_one()
        shipping = self.shipping_id
        if not shipping:
            return []
        if shipping.state not in ("accepted", "loading", "shipped"):
            return [shipping._not_accepted_unmet()]
        if shipping.goods_moved:
            return [Unmet("moved", self.env._(
                "the goods of %s were confirmed and are not all there any more", shipping.name),
                self.env._("find them, and confirm them again"))]
        if shipping.goods_confirmed_at or shipping.is_same_day:
            return []
        return [Unmet("goods", self.env._("the goods of %s are not confirmed", shipping.name),
                      self.env._("the merchandiser confirms them the day before"))]

    # ------------------------------------------------------------ create, write

    @api.model_create_multi
    def create(self, vals_list):
        """Add a stop to a plan, under the conditions of the whole trip."""
        for vals in vals_list:
            self._refuse_trip_fields(vals)
        stops = super().create(vals_list)
        stops._pass_plan()
        return stops

    def write(self, vals):
        """Change a stop of a plan; arrivals come from the trip."""
        self._refuse_trip_fields(vals)
        if not vals.keys() <= TRIP_FIELDS:
            self.dispatch_id._pass_gate("_gate_draft")
        result = super().write(vals)
        if not vals.keys() <= TRIP_FIELDS:
            self._pass_plan()
        return result

    def _pass_plan(self):
        self.dispatch_id._pass_gate("_gate_draft")
        self.dispatch_id._pass_plan()

    def _refuse_trip_fields(self, vals):
        if not self.env.su and any(vals.get(name) for name in TRIP_FIELDS):
            raise UserError(self.env._("Arrival and delivery note are noted on the trip."))

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self.dispatch_id._pass_gate("_gate_draft")
        self.dispatch_id._pass_gate("_gate_role")
