from decimal import Decimal
from math import ceil

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_round

from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate

# under way: asked for and not yet in the showroom's hands
UNDER_WAY = ("requested", "accepted", "ready", "transit")


class SampleRequest(models.Model):
    """样品申请单: the showroom asks for samples, the merchandiser brings them (D9.3, D9.4).

    Lighter than a notice and therefore limited (A37): above the limit it must be a
    production notice. The showroom signs for what it receives, and that closes it.
    """

    _name = "gendan.sample.request"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Sample request"
    _order = "wanted_date, id desc"
    _check_company_auto = True

    _transitions = {
        "draft": ("requested",),
        "requested": ("accepted", "refused", "cancel"),
        "accepted": ("ready", "refused", "cancel"),
        "ready": ("transit", "received", "accepted", "cancel"),
        "transit": ("received", "ready"),
        "received": (),
        "refused": (),
        "cancel": (),
    }
    _stamps = frozenset({
        "name", "requested_by_id", "requested_at", "accepted_by_id", "accepted_at",
        "promised_date", "source", "consented_by_id", "consented_at", "ready_at", "sent_at",
        "received_at", "received_by_id", "closed_reason", "refusal_reason", "run_pieces",
        "stop_id",
    })

    name = fields.Char("Request no.", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one(related="showroom_id.company_id", store=True, precompute=True,
                                 index=True)
    showroom_id = fields.Many2one(
        "gendan.showroom", required=True, index=True, ondelete="restrict", check_company=True,
        default=lambda self: self.env["gendan.showroom"]._of_user()[:1])
    merchandiser_id = fields.Many2one(related="showroom_id.merchandiser_id", store=True,
                                      index=True)
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="restrict", check_company=True,
        domain=[("packaging_kind", "=", False), ("sale_ok", "=", True)])
    image_256 = fields.Image(related="product_id.image_256")
    quantity = fields.Integer("Pieces", required=True, default=1)
    pieces_per_pack = fields.Integer(compute="_compute_packs", store=True, precompute=True)
    packs = fields.Integer(compute="_compute_packs", store=True, precompute=True,
                           help="Whole packs that hold the pieces asked for.")
    open_packs = fields.Float("Packs still open", compute="_compute_received", store=True,
                              digits="Product Unit")
    wanted_date = fields.Date("Wanted on", required=True, index=True)
    is_urgent = fields.Boolean("Wanted at once", compute="_compute_is_urgent", store=True)
    purpose = fields.Selection(
        [("visit", "A buyer comes"), ("display", "For the shelf"), ("send", "Sent to a customer"),
         ("test", "To try out"), ("new", "New product")], required=True, default="visit")
    remark = fields.Char()
    state = fields.Selection(
        [("draft", "Draft"), ("requested", "Asked for"), ("accepted", "Accepted"),
         ("ready", "Prepared"), ("transit", "On the way"), ("received", "Received"),
         ("refused", "Refused"), ("cancel", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, index=True, tracking=True)
    source = fields.Selection([("stock", "From stock"), ("run", "Sample run")], readonly=True,
                              copy=False)
    promised_date = fields.Date("Promised for", readonly=True, copy=False)
    requested_by_id = fields.Many2one("res.users", "Asked by", readonly=True, copy=False,
                                      ondelete="restrict")
    requested_at = fields.Datetime("Asked at", readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", "Accepted by", readonly=True, copy=False,
                                     ondelete="restrict")
    accepted_at = fields.Datetime("Accepted at", readonly=True, copy=False)
    brand_owner_ids = fields.Many2many("res.partner", string="Brand of",
                                       compute="_compute_brand_owner_ids")
    needs_consent = fields.Boolean("Another brand", compute="_compute_brand_owner_ids")
    can_sign = fields.Boolean(compute="_compute_can")
    can_consent = fields.Boolean(compute="_compute_can")
    consented_by_id = fields.Many2one("res.users", "Consent of", readonly=True, copy=False,
                                      ondelete="restrict")
    consented_at = fields.Datetime("Consent at", readonly=True, copy=False)
    run_pieces = fields.Integer("Pieces to run", readonly=True, copy=False)
    production_ids = fields.One2many("mrp.production", "sample_id", "Sample runs", readonly=True)
    picking_ids = fields.One2many("stock.picking", "sample_id", "Transfers", readonly=True)
    ready_at = fields.Datetime("Prepared at", readonly=True, copy=False)
    sent_at = fields.Datetime("Sent at", readonly=True, copy=False)
    stop_id = fields.Many2one(
        "gendan.dispatch.stop", "Brought by", readonly=True, copy=False, ondelete="restrict",
        index="btree_not_null", help="The truck's stop at the showroom.")
    handover_ids = fields.One2many("gendan.sample.handover", "request_id", "Hand-overs",
                                   readonly=True)
    received_quantity = fields.Integer("Pieces received", compute="_compute_received", store=True)
    received_by_id = fields.Many2one("res.users", "Received by", readonly=True, copy=False,
                                     ondelete="restrict")
    received_at = fields.Datetime("Received at", readonly=True, copy=False)
    closed_reason = fields.Char("Closed short because", readonly=True, copy=False)
    refusal_reason = fields.Char("Refused because", readonly=True, copy=False)
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")
    lead_days = fields.Integer(
        "Lead time (days)", compute="_compute_lead_days", store=True, aggregator="avg",
        help="From the request to the last hand-over, calendar days of the company.")
    requested_on = fields.Date("Asked on", compute="_compute_lead_days", store=True)
    received_on = fields.Date("Received on", compute="_compute_lead_days", store=True)

    _some = models.Constraint("CHECK (quantity > 0)", "A sample is at least one piece.")
    _open = models.Index("(showroom_id, product_id) WHERE state IN "
                         "('requested', 'accepted', 'ready', 'transit')")

    # --------------------------------------------------------------- computes

    @api.depends("name", "product_id")
    def _compute_display_name(self):
        for request in self:
            request.display_name = request.name or self.env._(
                "Sample of %s", request.product_id.display_name or "")

    # frozen with the request: a later change of the product does not change what was asked
    @api.depends("quantity", "product_id")
    def _compute_packs(self):
        for request in self:
            per_pack = request.product_id.pieces_per_pack or 1
            request.pieces_per_pack = per_pack
            request.packs = ceil(max(request.quantity, 0) / per_pack)

    @api.depends("handover_ids.quantity", "handover_ids.kind", "packs", "pieces_per_pack")
    def _compute_received(self):
        for request in self:
            rows = request.handover_ids.grouped("kind")
            request.received_quantity = sum(
                rows.get("received", request.handover_ids.browse()).mapped("quantity"))
            share = Decimal(request.received_quantity) / (request.pieces_per_pack or 1)
            request.open_packs = max(float(request.packs - share), 0)

    @api.depends("wanted_date", "requested_at")
    def _compute_is_urgent(self):
        for request in self:
            today = request.company_id._company_today() if request.company_id else None
            request.is_urgent = bool(
                request.requested_at and request.wanted_date and request.wanted_date <= today)

    @api.depends("requested_at", "received_at")
    def _compute_lead_days(self):
        """Keep the company's days, so that lists and reports need no timezone (X1)."""
        for request in self:
            company = request.company_id
            asked, came = (moment and company._company_date(moment) for moment in (
                request.requested_at, request.received_at))
            request.requested_on, request.received_on = asked, came
            request.lead_days = (came - asked).days if asked and came else 0

    @api.depends("product_id", "showroom_id")
    def _compute_brand_owner_ids(self):
        owners = self.product_id._brand_owners()
        for request in self:
            others = owners.get(request.product_id, self.env["res.partner"]).filtered(
                lambda owner, request=request: owner != request.showroom_id.partner_id)
            request.brand_owner_ids = others
            request.needs_consent = bool(others)

    @api.depends_context("uid")
    @api.depends("state", "product_id", "showroom_id", "consented_by_id")
    def _compute_can(self):
        """Who stands in for the showroom signs, and for the brand's salesperson consents."""
        user = self.env.user
        for request in self:
            request.can_sign = request.state in ("ready", "transit") and (
                user in request.showroom_id._selling())
            request.can_consent = (
                request.state in ("requested", "accepted") and request.needs_consent
                and not request.consented_by_id and user in request._consenting())

    def _compute_is_late(self):
        for request in self:
            today = request.company_id._company_today()
            request.is_late = request.state in UNDER_WAY and request.wanted_date < today

    def _search_is_late(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        late = [("state", "in", UNDER_WAY),
                ("wanted_date", "<", self.env.company._company_today())]
        wanted = (operator == "in") == (True in value)
        return late if wanted else ["!", "&", *late]

    # ---------------------------------------------------------------- create

    @api.model
    def _creation_stamps(self):
        return {"name": self.env["ir.sequence"].next_by_code("gendan.sample.request")}

    # ---------------------------------------------------------------- request

    @gate("sample.request", "D9.4 A37")
    def _gate_request(self):
        """A showroom salesperson asks for what a sample is, and not for a production run."""
        return {request.id: request._request_conditions() for request in self}

    def _request_conditions(self):
        self.ensure_one()
        conditions = []
        if not self._is_asker():
            conditions.append(Unmet(
                "role", self.env._("%s: the showroom asks for samples", self.display_name),
                self.env._("%s asks", self._names(self.showroom_id._selling()))))
        if self.wanted_date < self.company_id._company_today():
            conditions.append(Unmet(
                "date", self.env._("%(request)s is wanted on %(date)s, which is over",
                                   request=self.display_name, date=self.wanted_date),
                self.env._("choose today or a later day")))
        return conditions + self._limit_conditions()

    def _limit_conditions(self):
        """Return what is above A37, together with what is under way for the same shelf."""
        self.ensure_one()
        company = self.company_id
        others = self.sudo().search([
            ("showroom_id", "=", self.showroom_id.id), ("product_id", "=", self.product_id.id),
            ("state", "in", UNDER_WAY), ("id", "!=", self.id)])
        pieces = self.quantity + sum(others.mapped("quantity"))
        packs = self.packs + sum(others.mapped("packs"))
        return self._above_limit(
            pieces, packs, company, ", ".join(others.mapped("name")))

    def _above_limit(self, pieces, packs, company, others=""):
        self.ensure_one()
        per_carton = self.product_id.packs_per_carton
        cartons = packs / per_carton if per_carton else 0
        limits = [(pieces, company.sample_limit_pieces, self.env._("pieces")),
                  (cartons, company.sample_limit_cartons, self.env._("cartons"))]
        above = [(asked, limit, unit) for asked, limit, unit in limits if limit and asked > limit]
        if not above:
            return []
        asked, limit, unit = above[0]
        beside = self.env._(" together with %s", others) if others else ""
        return [Unmet(
            "limit", self.env._(
                "%(product)s: %(asked)s %(unit)s%(beside)s, a sample is at most %(limit)s",
                product=self.product_id.display_name, asked=plain_number(asked), unit=unit,
                beside=beside, limit=plain_number(limit)),
            self.env._("it must be a production notice; the plan manager requests one"))]

    def _is_asker(self):
        """Whether the user sells in this showroom, or serves it and brings unasked (D9.5)."""
        self.ensure_one()
        return self.env.user in self.showroom_id._selling() | self.showroom_id._serving()

    def action_request(self):
        """Ask the merchandiser for these samples (D9.4).

        :raise UserError: above the limit, for a day that is over, or by anybody else
        """
        # two requests in the same second count together (X6)
        self.sudo().showroom_id._take_turn()
        self._pass_gate("_gate_request")
        self._step("requested", requested_by_id=self.env.uid,
                   requested_at=fields.Datetime.now())
        for request in self:
            request._remind(request.showroom_id._serving(), request.wanted_date, self.env._(
                "Samples for %s", request.showroom_id.sudo().name))
        return True

    # ----------------------------------------------------------------- accept

    @gate("sample.serve", "D9.4")
    def _gate_serve(self):
        """The merchandiser of the showroom, his stand-in or the plan manager serve it."""
        user = self.env.user
        if user._has_role("plan_manager"):
            return {}
        return {request.id: [Unmet(
            "role", self.env._("%s is not yours to serve", request.display_name),
            self.env._("%s does it", self._names(request.showroom_id._serving())))]
            for request in self if user not in request.showroom_id._serving()}

    def action_accept(self, promised_date=None, source="stock"):
        """Promise a day, and say where the samples come from (D9.3).

        :param promised_date: day of the hand-over; default the day they are wanted
        :param str source: ``stock`` or ``run`` (a sample run)
        :raise UserError: by anybody but the merchandiser in charge
        """
        self._pass_gate("_gate_serve")
        if source not in ("stock", "run"):
            raise UserError(self.env._("A sample comes from stock or from a sample run."))
        for request in self:
            day = fields.Date.to_date(promised_date) or request.wanted_date
            if day < request.company_id._company_today():
                raise UserError(self.env._(
                    "%s: a promise is for a day to come.", request.display_name))
            request._step("accepted", promised_date=day, source=source,
                          accepted_by_id=self.env.uid, accepted_at=fields.Datetime.now())
            request._remind(request._serving_now(), day, self.env._("Prepare the samples"))
            if request.needs_consent:
                request._ask_consent()
        return True

    def action_accept_stock(self):
        """Serve it from stock, on the day it is wanted (button)."""
        return self.action_accept(source="stock")

    def action_accept_run(self):
        """Serve it by a sample run, on the day it is wanted (button)."""
        return self.action_accept(source="run")

    def action_refuse(self, reason):
        """Refuse with a reason that the showroom reads (D9.3).

        :param str reason: why
        """
        self._pass_gate("_gate_serve")
        self._need_reason(reason)
        self._step("refused", refusal_reason=reason)
        self._clear_reminders()
        self._tell_asker(self.env._("Refused: %s", reason))
        return True

    def action_cancel(self, reason):
        """Withdraw what is not needed any more; it stays on record.

        :param str reason: why
        """
        self._need_reason(reason)
        if not all(request._is_asker() for request in self):
            self._pass_gate("_gate_serve")
        self.sudo().picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")).action_cancel()
        self._step("cancel", closed_reason=reason)
        self._clear_reminders()
        return True

    # ---------------------------------------------------------- another brand

    def _consenting(self):
        """Return the salespeople of the brand's owners, and who stands in for them."""
        sellers = self.sudo().brand_owner_ids.user_id.filtered("active")
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(
            sellers, fields.Datetime.now())
        return sellers | deputies.deputy_id

    def _ask_consent(self):
        self._remind(self._consenting(), self.promised_date, self.env._(
            "Consent: %(product)s for %(showroom)s", product=self.product_id.display_name,
            showroom=self.showroom_id.sudo().name), keep=True)

    @gate("sample.consent", "D9.4")
    def _gate_consent(self):
        """The salesperson of the brand's owner lends his customer's goods, nobody else."""
        user = self.env.user
        return {request.id: [Unmet(
            "role", self.env._("%(product)s is the brand of %(owner)s",
                               product=request.product_id.display_name,
                               owner=self._names(request.sudo().brand_owner_ids)),
            self.env._("%s consents", self._names(request._consenting())),
            tuple(request._consenting().ids))]
            for request in self if user not in request._consenting()}

    def action_consent(self):
        """Consent that samples of this customer's brand are shown (D9.4)."""
        self._pass_gate("_gate_consent")
        # whose consent it is, is a stamp of the server
        self.sudo().write({"consented_by_id": self.env.uid,
                           "consented_at": fields.Datetime.now()})
        self.sudo().activity_ids.filtered(
            lambda activity: activity.user_id == self.env.user).unlink()
        return True

    # ------------------------------------------------------------- sample run

    def action_plan_run(self, pieces=None, workcenter=None, date_start=None):
        """Draft and confirm a sample run, within A37 (D9.4, design 6.4).

        :param int pieces: how many are run; default what was asked for
        :param workcenter: the `mrp.workcenter` on which it runs, or its id
        :param date_start: planned start, naive UTC
        :return: the manufacturing order
        :raise UserError: above the limit, or by anybody but the merchandiser in charge
        """
        self.ensure_one()
        self._pass_gate("_gate_serve")
        if self.state != "accepted" or self.source != "run":
            raise UserError(self.env._(
                "%s: accept it as a sample run first.", self.display_name))
        pieces = pieces or self.quantity
        if unmet := self._above_limit(
                pieces, ceil(pieces / self.pieces_per_pack), self.company_id):
            self._refuse_gate("_gate_run", unmet)
        # the link from run to request is written by this step only
        request = self.sudo()
        request.write({"run_pieces": pieces})
        production = request.env["mrp.production"].create(
            request._prepare_run(pieces, date_start))
        production.action_confirm()
        if workcenter:
            production.workorder_ids.workcenter_id = (
                workcenter if isinstance(workcenter, int) else workcenter.id)
        return production.with_env(self.env)

    def _prepare_run(self, pieces, date_start):
        packs = float_round(pieces / self.pieces_per_pack,
                            precision_rounding=self.product_id.uom_id.rounding)
        return {
            "product_id": self.product_id.id, "product_qty": packs,
            "product_uom_id": self.product_id.uom_id.id, "company_id": self.company_id.id,
            "sample_id": self.id, "origin": self.name,
            **({"date_start": date_start} if date_start else {}),
        }

    @gate("sample.run", "D9.4 A37")
    def _gate_run(self):
        """The runs of a request stay within the limit; asked by their manufacturing orders."""
        return {}

    def _run_conditions(self, production):
        """Return why ``production`` may not run as a sample (A37).

        :param production: a manufacturing order of this request, in sudo
        """
        self.ensure_one()
        if self.state not in ("accepted", "ready", "transit") or self.source != "run":
            return [Unmet("sample", self.env._(
                "%s is not accepted as a sample run", self.display_name),
                self.env._("%s accepts it", self._names(self.showroom_id._serving())))]
        if production.product_id != self.product_id:
            return [Unmet("sample", self.env._(
                "%(production)s: %(request)s asks for %(product)s", production=production.name,
                request=self.name, product=self.product_id.display_name),
                self.env._("run what was asked for"))]
        runs = self.production_ids.filtered(
            lambda run: run.state not in ("draft", "cancel") or run == production)
        packs = sum(runs.mapped("product_uom_qty"))
        # a run is counted in packs: half a piece of rounding is no piece more
        pieces = round(packs * self.pieces_per_pack - 0.49)
        return self._above_limit(pieces, int(packs), self.company_id)

    # ---------------------------------------------------------------- prepare

    @gate("sample.ready", "D9.4")
    def _gate_ready(self):
        """Right goods lie ready: consented, usable, enough of them."""
        return {request.id: request._ready_conditions() for request in self}

    def _ready_conditions(self):
        self.ensure_one()
        if self.needs_consent and not self.consented_by_id:
            return [Unmet(
                "consent", self.env._(
                    "%(product)s is the brand of %(owner)s, nobody has consented",
                    product=self.product_id.display_name,
                    owner=self._names(self.sudo().brand_owner_ids)),
                self.env._("%s consents", self._names(self._consenting())),
                tuple(self._consenting().ids))]
        free = sum(self._usable_quants().mapped("available_quantity"))
        wanted = self._packs_to_bring()
        if float_compare(free, wanted, precision_digits=2) >= 0:
            return []
        return [Unmet("stock", self.env._(
            "%(product)s: %(free)s usable, %(wanted)s wanted; reserved and held goods do not "
            "count", product=self.product_id.display_name, free=plain_number(free),
            wanted=plain_number(wanted)),
            self.env._("plan a sample run, or wait for the production"))]

    def _packs_to_bring(self):
        self.ensure_one()
        return self.packs - sum(
            self._packs_of(row.quantity) for row in self.handover_ids
            if row.kind == "received")

    def _packs_of(self, pieces):
        return float_round(pieces / self.pieces_per_pack,
                           precision_rounding=self.product_id.uom_id.rounding or 0.01)

    def _usable_quants(self):
        """Return the free stock that may be shown: no lot on hold, nothing reserved (D9.4)."""
        self.ensure_one()
        # whoever serves need not read stock
        return self.env["stock.quant"].sudo().search([
            ("product_id", "=", self.product_id.id),
            ("location_id", "child_of", self._warehouse().lot_stock_id.id),
        ], order="in_date, id").filtered(
            lambda quant: not quant.lot_id.is_blocked and quant.available_quantity > 0)

    def _warehouse(self):
        return self.env["stock.warehouse"].sudo().search(
            [("company_id", "=", self.company_id.id)], limit=1)

    def action_ready(self):
        """Take the samples out of stock and lay them ready, reserved for the showroom."""
        self._pass_gate("_gate_serve")
        # two merchandisers must not take the same packs (X6)
        self.env["gendan.stock.check"]._take_turn(self.product_id)
        self._pass_gate("_gate_ready")
        for request in self.sudo():
            request._make_transfer()
        self._step("ready", ready_at=fields.Datetime.now())
        self._tell_asker(self.env._("Prepared"))
        return True

    def _make_transfer(self):
        """Reserve exactly the usable lots on a transfer to the shelf."""
        self.ensure_one()
        warehouse, wanted = self._warehouse(), self._packs_to_bring()
        picking = self.env["stock.picking"].create({
            "picking_type_id": warehouse.int_type_id.id, "sample_id": self.id,
            "location_id": warehouse.lot_stock_id.id, "origin": self.name,
            "location_dest_id": self.showroom_id.location_id.id,
            "move_ids": [fields.Command.create({
                "product_id": self.product_id.id, "product_uom_qty": wanted,
                "product_uom": self.product_id.uom_id.id, "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": self.showroom_id.location_id.id,
                "company_id": self.company_id.id})],
        })
        picking.action_confirm()
        move = picking.move_ids
        move._do_unreserve()
        for quant in self._usable_quants():
            taken = min(quant.available_quantity, wanted)
            if taken > 0:
                wanted -= move._update_reserved_quantity(
                    taken, quant.location_id, lot_id=quant.lot_id, strict=True)
        move._recompute_state()

    def action_send(self, stop=None):
        """They are in the truck, or in somebody's hands on the way.

        :param stop: the `gendan.dispatch.stop` that brings them, or its id; optional
        """
        self._pass_gate("_gate_serve")
        self._step("transit", sent_at=fields.Datetime.now(), stop_id=self.env[
            "gendan.dispatch.stop"].browse(stop if isinstance(stop, int) else stop and stop.id).id)
        for request in self:
            request._remind(request.showroom_id._selling(), request.promised_date, self.env._(
                "Sign for the samples"))
        return True

    # --------------------------------------------------------------- hand-over

    @gate("sample.receive", "D9.4")
    def _gate_receive(self):
        """The showroom signs; who brings the samples does not sign for them."""
        return {request.id: request._receive_conditions() for request in self}

    def _receive_conditions(self):
        self.ensure_one()
        sellers = self.showroom_id._selling()
        if self.env.user not in sellers:
            return [Unmet("role", self.env._("%s is signed for by the showroom",
                                             self.display_name),
                          self.env._("%s signs", self._names(sellers)), tuple(sellers.ids))]
        if self.state not in ("ready", "transit"):
            return [Unmet("state", self.env._("%s is not there yet", self.display_name),
                          self.env._("%s prepares it", self._names(self._serving_now())))]
        return []

    def action_receive(self, pieces=None, remark=False):
        """Sign for samples; all of them close the request and its task (D9.4, D9.5).

        :param int pieces: how many came; default all that is open
        :param str remark: what the showroom notes
        """
        self._pass_gate("_gate_receive")
        for request in self:
            left = request.quantity - request.received_quantity
            taken = left if pieces is None else int(pieces)
            if not 0 < taken <= left:
                raise UserError(self.env._(
                    "%(request)s: %(left)s pieces are open, %(taken)s cannot be signed for.",
                    request=request.display_name, left=left, taken=taken))
            request._hand_over(taken, remark)
        return True

    def action_receive_all(self):
        """Sign for everything that is open (button)."""
        return self.action_receive()

    def _hand_over(self, pieces, remark):
        """Write the signature and move the goods to the shelf."""
        request = self.sudo()
        # the row is stamped with the user who signs, whoever may write rows
        self.env["gendan.sample.handover"].sudo().create({
            "request_id": self.id, "quantity": pieces, "remark": remark})
        complete = request.received_quantity >= request.quantity
        request._bring_to_shelf(None if complete else request._packs_of(pieces))
        if complete:
            self._close_received()

    def _bring_to_shelf(self, packs):
        """Do the open transfer, for ``packs`` or for all that is on it."""
        picking = self.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))[:1]
        if not picking:
            return
        move = picking.move_ids
        if packs is not None:
            move.quantity = packs
        move.picked = True
        picking._action_done()

    def _close_received(self):
        self._step("received", received_by_id=self.env.uid,
                   received_at=fields.Datetime.now())
        self._clear_reminders()
        self.env["gendan.task"].sudo()._close_sampled(self)

    def action_finish_short(self, reason):
        """Say, as the showroom, that what came is enough; the rest is not brought.

        :param str reason: why
        """
        self._pass_gate("_gate_receive")
        self._need_reason(reason)
        for request in self:
            if not request.handover_ids:
                raise UserError(self.env._(
                    "%s: nothing was handed over; cancel it instead.", request.display_name))
            request.sudo().picking_ids.filtered(
                lambda picking: picking.state not in ("done", "cancel")).action_cancel()
            request._step("received", closed_reason=reason, received_by_id=self.env.uid,
                          received_at=fields.Datetime.now())
            request._clear_reminders()
            self.env["gendan.task"].sudo()._close_sampled(request)
        return True

    def action_give_back(self, pieces, reason):
        """Give samples back: unopened packs return to stock, and the row stays (D9.4).

        :param int pieces: how many
        :param str reason: why
        """
        self.ensure_one()
        self._need_reason(reason)
        if self.env.user not in self.showroom_id._selling():
            self._refuse_gate("_gate_receive", self._receive_conditions())
        held = self._pieces_in_showroom()
        if not 0 < int(pieces) <= held:
            raise UserError(self.env._(
                "%(request)s: the showroom has %(left)s pieces of it.",
                request=self.display_name, left=held))
        self.env["gendan.sample.handover"].sudo().create({
            "request_id": self.id, "kind": "returned", "quantity": int(pieces),
            "remark": reason})
        self.sudo()._take_from_shelf(self._packs_of(int(pieces)))
        return True

    def _pieces_in_showroom(self):
        """Return how many pieces were signed for and not given back."""
        return self.received_quantity - sum(
            row.quantity for row in self.handover_ids if row.kind == "returned")

    def _take_from_shelf(self, packs):
        done = self.picking_ids.filtered(lambda picking: picking.state == "done")[-1:]
        if not done:
            return
        picking = done.copy({
            "location_id": done.location_dest_id.id, "location_dest_id": done.location_id.id,
            "move_ids": [], "sample_id": self.id})
        move = self.env["stock.move"].create({
            "picking_id": picking.id, "product_id": self.product_id.id, "product_uom_qty": packs,
            "product_uom": self.product_id.uom_id.id, "company_id": self.company_id.id,
            "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id})
        picking.action_confirm()
        picking.action_assign()
        move.picked = True
        picking._action_done()

    # ---------------------------------------------------------------- helpers

    def _serving_now(self):
        return self.showroom_id._serving()

    @api.model
    def _names(self, records):
        return ", ".join(records.sudo().mapped("name")) or self.env._("nobody yet")

    def _need_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("%s: say why.", self[:1].sudo().display_name))

    def _refuse_gate(self, method, unmet):
        text = "\n".join(map(str, unmet))
        self.env["gendan.audit"]._refuse(self._gate_of(method), self, text)

    def _remind(self, users, day, summary, keep=False):
        """Put the to-do on the desks of ``users``; ``keep`` leaves the others' there."""
        if not keep:
            self._clear_reminders()
        # the to-do of another person is the system's to make
        for request in self.sudo():
            for user in users:
                request.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id, date_deadline=day,
                    summary=summary)

    def _remind_next_merchandiser(self):
        """Put what the merchandiser before had to do on the desk of the present one."""
        for request in self.filtered(lambda one: one.state in ("requested", "accepted", "ready")):
            request._remind(
                request._serving_now(), request.promised_date or request.wanted_date,
                self.env._("Samples for %s", request.showroom_id.name))

    def _clear_reminders(self):
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _tell_asker(self, text):
        for request in self.sudo():
            request.message_post(body=text, partner_ids=request.requested_by_id.partner_id.ids)
