from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.load_plan import (
    Load,
    container_number,
    exact,
    has_container_form,
    is_container_number,
    is_full,
    share,
)
from ..foundation.gate_mixin import Unmet, gate

CONDITION = [("ok", "OK"), ("not_ok", "Not OK"), ("na", "Not applicable")]
CHECKS = ("check_clean", "check_dry", "check_holes", "check_doors", "check_smell")
HEAD_FIELDS = {"container_no", "seal_no", "truck_plate", "condition_remark", "space_reason",
               "remark", *CHECKS}
# a container is photographed in every stage, a truck at least when it is full
CONTAINER_STAGES = ("empty", "half", "full", "door", "seal")
TRUCK_STAGES = ("full",)


class LoadingReport(models.Model):
    """监柜记录: the merchandiser stands beside the container, sees, counts, closes (D6.1–D6.4).

    His count and the keeper's are blind to each other until both are in. Once closed the
    report is evidence.
    """

    _name = "gendan.loading.report"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "gendan.turn.mixin", "mail.thread"]
    _description = "Loading report"
    _order = "id desc"
    _transitions = {
        "draft": ("running", "cancel"),
        "running": ("closed", "cancel"),
        "closed": (),
        "cancel": (),
    }
    _open_states = ("draft", "running")
    _stamps = frozenset({
        "started_at", "closed_at", "closed_by_id", "loaded_cartons", "loaded_volume",
        "loaded_weight", "version", "cancel_reason", "round_id",
    })

    name = fields.Char("Document no.", readonly=True, copy=False, default="/")
    shipping_id = fields.Many2one("gendan.shipping.notice", "Shipping notice", required=True,
                                  index=True, ondelete="restrict")
    company_id = fields.Many2one(related="shipping_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="shipping_id.partner_id", store=True)
    container_type_id = fields.Many2one(related="shipping_id.container_type_id", store=True)
    version = fields.Integer("Version of the notice", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Planned"), ("running", "Loading"), ("closed", "Closed"),
         ("cancel", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, index=True)
    supervisor_id = fields.Many2one(
        "res.users", "Supervised by", required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user, domain=[("share", "=", False)],
        help="The merchandiser beside the container; another one is named before the start.")
    keeper_id = fields.Many2one(related="shipping_id.keeper_id")
    container_no = fields.Char("Container no.", copy=False)
    container_warning = fields.Char(compute="_compute_container_warning")
    seal_no = fields.Char("Seal no.", copy=False)
    truck_plate = fields.Char("Truck plate", copy=False)
    check_clean = fields.Selection(CONDITION, "Clean", copy=False)
    check_dry = fields.Selection(CONDITION, "Dry", copy=False)
    check_holes = fields.Selection(CONDITION, "No holes", copy=False)
    check_doors = fields.Selection(CONDITION, "Doors close", copy=False)
    check_smell = fields.Selection(CONDITION, "No smell", copy=False)
    condition_remark = fields.Char("What is wrong with it", copy=False)
    space_reason = fields.Char("Why not full", copy=False)
    remark = fields.Text(copy=False)
    line_ids = fields.One2many("gendan.loading.line", "report_id", "Goods")
    photo_ids = fields.One2many("gendan.loading.photo", "report_id", "Photos", readonly=True)
    round_ids = fields.One2many("gendan.loading.round", "report_id", "Counts", readonly=True)
    round_id = fields.Many2one("gendan.loading.round", "Present count", readonly=True, copy=False,
                               ondelete="restrict")
    is_revealed = fields.Boolean(related="round_id.is_revealed")
    rework_ids = fields.One2many("gendan.loading.rework", "report_id", readonly=True)
    started_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    cancel_reason = fields.Char(readonly=True, copy=False)
    loaded_cartons = fields.Integer(readonly=True, copy=False)
    loaded_volume = fields.Float("Loaded m³", readonly=True, copy=False, digits=(12, 4))
    loaded_weight = fields.Float("Loaded kg", readonly=True, copy=False, digits=(12, 2))
    volume_share = fields.Float("Volume used", compute="_compute_shares", digits=(6, 4))
    payload_share = fields.Float("Payload used", compute="_compute_shares", digits=(6, 4))
    close_missing = fields.Text("Before it is closed", compute="_compute_close_missing")

    _one_report = models.UniqueIndex("(shipping_id) WHERE state IN ('draft', 'running')",
                                     "This shipping notice has a loading report already.")

    @api.depends("container_no")
    def _compute_container_warning(self):
        for report in self:
            number = report.container_no
            report.container_warning = self.env._(
                "The check digit of %s is wrong: look again.", number) if (
                has_container_form(number) and not is_container_number(number)) else False

    @api.depends("loaded_volume", "loaded_weight", "shipping_id.volume", "shipping_id.weight")
    def _compute_shares(self):
        for report in self:
            box, load = report.shipping_id._box(), report._present_load()
            report.volume_share = float(share(load.volume, box.volume)) if box else 0
            report.payload_share = float(share(load.weight, box.payload)) if box else 0

    def _present_load(self):
        """Return what was loaded, or before the end what is to be."""
        self.ensure_one()
        if self.state == "closed":
            return Load(self.loaded_cartons, exact(round(self.loaded_volume, 4)),
                        exact(round(self.loaded_weight, 2)))
        return self.shipping_id._load()

    @api.depends_context("uid", "lang")
    def _compute_close_missing(self):
        running = self.filtered(lambda report: report.state == "running" and report.ids)
        unmet = running._gate_unmet("_gate_close") if running else {}
        for report in self:
            report.close_missing = "\n".join(map(str, unmet.get(report.id, []))) or False

    # ------------------------------------------------------------ create, write

    @api.model_create_multi
    def create(self, vals_list):
        """Plan the supervision of a loading; its lines are those of the notice."""
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code(
                "gendan.loading.report") or "/"
            self._normalise(vals)
        reports = super().create(vals_list)
        reports._pass_gate("_gate_plan")
        return reports

    def write(self, vals):
        """Write beside the container: the supervisor only, the head before and while loading."""
        self._normalise(vals)
        if vals.keys() & HEAD_FIELDS:
            self._pass_gate("_gate_supervise")
        if vals.keys() & {"supervisor_id", "shipping_id"}:
            self._pass_gate("_gate_plan")
            if any(report.state != "draft" for report in self):
                raise UserError(self.env._("Another supervisor is named before the loading."))
        return super().write(vals)

    def _normalise(self, vals):
        """Write container numbers as they are written; a wrong form is refused (D6.1)."""
        if not vals.get("container_no"):
            return
        vals["container_no"] = container_number(vals["container_no"])
        if not has_container_form(vals["container_no"]):
            raise UserError(self.env._(
                "“%s” is no container number: four letters, the last of them U, J or Z, and "
                "seven digits.", vals["container_no"]))

    @gate("loading.plan", "D6.1")
    def _gate_plan(self):
        """Supervision is planned by the merchandisers and the plan manager."""
        if self.env.su or self.env["gendan.shipping.notice"]._may_decide():
            return {}
        unmet = self.env["gendan.shipping.notice"]._not_decider_unmet()
        return {report.id: [unmet] for report in self}

    @gate("loading.supervise", "D6.1")
    def _gate_supervise(self):
        """Who stands beside the container writes its report."""
        return {report.id: [report._not_supervisor_unmet()] for report in self
                if not report._is_supervisor()}

    def _is_supervisor(self):
        self.ensure_one()
        user = self.env.user
        if self.env.su or user == self.supervisor_id:
            return True
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(
            self.supervisor_id, fields.Datetime.now())
        return user in deputies.deputy_id

    def _not_supervisor_unmet(self):
        return Unmet("supervisor", self.env._("%s is not yours to write", self.name),
                     self.env._("%s supervises this loading", self.supervisor_id.name),
                     tuple(self.supervisor_id.ids))

    # ------------------------------------------------------------------- start

    @gate("loading.start", "D6.1 D8.6")
    def _gate_start(self):
        """Loading starts with both papers, under its supervisor's eyes."""
        unmet = self._gate_supervise()
        for report in self:
            papers = report.shipping_id._gate_papers()[report.shipping_id.id]
            unmet.setdefault(report.id, []).extend(papers)
        return unmet

    def action_start(self):
        """Begin beside the container; the first count is open from now on."""
        self._pass_gate("_gate_start")
        for report in self:
            report._make_lines()
            first = report.sudo().round_ids[:1] or report._new_round()
            report._step("running", started_at=fields.Datetime.now(), round_id=first.id,
                         version=report.shipping_id.version)
        return True

    def _make_lines(self):
        # the lines repeat the notice; the supervisor only ticks them
        known = self.sudo().line_ids.shipping_line_id
        self.env["gendan.loading.line"].sudo().create([
            {"report_id": self.id, "shipping_line_id": line.id}
            for line in self.shipping_id.line_ids - known])

    def _new_round(self):
        return self.env["gendan.loading.round"].sudo().create({
            "report_id": self.id, "number": len(self.sudo().round_ids) + 1})

    def action_cancel(self, reason=False):
        """Cancel a report that is not needed; it stays on record."""
        self._pass_gate("_gate_plan")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is cancelled.", self[:1].name))
        self._step("cancel", cancel_reason=reason)
        return True

    # ------------------------------------------------------------------- close

    @gate("loading.close", "D6.1 D6.2 D6.3 D6.4")
    def _gate_close(self):
        """Closed is what was seen, photographed, counted twice, and is on the notice."""
        unmet = self._gate_supervise()
        for report in self:
            conditions = unmet.setdefault(report.id, [])
            if report.state != "running":
                conditions.append(Unmet("state", self.env._(
                    "%(report)s is %(state)s", report=report.name,
                    state=report._state_label(report.state)), ""))
                continue
            conditions += report._container_conditions() + report._photo_conditions()
            conditions += [c for line in report.sudo().line_ids for c in line._tick_conditions()]
            conditions += report.sudo().round_id._conditions() + report._space_conditions()
        return unmet

    def _container_conditions(self):
        self.ensure_one()
        if not self.container_type_id:
            return []
        missing = [name for name in ("container_no", "seal_no", *CHECKS) if not self[name]]
        conditions = [Unmet(name, self.env._("%s is missing", self._fields[name]
                                             ._description_string(self.env)),
                            self.env._("fill it in beside the container")) for name in missing]
        if any(self[name] == "not_ok" for name in CHECKS) and not self.condition_remark:
            conditions.append(Unmet("condition", self.env._("the container is not in order"),
                                    self.env._("write what is wrong and what was done")))
        return conditions

    def _photo_conditions(self):
        self.ensure_one()
        stages = CONTAINER_STAGES if self.container_type_id else TRUCK_STAGES
        taken = set(self.photo_ids.mapped("stage"))
        labels = dict(self.photo_ids._fields["stage"]._description_selection(self.env))
        missing = [str(labels[stage]) for stage in stages if stage not in taken]
        return [Unmet("photos", self.env._("no photo: %s", ", ".join(missing)),
                      self.env._("take it"))] if missing else []

    def _space_conditions(self):
        """Full by volume or by weight, or the reason; never above the payload (D6.2)."""
        self.ensure_one()
        box = self.shipping_id._box()
        if not box or not self.sudo().round_id.is_revealed:
            return []
        load, company = self.sudo()._counted_load(), self.company_id
        if load.weight > box.payload:
            return [Unmet("payload", self.env._(
                "%(weight)s kg are above the %(limit)s kg of this %(box)s",
                weight=f"{load.weight:,.0f}", limit=f"{box.payload:,.0f}",
                box=self.container_type_id.name), self.env._("take cartons off"))]
        full = is_full(load, box.volume, box.payload, company.full_volume_share,
                       company.full_payload_share)
        if full or (self.space_reason or "").strip():
            return []
        return [Unmet("space", self.env._(
            "%(volume)s of the volume and %(weight)s of the payload used",
            volume=f"{float(share(load.volume, box.volume)):.1%}",
            weight=f"{float(share(load.weight, box.payload)):.1%}"),
            self.env._("write why the container is not full"))]

    def _counted_load(self):
        """Return the load that the present count makes."""
        return sum((line._counted_load() for line in self.line_ids),
                   self.shipping_id._pallet_load())

    def action_close(self):
        """Close the report; from now on it is evidence (D6.1, X5)."""
        self._take_turn()
        self._pass_gate("_gate_close")
        for report in self:
            load = report.sudo()._counted_load()
            report._step("closed", closed_at=fields.Datetime.now(), closed_by_id=self.env.uid,
                         loaded_cartons=load.cartons, loaded_volume=float(load.volume),
                         loaded_weight=float(load.weight), version=report.shipping_id.version)
        return True

    # ---------------------------------------------------------- foreign cartons

    def action_offer(self, product_id, mark=False, lot_id=False):
        """Hold a carton against the notice: another product, mark or a held lot stays out (D6.3).

        :param int product_id: what is in the carton
        :param str mark: what stands on it, if it was read
        :param int lot_id: its lot, if it was read
        :raise UserError: when it does not belong into this load; the attempt is on record
        """
        self.ensure_one()
        lines = self.sudo().line_ids.filtered(lambda line: line.product_id.id == product_id)
        product = self.env["product.product"].sudo().browse(product_id)
        if not lines:
            self._refuse_carton(self.env._("%s is not on this notice", product.display_name))
        marks = {(line.shipping_line_id.mark or "").strip() for line in lines}
        if mark and mark.strip() not in marks:
            self._refuse_carton(self.env._("the mark is “%(mark)s”, the notice says “%(right)s”",
                                           mark=mark, right=", ".join(marks)))
        if lot_id:
            self._offer_lot(self.env["stock.lot"].sudo().browse(lot_id), lines)
        return True

    def _offer_lot(self, lot, lines):
        """Keep out a lot on hold, one that has ended, or one that the stock check never gave."""
        if lot.is_blocked:
            self._refuse_carton(self.env._("the lot is on QC hold"))
        if lot.expiration_date and lot.expiration_date <= fields.Datetime.now():
            self._refuse_carton(self.env._("lot %s has reached its expiry date", lot.name))
        order_lines = lines.shipping_line_id.notice_line_id.order_line_id
        given = self.env["gendan.production.notice.line"].sudo()._permitted_to_leave(order_lines)
        if order_lines and not any(lot.id in lots for _checked, lots in given.values()):
            self._refuse_carton(self.env._("lot %s was not given to this order", lot.name))

    def phone_offer(self, code):
        """Hold what is written on a carton against the notice, from the phone (D6.3).

        :param str code: a lot, or the barcode or code of a product, scanned or typed
        :return: what the carton is, when it belongs into this load
        :raise UserError: when it does not; the attempt is on record
        """
        self.ensure_one()
        self.check_access("read")
        if not self._sides():
            self._pass_gate("_gate_count")
        code = (code or "").strip()
        # whoever counts reads what is on the carton; of stock he sees nothing else here
        products = self.sudo().line_ids.product_id
        lots = self.env["stock.lot"].sudo().search(
            [("name", "=", code), ("company_id", "in", (False, self.company_id.id))])
        lot = lots.filtered(lambda one: one.product_id in products)[:1] or lots[:1]
        product = lot.product_id or self.env["product.product"].sudo().search(
            ["|", ("barcode", "=", code), ("default_code", "=", code)], limit=1)
        if not code or not product:
            self._refuse_carton(self.env._("nothing is known under “%s”", code))
        self.action_offer(product.id, lot_id=lot.id)
        return product.display_name

    def _refuse_carton(self, text):
        self.env["gendan.audit"]._refuse(
            self._gate_of("_gate_close")._replace(name="loading.foreign", clause="D6.3"), self,
            self.env._("%(report)s: this carton stays out: %(text)s.", report=self.name,
                       text=text))
