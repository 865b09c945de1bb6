from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.person_mixin import PersonMixin

REPORTERS = ("packaging", "packaging_keeper", "operator", "production")


class Shortage(models.Model):
    """缺料盘点: packaging runs out while it is used; what does the book say, what is there?

    The book is read by the server when the shortage is reported and again when the keeper
    counts. Book above the count is the keeper's (L-K3); a right book means that too little
    was bought (L-M2) or too much was used up. The count corrects the stock.
    """

    _name = "gendan.stock.shortage"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "gendan.person.mixin"]
    _description = "Shortage count"
    _order = "id desc"
    _check_company_auto = True

    _transitions = {"reported": ("counted", "cancel"), "counted": (), "cancel": ()}
    _stamps = PersonMixin._person_stamps | {
        "employee_id", "event_at", "reported_by_id", "reported_at", "book_reported",
        "book_quantity", "counted_quantity", "move_ids"}

    name = fields.Char("Count no.", required=True, readonly=True, copy=False, index="trigram",
                       default=lambda self: self.env._("Unnumbered"))
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, index=True,
        ondelete="restrict", check_company=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    product_id = fields.Many2one(
        "product.product", "Packaging that ran out", required=True, index=True,
        ondelete="restrict", check_company=True, domain="[('packaging_kind', '!=', False)]")
    product_image = fields.Image(related="product_id.image_256", string="Picture")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="restrict",
                             check_company=True, domain="[('product_id', '=', product_id)]")
    note = fields.Text("What stopped", help="e.g. packing stands since 10:20")
    state = fields.Selection(
        [("reported", "Ran out"), ("counted", "Counted"), ("cancel", "Cancelled")],
        required=True, default="reported", readonly=True, copy=False, index=True)
    reported_by_id = fields.Many2one("hr.employee", "Reported by", readonly=True, copy=False,
                                     index="btree_not_null", ondelete="restrict")
    reported_at = fields.Datetime("Ran out at", readonly=True, copy=False)
    book_reported = fields.Float("Book when it ran out", digits="Product Unit", readonly=True,
                                 copy=False)
    employee_id = fields.Many2one(string="Counted by", readonly=True)
    recorded_at = fields.Datetime(string="Counted at")
    event_at = fields.Datetime(readonly=True)
    book_quantity = fields.Float("Book when counted", digits="Product Unit", readonly=True,
                                 copy=False)
    counted_quantity = fields.Float("Counted", digits="Product Unit", readonly=True, copy=False)
    difference = fields.Float(digits="Product Unit", compute="_compute_difference", store=True,
                              help="Counted less book: below zero the book was too high (L-K3).")
    verdict_text = fields.Char("Result", compute="_compute_verdict_text")
    move_ids = fields.Many2many("stock.move", "gendan_shortage_move_rel", readonly=True,
                                string="Correction of the book", copy=False)

    @api.depends("state", "book_quantity", "counted_quantity")
    def _compute_difference(self):
        for count in self:
            count.difference = (
                count.counted_quantity - count.book_quantity if count.state == "counted" else 0)

    @api.depends("difference", "state")
    @api.depends_context("lang")
    def _compute_verdict_text(self):
        for count in self:
            if count.state != "counted":
                count.verdict_text = self.env._(
                    "Not counted yet") if count.state == "reported" else False
            elif count.difference < 0:
                count.verdict_text = self.env._(
                    "The book said %(book)s, %(count)s are there: %(missing)s missing",
                    book=plain_number(count.book_quantity),
                    count=plain_number(count.counted_quantity),
                    missing=plain_number(-count.difference))
            else:
                count.verdict_text = self.env._("The book is right: too little was bought or "
                                                "more was used up than planned")

    # -------------------------------------------------------------------- steps

    @api.model_create_multi
    def create(self, vals_list):
        """Report that packaging ran out; the server notes who, when, and what the book says."""
        counts = super().create([
            {**vals, "name": self.env["ir.sequence"].next_by_code("gendan.stock.shortage")}
            for vals in vals_list])
        counts._check_roles(REPORTERS, "shortage.report", "L-K3")
        for count in counts:
            if not count.product_id.packaging_kind:
                raise UserError(self.env._(
                    "%s is no packaging: raw material is the raw-material keeper's.",
                    count.product_id.display_name))
            count.sudo().write({
                "reported_by_id": count._recording_employee({}).id,
                "reported_at": fields.Datetime.now(), "book_reported": count._book()})
        return counts

    def action_count(self, counted):
        """Count what is really there, as the packaging keeper; the book is corrected (L-K3).

        :param float counted: pieces found in the stores
        :raise UserError: by another than the packaging keeper, or below zero
        """
        self._check_roles(("packaging_keeper",), "shortage.count", "L-K3")
        if counted < 0:
            raise UserError(self.env._("%s: there cannot be less than nothing.", self[:1].name))
        for count in self:
            book = count._book()
            if float_compare(book, counted, precision_digits=2):
                count._check_one_place()
            # keepers do not adjust stock; the count is the record of why it changes
            moves = count.sudo()._correct_book(counted)
            count._step("counted", book_quantity=book, counted_quantity=counted,
                        move_ids=[Command.set(moves.ids)], **count._prepare_person({}))
        return True

    def action_cancel(self):
        """Take a shortage back that was none, before anybody counted."""
        self._check_roles(REPORTERS, "shortage.cancel", "L-K3")
        return self._step("cancel")

    # --------------------------------------------------------------------- book

    def _quants(self):
        """Return the stock of this packaging in the company's stores, of its lot if named."""
        self.ensure_one()
        warehouses = self.env["stock.warehouse"].sudo().search(
            [("company_id", "=", self.company_id.id)])
        return self.env["stock.quant"].sudo().search([
            ("product_id", "=", self.product_id.id), ("owner_id", "=", False),
            ("location_id", "child_of", warehouses.lot_stock_id.ids),
            *([("lot_id", "=", self.lot_id.id)] if self.lot_id else [])])

    def _book(self):
        self.ensure_one()
        return sum(self._quants().mapped("quantity"))

    def _check_one_place(self):
        """Which lot is missing has to be said where several lie in the stores."""
        if len(self._quants()) > 1:
            raise UserError(self.env._(
                "%(count)s: %(product)s lies in several lots or places; report the lot that was "
                "counted.", count=self.name, product=self.product_id.display_name))

    def _correct_book(self, counted):
        """Bring the book in line with the count, by core's own inventory; return its moves."""
        quant, moves = self._quants(), self.env["stock.move"]
        if not float_compare(sum(quant.mapped("quantity")), counted, precision_digits=2):
            return moves
        if not quant:
            warehouse = self.env["stock.warehouse"].search(
                [("company_id", "=", self.company_id.id)], limit=1)
            quant = quant.create({"product_id": self.product_id.id, "lot_id": self.lot_id.id,
                                  "location_id": warehouse.lot_stock_id.id})
        before = moves.search(
            [("product_id", "=", self.product_id.id)], order="id desc", limit=1).id
        quant.with_context(inventory_mode=True).inventory_quantity = counted
        quant.with_context(inventory_name=self.name).action_apply_inventory()
        return moves.search([
            ("product_id", "=", self.product_id.id), ("id", ">", before),
            ("is_inventory", "=", True)])

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("%s is kept.", self[:1].name))

    def copy_data(self, default=None):
        """Refuse: each shortage has its own count."""
        raise UserError(self.env._("A shortage count is not copied."))
