from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate

PLANNERS = ("production", "merchandiser", "plan_manager")


class Rework(models.Model):
    """返工单: faulty goods of one lot are worked over, without a notice (design 6.4).

    Asked for by whoever found them, approved by the plan manager, never by whoever asked.
    Approved, it lets manufacturing orders run for its quantity, which consume that lot.
    """

    _name = "gendan.rework"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "gendan.role.mixin", "mail.thread",
                "mail.activity.mixin"]
    _description = "Rework"
    _order = "asked_at desc, id desc"
    _check_company_auto = True

    _transitions = {"asked": ("approved", "refused"), "approved": ("done",), "done": (),
                    "refused": ()}
    _stamps = frozenset({"name", "asked_by_id", "asked_at", "decided_by_id", "decided_at",
                         "decision_reason", "done_at", "production_ids"})
    # links of manufacturing orders and messages are no content
    _open_states = ("asked",)

    name = fields.Char("Rework no.", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    lot_id = fields.Many2one("stock.lot", "Faulty lot", required=True, index=True,
                             ondelete="restrict", check_company=True)
    product_id = fields.Many2one(related="lot_id.product_id", store=True, index=True)
    quantity = fields.Float("To work over", digits="Product Unit", required=True)
    fault = fields.Text("What is wrong", required=True)
    instruction = fields.Text("What is done about it", required=True)
    deviation_id = fields.Many2one(
        "gendan.deviation", index="btree_not_null", ondelete="restrict",
        domain="[('customer_decision', '=', 'rework'), ('notice_line_id.product_id', '=', "
               "product_id)]",
        help="The customer's decision that this follows from, if there is one (D5.6).")
    state = fields.Selection(
        [("asked", "Asked for"), ("approved", "Approved"), ("done", "Done"),
         ("refused", "Refused")],
        default="asked", required=True, readonly=True, index=True, tracking=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, copy=False,
                                  ondelete="restrict")
    asked_at = fields.Datetime("Asked at", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, copy=False,
                                    ondelete="restrict")
    decided_at = fields.Datetime("Decided at", readonly=True, copy=False)
    decision_reason = fields.Text("Refused because", readonly=True, copy=False)
    done_at = fields.Datetime("Done at", readonly=True, copy=False)
    production_ids = fields.One2many("mrp.production", "rework_id", "Manufacturing orders",
                                     readonly=True)
    planned_quantity = fields.Float("Planned", digits="Product Unit",
                                    compute="_compute_quantities")
    made_quantity = fields.Float("Worked over", digits="Product Unit",
                                 compute="_compute_quantities")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _quantity = models.Constraint("CHECK (quantity > 0)", "A rework is above zero.")

    @api.depends("production_ids.state", "production_ids.product_uom_qty",
                 "production_ids.qty_produced")
    def _compute_quantities(self):
        for rework in self:
            running = rework.sudo().production_ids.filtered(
                lambda production: production.state not in ("draft", "cancel"))
            rework.planned_quantity = sum(running.mapped("product_uom_qty"))
            rework.made_quantity = sum(
                production.product_uom_id._compute_quantity(
                    production.qty_produced, production.product_id.uom_id, round=False)
                for production in running if production.state == "done")

    @api.depends("state", "asked_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        asked = self.filtered(lambda rework: rework.ids and rework.state == "asked")
        unmet = asked._gate_unmet("_gate_decide")
        for rework in self:
            rework.can_decide = rework in asked and rework.id not in unmet

    @api.model
    def _creation_stamps(self):
        return {"asked_by_id": self.env.uid, "asked_at": fields.Datetime.now()}

    @api.model_create_multi
    def create(self, vals_list):
        """Number the request; whom it waits for is told.

        :raise UserError: by someone whose part it is not to ask
        """
        reworks = super().create(vals_list)
        sequence = self.env["ir.sequence"].sudo()
        for rework in reworks:
            rework.sudo()._write_number(
                sequence.with_company(rework.company_id).next_by_code("gendan.rework"))
        for company, asked in reworks.grouped("company_id").items():
            manager = self.env["res.users"]._users_of_role("plan_manager", company)[:1]
            for rework in asked if manager else ():
                rework.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=manager.id,
                    summary=self.env._("Approve or refuse the rework %s", rework.name))
        return reworks

    def _write_number(self, number):
        self.write({"name": number})

    def copy_data(self, default=None):
        """Refuse: what was approved once is not approved twice."""
        raise UserError(self.env._("A rework is asked for anew, not copied."))

    # --------------------------------------------------------------- decision

    @gate("rework.decide", "D5.6")
    def _gate_decide(self):
        """The plan manager decides, but never what he asked for himself."""
        user = self.env.user
        principals = user._principals("plan_manager")
        managers = user._users_of_role("plan_manager", self.sudo().company_id[:1])
        unmet = {}
        for rework in self:
            if not principals:
                unmet[rework.id] = [Unmet(
                    "role", self.env._("%s is approved by the plan manager", rework.name),
                    self.env._("%s decides", ", ".join(managers.mapped("name"))),
                    tuple(managers.ids))]
            elif rework.sudo().asked_by_id in principals | user:
                unmet[rework.id] = [Unmet(
                    "own", self.env._("%(user)s asked for %(rework)s himself",
                                      user=rework.sudo().asked_by_id.name, rework=rework.name),
                    self.env._("somebody else approves it"))]
        return unmet

    @gate("rework.approve", "D5.6")
    def _gate_approve(self):
        """No more is worked over than there is of the lot, besides other reworks of it."""
        unmet = self._gate_decide()
        for rework in self.sudo():
            there = sum(rework._faulty_quants().mapped("quantity"))
            others = self.sudo().search([
                ("lot_id", "=", rework.lot_id.id), ("state", "=", "approved"),
                ("id", "!=", rework.id)])
            taken = sum(max(other.quantity - other.made_quantity, 0) for other in others)
            if float_compare(rework.quantity, there - taken, precision_digits=2) > 0:
                unmet.setdefault(rework.id, []).append(Unmet(
                    "quantity", self.env._(
                        "%(rework)s: %(asked)s to work over, of lot %(lot)s there are %(there)s",
                        rework=rework.name, asked=plain_number(rework.quantity),
                        lot=rework.lot_id.name,
                        there=plain_number(there - taken)),
                    self.env._("ask for what is there")))
        return unmet

    def _faulty_quants(self):
        """Return where goods of the lot lie in this company, the most first."""
        return self.env["stock.quant"].sudo().search([
            ("lot_id", "in", self.lot_id.ids), ("location_id.usage", "=", "internal"),
            ("company_id", "in", self.company_id.ids), ("quantity", ">", 0),
        ], order="quantity desc, id")

    def action_approve(self):
        """Let manufacturing orders run for the quantity (design 6.4).

        :raise UserError: by another than the plan manager, or beyond what there is
        """
        self._pass_gate("_gate_approve")
        self._step("approved", decided_by_id=self.env.uid, decided_at=fields.Datetime.now())
        self._tell_decision()
        return True

    def action_refuse(self, reason):
        """Refuse, with the reason.

        :param str reason: read by whoever asked
        """
        self._pass_gate("_gate_decide")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is refused.", self[:1].name))
        self._step("refused", decision_reason=reason, decided_by_id=self.env.uid,
                   decided_at=fields.Datetime.now())
        self._tell_decision()
        return True

    def _tell_decision(self):
        self.sudo().activity_ids.action_done()
        for rework in self:
            rework.message_post(
                body=rework._state_label(rework.state), subtype_xmlid="mail.mt_comment",
                partner_ids=rework.sudo().asked_by_id.partner_id.ids)

    # ------------------------------------------------------------------- work

    def action_plan(self):
        """Make the manufacturing order for what is not planned yet; it consumes the lot.

        :return: the action that opens it
        :raise UserError: before the approval, by who plans nothing, or when all is planned
        """
        self.ensure_one()
        self._check_roles(PLANNERS, "rework.plan", "D5.6")
        left = self.quantity - self.planned_quantity
        if self.state == "approved" and float_compare(left, 0, precision_digits=2) <= 0:
            raise UserError(self.env._("%s: all of it is planned already.", self.name))
        # the link to the rework opens the gate, so that no user writes it himself
        rework = self.sudo()
        production = rework.env["mrp.production"].create(rework._prepare_production(left))
        production.action_confirm()
        rework._take_faulty(production)
        return {
            "type": "ir.actions.act_window", "res_model": "mrp.production",
            "res_id": production.id, "views": [(False, "form")],
        }

    def _prepare_production(self, quantity):
        place = self._faulty_quants()[:1].location_id
        unit = self.product_id.uom_id
        return {
            "product_id": self.product_id.id, "product_qty": quantity,
            "product_uom_id": unit.id, "company_id": self.company_id.id,
            "rework_id": self.id, "origin": self.name, "bom_id": False,
            "move_raw_ids": [Command.create({
                "product_id": self.product_id.id, "product_uom_qty": quantity,
                "product_uom": unit.id, **({"location_id": place.id} if place else {}),
            })],
        }

    def _take_faulty(self, production):
        """Reserve the faulty lot itself: another one of the product is not worked over."""
        move = production.move_raw_ids.filtered(
            lambda move: move.product_id == self.product_id)
        move._do_unreserve()
        move.write({"move_line_ids": [Command.create({
            "product_id": self.product_id.id, "lot_id": self.lot_id.id,
            "quantity": move.product_uom_qty, "product_uom_id": move.product_uom.id,
            "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            "company_id": self.company_id.id, "picking_id": False})]})

    def _run_conditions(self, production):
        """Return why ``production`` may not run as this rework (design 6.4).

        :param production: a manufacturing order of this rework, in sudo
        """
        self.ensure_one()
        if self.state not in ("approved", "done"):
            managers = self.env["res.users"]._users_of_role("plan_manager", self.company_id)
            return [Unmet("rework", self.env._("%s is not approved", self.name), self.env._(
                "%s decides", ", ".join(managers.mapped("name"))), tuple(managers.ids))]
        if production.product_id != self.product_id:
            return [Unmet("rework", self.env._(
                "%(production)s: %(rework)s works over %(product)s", production=production.name,
                rework=self.name, product=self.product_id.display_name),
                self.env._("cancel it and plan the rework again"))]
        runs = self.production_ids.filtered(
            lambda run: run.state not in ("draft", "cancel") or run == production)
        planned = sum(runs.mapped("product_uom_qty"))
        if float_compare(planned, self.quantity, precision_digits=2) <= 0:
            return []
        return [Unmet("rework", self.env._(
            "%(rework)s: %(planned)s to work over, %(approved)s approved", rework=self.name,
            planned=plain_number(planned), approved=plain_number(self.quantity)),
            self.env._("reduce this manufacturing order"))]

    def _close_finished(self):
        """Close what is worked over; nothing is planned on it any more."""
        finished = self.filtered(
            lambda rework: rework.state == "approved" and float_compare(
                rework.made_quantity, rework.quantity, precision_digits=2) >= 0)
        if finished:
            finished._step("done", done_at=fields.Datetime.now())
