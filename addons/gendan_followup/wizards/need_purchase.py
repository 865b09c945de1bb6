from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..calc import ledger, tolerance
from ..calc.text import plain_number


class NeedPurchase(models.TransientModel):
    """Buy for a need: the number is filled in, over the limit turns red before any save.

    Where the supplier's minimum is above the limit, other open notices of the same version
    are proposed to buy together (D3.3).
    """

    _name = "gendan.need.purchase"
    _description = "Buy for a need"

    need_id = fields.Many2one("gendan.need", required=True, readonly=True)
    product_id = fields.Many2one(related="need_id.product_id")
    partner_id = fields.Many2one(
        "res.partner", "Supplier", required=True, compute="_compute_offer", store=True,
        readonly=False, precompute=True)
    product_uom_id = fields.Many2one("uom.uom", "Unit", required=True, compute="_compute_offer",
                                     store=True, readonly=False, precompute=True)
    minimum = fields.Float("Supplier's minimum", digits="Product Unit", compute="_compute_minimum")
    pool_ids = fields.Many2many(
        "gendan.need", "gendan_need_purchase_pool_rel", string="Together with",
        domain="[('id', 'in', candidate_ids)]")
    candidate_ids = fields.Many2many("gendan.need", compute="_compute_candidate_ids")
    quantity = fields.Float(digits="Product Unit", required=True, compute="_compute_quantity",
                            store=True, readonly=False, precompute=True)
    most = fields.Float("At most", digits="Product Unit", compute="_compute_check")
    is_over = fields.Boolean(compute="_compute_check")
    needs_pool = fields.Boolean(compute="_compute_check")
    is_below = fields.Boolean(compute="_compute_check")
    proposal_ids = fields.Many2many("gendan.need", compute="_compute_proposal")
    pool_text = fields.Text(compute="_compute_proposal")
    check_text = fields.Text(compute="_compute_check")

    def _offer(self):
        self.ensure_one()
        company = self.need_id.company_id
        return self.need_id.product_id.seller_ids.filtered(
            lambda offer: offer.product_id in (self.need_id.product_id, offer.product_id.browse())
            and offer.company_id in (company, company.browse()))[:1]

    @api.depends("need_id")
    def _compute_offer(self):
        for wizard in self:
            offer = wizard._offer()
            wizard.partner_id = offer.partner_id
            wizard.product_uom_id = offer.product_uom_id or wizard.need_id.product_uom_id

    @api.depends("need_id", "product_uom_id")
    def _compute_minimum(self):
        for wizard in self:
            offer = wizard._offer()
            wizard.minimum = offer.product_uom_id._compute_quantity(
                offer.min_qty, wizard.product_uom_id, round=False) if (
                offer and wizard.product_uom_id) else 0

    @api.depends("need_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            need = wizard.need_id
            wizard.candidate_ids = self.env["gendan.need"].search([
                ("product_id", "=", need.product_id.id), ("id", "!=", need.id),
                ("company_id", "=", need.company_id.id), ("net", ">", 0),
                ("notice_id.state", "=", "released")]).filtered("to_buy")

    @api.depends("need_id", "pool_ids", "product_uom_id")
    def _compute_quantity(self):
        for wizard in self:
            factor = wizard._factor()
            wizard.quantity = float(tolerance.covering_quantity(sum(
                tolerance.exact(need.to_buy) for need in wizard._needs()), factor))

    def _needs(self):
        return self.need_id | self.pool_ids._origin

    def _factor(self):
        self.ensure_one()
        return tolerance.exact(self.product_id._pieces_factor(self.product_uom_id) or 1)

    @api.depends("quantity", "pool_ids", "product_uom_id", "minimum")
    @api.depends_context("lang")
    def _compute_check(self):
        for wizard in self:
            most = wizard._most(wizard._needs())
            packaging = wizard.need_id.kind != "raw"
            minimum, quantity = map(tolerance.exact, (wizard.minimum, wizard.quantity))
            wizard.most = float(most)
            wizard.is_over = packaging and quantity > most
            wizard.needs_pool = packaging and minimum > most
            wizard.is_below = quantity < minimum and not wizard.needs_pool
            wizard.check_text = self.env._(
                "%(quantity)s %(unit)s, at most %(most)s may still be bought",
                quantity=plain_number(wizard.quantity), unit=wizard.product_uom_id.name or "",
                most=plain_number(float(most)))

    # ------------------------------------------------------------ buying together

    @api.depends("pool_ids", "product_uom_id", "minimum")
    @api.depends_context("lang")
    def _compute_proposal(self):
        """Name the notices that lift the limit to the supplier's minimum (D3.3)."""
        for wizard in self:
            added = wizard._proposal() if wizard.needs_pool else wizard.need_id.browse()
            wizard.proposal_ids = added
            wizard.pool_text = wizard.needs_pool and wizard._pool_text(added)

    def _proposal(self):
        """Return the needs to buy together with, or none where all of them are too little.

        Those that may be ordered at once come first, then the earlier delivery.
        """
        self.ensure_one()
        others = self.candidate_ids._origin - self._needs()
        unmet = others._notice_unmet() if others else {}
        others = others.sorted(lambda need: (
            bool(unmet[need.notice_id.id]), need.notice_id.delivery_date or fields.Date.today(),
            need.id))
        needs, minimum = self._needs(), tolerance.exact(self.minimum)
        for need in others:
            needs |= need
            if self._most(needs) >= minimum:
                return needs - self._needs()
        return self.need_id.browse()

    def _pool_text(self, added):
        self.ensure_one()
        unit = self.product_uom_id.name or ""
        words = {"minimum": plain_number(self.minimum), "unit": unit,
                 "most": plain_number(self.most)}
        if not added:
            every = self._needs() | self.candidate_ids._origin
            return self.env._(
                "The supplier delivers at least %(minimum)s %(unit)s; the limit is %(most)s. All "
                "open notices of this version together allow %(every)s: ask for a smaller "
                "delivery, or wait for another notice.",
                every=plain_number(float(self._most(every))), **words)
        together = self._needs() | added
        short = sum(tolerance.exact(need.to_buy) for need in together)
        return self.env._(
            "The supplier delivers at least %(minimum)s %(unit)s; the limit is %(most)s. Together "
            "with %(notices)s: needed %(needed)s, at most %(room)s.",
            notices=", ".join(added.notice_id.mapped("name")),
            needed=plain_number(float(tolerance.covering_quantity(short, self._factor()))),
            room=plain_number(float(self._most(together))), **words)

    def _most(self, needs):
        """Return how much of the purchase unit these needs still allow, as a fraction."""
        self.ensure_one()
        room = sum(max(tolerance.exact(need.headroom), 0) for need in needs)
        return tolerance.limit_quantity(room, self._factor())

    def action_pool(self):
        """Buy together with the notices that are proposed, and as much as the supplier delivers.

        :return: the action that shows the window again
        """
        self.ensure_one()
        if self.needs_pool and not self.proposal_ids:
            raise UserError(self.pool_text)
        self.pool_ids |= self.proposal_ids
        self.quantity = max(self.quantity, self.minimum)
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id,
                "views": [(False, "form")], "target": "new", "name": self.env._("Buy")}

    def action_buy(self):
        """Make the draft order with its allocations and open it.

        :return: the action that shows the draft
        """
        self.ensure_one()
        needs = self._needs()
        pieces = tolerance.exact(self.quantity) * self._factor()
        shares = ledger.allocate(pieces, [need.to_buy for need in needs])
        order = self.env["purchase.order"].create({
            "partner_id": self.partner_id.id, "company_id": self.need_id.company_id.id,
            "origin": ", ".join(needs.notice_id.mapped("name")),
            "order_line": [Command.create({
                "product_id": self.product_id.id, "product_qty": self.quantity,
                "product_uom_id": self.product_uom_id.id,
                "allocation_ids": [
                    Command.create({"need_id": need.id, "quantity": share})
                    for need, share in zip(needs, shares, strict=True)],
            })],
        })
        return {"type": "ir.actions.act_window", "res_model": "purchase.order",
                "res_id": order.id, "views": [(False, "form")]}
