from odoo import api, fields, models

from ...calc.load_plan import Load, exact
from ..foundation.gate_mixin import Unmet, gate
from ..order.res_partner import ORDER_KINDS

# who owns which field (A12): an accident of the salesperson's is L-S4, of the other's L-M5
SALES_FIELDS = (
    "ship_date", "address", "destination", "country_id", "container_type_id", "booking_no",
    "cutoff_at", "warehouse_entry_no", "pallet_count", "remark",
)
MERCHANDISER_FIELDS = ("truck_plate", "loading_at", "carton_count", "merchandiser_remark")


class ShippingNotice(models.Model):
    """出运通知单: the salesperson asks for goods to leave on a day; the merchandiser decides.

    Each correction is a new version: the copies of the one before are void, and so is
    the goods-issue slip that finance gave for it (D8.6, D8.7).
    """

    _name = "gendan.shipping.notice"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "gendan.turn.mixin",
                "gendan.company.day.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Shipping notice"
    _order = "ship_date desc, id desc"
    _day_field = "ship_date"

    _transitions = {
        "draft": ("submitted", "cancel"),
        "submitted": ("accepted", "refused", "draft", "cancel"),
        "refused": ("draft", "cancel"),
        "accepted": ("loading", "draft", "cancel"),
        "loading": ("shipped", "accepted", "draft"),
        "shipped": (),
        "cancel": (),
    }
    _open_states = ("draft", "submitted", "accepted")
    _stamps = frozenset({
        "version", "submitted_by_id", "submitted_at", "is_same_day", "is_late", "decided_by_id",
        "decided_at", "decision_reason", "correction_reason", "keeper_id", "loading_started_at",
        "shipped_by_id", "shipped_at", "goods_confirmed_by_id", "goods_confirmed_at",
        "goods_condition",
    })

    name = fields.Char("Document no.", readonly=True, copy=False, index="trigram", default="/")
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("accepted", "Accepted"),
         ("refused", "Refused"), ("loading", "Loading"), ("shipped", "Shipped"),
         ("cancel", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, index=True, tracking=True)
    version = fields.Integer(default=1, readonly=True, copy=False)
    notice_id = fields.Many2one(
        "gendan.production.notice", "Production notice", index="btree_not_null",
        ondelete="restrict", domain=[("state", "in", ("valid", "released"))],
        help="Whose goods leave; empty for samples.")
    parts_text = fields.Char(related="notice_id.parts_text")
    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True,
                                 compute="_compute_from_notice", store=True, readonly=False,
                                 precompute=True, ondelete="restrict")
    kind = fields.Selection(ORDER_KINDS, compute="_compute_from_notice", store=True,
                            precompute=True)
    salesperson_id = fields.Many2one(
        "res.users", compute="_compute_from_notice", store=True, readonly=True, precompute=True,
        index=True)
    merchandiser_id = fields.Many2one(related="notice_id.merchandiser_id", store=True)
    # the salesperson's
    ship_date = fields.Date("Leaves on", required=True, index=True, tracking=True)
    address = fields.Text("Delivery address")
    destination = fields.Char("Place or port")
    country_id = fields.Many2one("res.country", "To country", compute="_compute_from_notice",
                                 store=True, readonly=False, precompute=True)
    container_type_id = fields.Many2one("gendan.container.type", "Container",
                                        ondelete="restrict", help="Empty: by truck.")
    booking_no = fields.Char("Booking no.")
    cutoff_at = fields.Datetime("Cut-off")
    warehouse_entry_no = fields.Char("Warehouse entry no.")
    pallet_count = fields.Integer(
        "Pallets", help="They take room and weigh, too: by the company's figures for one.")
    remark = fields.Text()
    line_ids = fields.One2many("gendan.shipping.notice.line", "shipping_id", "Goods", copy=True)
    # the merchandiser's
    truck_plate = fields.Char("Truck plate", copy=False)
    loading_at = fields.Datetime("Loading time", copy=False)
    carton_count = fields.Integer("Cartons confirmed", copy=False)
    merchandiser_remark = fields.Text("Merchandiser's remark", copy=False)
    # the server's
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    submitted_at = fields.Datetime(readonly=True, copy=False)
    is_same_day = fields.Boolean("Same day", readonly=True, copy=False)
    is_late = fields.Boolean("After the soft limit", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False,
                                    ondelete="restrict")
    decided_at = fields.Datetime("Decided at", readonly=True, copy=False)
    decision_reason = fields.Char("Reason", readonly=True, copy=False)
    correction_reason = fields.Char("Corrected because", readonly=True, copy=False)
    keeper_id = fields.Many2one("res.users", "Copy taken by", readonly=True, copy=False,
                                ondelete="restrict")
    loading_started_at = fields.Datetime("Loading started", readonly=True, copy=False)
    shipped_by_id = fields.Many2one("res.users", "Booked out by", readonly=True, copy=False,
                                    ondelete="restrict")
    shipped_at = fields.Datetime(readonly=True, copy=False)
    goods_confirmed_by_id = fields.Many2one("res.users", "Goods confirmed by", readonly=True,
                                            copy=False, ondelete="restrict")
    goods_confirmed_at = fields.Datetime("Goods confirmed at", readonly=True, copy=False)
    goods_condition = fields.Char("On condition", readonly=True, copy=False)
    entry_ids = fields.One2many("gendan.shipping.entry", "shipping_id", "Who wrote what",
                                readonly=True)
    slip_ids = fields.One2many("gendan.issue.slip", "shipping_id", "Goods-issue slips",
                               readonly=True)
    print_ids = fields.One2many("gendan.shipping.print", "shipping_id", "Prints", readonly=True)
    cartons = fields.Integer(compute="_compute_load", store=True)
    volume = fields.Float("m³", compute="_compute_load", store=True, digits=(12, 4))
    weight = fields.Float("kg", compute="_compute_load", store=True, digits=(12, 2))
    needs_report = fields.Boolean("Loading is supervised", compute="_compute_needs_report",
                                  store=True, help="A container, or a large load (A17).")
    volume_share = fields.Float("Volume used", compute="_compute_shares", digits=(6, 4))
    payload_share = fields.Float("Payload used", compute="_compute_shares", digits=(6, 4))

    # ---------------------------------------------------------------- computes

    @api.depends("name", "version")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = (notice.name if notice.version == 1
                                   else f"{notice.name} v{notice.version}")

    @api.depends("notice_id")
    def _compute_from_notice(self):
        for shipping in self:
            # what a notice shows is no secret, the partner's country is everybody's
            notice = shipping.notice_id.sudo()
            partner = notice.partner_id or shipping.partner_id
            shipping.partner_id = partner
            shipping.kind = notice.kind or partner.sudo().order_kind
            shipping.salesperson_id = notice.salesperson_id or (
                shipping.salesperson_id or (not notice and self.env.user))
            shipping.country_id = partner.sudo().country_id

    _pallets = models.Constraint("CHECK (pallet_count BETWEEN 0 AND 100)",
                                 "A load has between 0 and 100 pallets.")

    @api.depends("line_ids.cartons", "line_ids.volume", "line_ids.weight", "pallet_count")
    def _compute_load(self):
        for shipping in self:
            load = sum((line._load() for line in shipping.line_ids), shipping._pallet_load())
            shipping.cartons, shipping.volume, shipping.weight = (
                load.cartons, float(load.volume), float(load.weight))

    def _pallet_load(self):
        """Return what the pallets take (D6.2); no carton is on the count of them."""
        self.ensure_one()
        company = self.company_id
        return Load(0, self.pallet_count * exact(company.pallet_volume),
                    self.pallet_count * exact(company.pallet_weight))

    @api.depends("volume", "container_type_id")
    def _compute_needs_report(self):
        for shipping in self:
            limit = shipping.company_id.large_load_volume
            shipping.needs_report = bool(shipping.container_type_id) or (
                exact(round(shipping.volume, 4)) >= exact(limit))

    @api.depends("volume", "weight", "container_type_id", "country_id")
    def _compute_shares(self):
        for shipping in self:
            box = shipping._box()
            shipping.volume_share = float(exact(shipping.volume) / box.volume) if box else 0
            shipping.payload_share = float(exact(shipping.weight) / box.payload) if box else 0

    def _box(self):
        self.ensure_one()
        return self.container_type_id._box(self.country_id) if self.container_type_id else None

    def _load(self):
        self.ensure_one()
        return Load(self.cartons, exact(round(self.volume, 4)), exact(round(self.weight, 2)))

    # ------------------------------------------------------------ create, write

    @api.model_create_multi
    def create(self, vals_list):
        """Number the notices; only the sales side begins one, for its own orders (A12)."""
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            company = self.env["res.company"].browse(
                vals.get("company_id") or self.env.company.id)
            vals["name"] = sequence.sudo().with_company(company).next_by_code(
                "gendan.shipping.notice") or "/"
        notices = super().create(vals_list)
        notices._pass_gate("_gate_sales_side")
        if any(vals.get(name) for vals in vals_list for name in MERCHANDISER_FIELDS):
            notices._gendan_on()._pass_gate("_gate_merchandiser_fields")
        return notices

    def write(self, vals):
        """Let each side write its own fields only, while they are open (A12)."""
        gated = self._gendan_on()
        if vals.keys() & {*SALES_FIELDS, "line_ids", "notice_id", "partner_id", "company_id",
                          "salesperson_id"}:
            gated._pass_gate("_gate_sales_fields")
        if vals.keys() & {*MERCHANDISER_FIELDS}:
            gated._pass_gate("_gate_merchandiser_fields")
        return super().write(vals)

    @gate("shipping.sales_side", "A12 D8.4")
    def _gate_sales_side(self):
        """A shipping notice is written by the salesperson of the order, or for him."""
        return {shipping.id: [shipping._not_sales_unmet()] for shipping in self
                if not shipping._is_sales_side()}

    @gate("shipping.sales_fields", "A12 D8.6 D8.7")
    def _gate_sales_fields(self):
        """The salesperson's fields are his, and are corrected by a new version only."""
        unmet = self._gate_sales_side()
        for shipping in self:
            if shipping.state != "draft":
                unmet.setdefault(shipping.id, []).append(Unmet(
                    "state", self.env._("%(notice)s is %(state)s", notice=shipping.name,
                                        state=shipping._state_label(shipping.state)),
                    self.env._("%s corrects it, which makes a new version",
                               shipping.salesperson_id.name or self.env._("the salesperson"))))
        return unmet

    @gate("shipping.merchandiser_fields", "A12")
    def _gate_merchandiser_fields(self):
        """Truck, loading time and carton count are the merchandiser's to write."""
        if self.env.su or self._may_decide():
            return {}
        return {shipping.id: [self._not_decider_unmet()] for shipping in self}

    def _is_sales_side(self):
        """Whether the user is the salesperson of the order, his deputy or manager (A34).

        Where the order has no salesperson its merchandiser stands in.
        """
        self.ensure_one()
        user = self.env.user
        if self.env.su:
            return True
        order = self.sudo().notice_id.order_id
        seller = order.user_id or self.sudo().salesperson_id
        if user == seller or user in order._salesperson_deputies() or user._principals(
                "sales_manager"):
            return True
        if not self.notice_id:
            return user._has_role("salesperson", "showroom")
        return not order.user_id and self.notice_id._is_in_charge()

    def _not_sales_unmet(self):
        seller = self.sudo().salesperson_id
        return Unmet("role", self.env._("%s is the salesperson's to write", self.name),
                     self.env._("%s does it", seller.name or self.env._("the salesperson")),
                     tuple(seller.ids))

    @api.model
    def _may_decide(self):
        user = self.env.user
        return bool(user._principals("merchandiser") or user._principals("plan_manager"))

    def _not_decider_unmet(self):
        holders = self.env.user._users_of_role("merchandiser", self.sudo().company_id[:1])
        return Unmet("role", self.env._("this is the merchandiser's or the plan manager's part"),
                     self.env._("%s does it", ", ".join(holders.mapped("name"))),
                     tuple(holders.ids))

    @api.model
    def _creation_stamps(self):
        return {**super()._creation_stamps(), "version": 1}
