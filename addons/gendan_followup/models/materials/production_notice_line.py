import json
from math import ceil

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ...calc import stock_usability
from ..foundation.gate_mixin import Unmet


class ProductionNoticeLine(models.Model):
    """Stock found, shortage and frozen bill of materials of one line."""

    _inherit = "gendan.production.notice.line"

    check_line_ids = fields.One2many("gendan.stock.check.line", "notice_line_id", readonly=True)

    # ------------------------------------------------------------ stock check

    def _find_lots(self):
        """Return ``{product: [Lot]}`` of the free stock, in one query.

        Only what lies under the stock location of the company's warehouses is looked
        at; goods on hold lie outside it.
        """
        warehouses = self.env["stock.warehouse"].search([("company_id", "in", self.company_id.ids)])
        quants = self.env["stock.quant"].search(
            Domain("product_id", "in", self.product_id.ids)
            & Domain("location_id", "child_of", warehouses.lot_stock_id.ids)
            & Domain("owner_id", "=", False))
        lots = {product: [] for product in self.product_id}
        for quant in quants:
            lots[quant.product_id].append(self._as_lot(quant))
        return lots

    def _as_lot(self, quant):
        lot = quant.lot_id
        return stock_usability.Lot(
            key=(quant.lot_id, quant.location_id), on_hand=quant.quantity,
            reserved=quant.reserved_quantity,
            bag=(lot.bag_version_id.id or 0) if lot else None, mark=lot.mark or "",
            blocked=lot.is_blocked, expires=lot.expiration_date and lot.expiration_date.date())

    def _stock_demand(self):
        self.ensure_one()
        return stock_usability.Demand(
            bag=self.bag_version_id.id or 0, mark=self.mark_front or "",
            needed_until=stock_usability.needed_until(
                self.notice_id.delivery_date, self.shelf_life_months, self.shelf_life_share))

    def _prepare_check_lines(self, lots):
        """Return one row per lot; what is taken covers what is neither reserved nor released."""
        self.ensure_one()
        self._recount_stock()
        wanted = max(self.quantity - self.stock_quantity - self.released_quantity, 0)
        found = stock_usability.allocate(lots[self.product_id], self._stock_demand(), wanted)
        rows = [self._prepare_check_line(lot, taken) for lot, taken in found]
        # lines of one notice share the lots: what this one takes is reserved for the next
        lots[self.product_id][:] = [
            lot._replace(reserved=lot.reserved + taken) for lot, taken in found]
        return rows or [{"notice_line_id": self.id, "product_id": self.product_id.id,
                         "reason": "none"}]

    def _prepare_check_line(self, lot, taken):
        demand = self._stock_demand()
        return {
            "notice_line_id": self.id, "product_id": self.product_id.id,
            "lot_id": lot.key[0].id, "location_id": lot.key[1].id,
            "on_hand": lot.on_hand, "reserved": lot.reserved,
            "usable": stock_usability.usable(lot, demand), "taken": taken,
            "reason": stock_usability.refusal(lot, demand) or False,
        }

    def _fetch_covered(self):
        """Read in one go what the recount of each line looks at."""
        # the merchandiser may not read whatever hangs on the delivery
        self.sudo().order_line_id.move_ids.move_line_ids.mapped("lot_id")
        self.check_line_ids.mapped("lot_id")

    def _recount_stock(self):
        """Set what stock covers to what is really still reserved or delivered of it.

        A delivery that shrank, or was unreserved by hand, has lost its reservation.
        """
        self.ensure_one()
        move_lines = self.sudo().order_line_id.move_ids.filtered(
            lambda move: move.state != "cancel").move_line_ids
        permitted = self._permitted_lots()
        covered = sum(line.quantity_product_uom for line in move_lines if line.lot_id in permitted)
        self.stock_quantity = min(covered, self.quantity)

    def _permitted_lots(self):
        """Return the lots that the stock checks took for this line."""
        return self.check_line_ids.filtered("taken").lot_id

    def _count_stock(self, rows):
        """Write what the check changed: from stock so far, and what is still short.

        :param rows: the rows of the check that speak of this line
        """
        self.ensure_one()
        from_stock = self.stock_quantity + sum(rows.mapped("taken"))
        self.write({
            "stock_quantity": from_stock,
            "to_make_quantity": max(self.quantity - from_stock - self.released_quantity, 0),
        })

    def _delivery_moves(self):
        """Return the open moves that take this line's goods out of stock."""
        return self.sudo().order_line_id.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel", "draft")
            and move.location_id.usage == "internal" and not move.move_orig_ids.filtered(
                lambda origin: origin.picking_id))

    # ---------------------------------------------------------------- release

    def _release_quantity(self):
        """Return what is released now: the shortage, or full cartons if that was agreed."""
        self.ensure_one()
        if not self.notice_id.round_up_agreed_by_id or not self.packs_per_carton:
            return self.to_make_quantity
        return ceil(self.to_make_quantity / self.packs_per_carton) * self.packs_per_carton

    def _bom_conditions(self):
        self.ensure_one()
        if json.loads(self.bom_snapshot or "[]"):
            return []
        return [Unmet("bom", self._about(self.env._("no frozen bill of materials")),
                      self.env._("the salesperson submits the order again"))]

    def _freeze_boms(self):
        """Give each line its own archived BoM, as the snapshot of the revision says (D1.4).

        Manufacturing orders keep it through quantity change, split and merge; the
        live BoM may be edited meanwhile.
        """
        # nobody follows or discusses a frozen BoM
        quiet = self.env["mrp.bom"].with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True)
        boms = quiet.create([line._prepare_frozen_bom() for line in self])
        for line, bom in zip(self, boms.with_env(self.env), strict=True):
            line.bom_id = bom

    def _prepare_frozen_bom(self):
        self.ensure_one()
        snapshot = json.loads(self.bom_snapshot)
        live = self.sudo().order_line_id.chosen_bom_id
        return {
            "active": False,
            "code": self.env._("%(notice)s revision %(letter)s", notice=self.notice_id.name,
                      letter=self.notice_id.revision_letter),
            "product_tmpl_id": self.product_id.product_tmpl_id.id,
            "product_id": self.product_id.id,
            "product_qty": float(snapshot[0]["per"]),
            "product_uom_id": snapshot[0]["per_uom"],
            "company_id": self.company_id.id,
            "type": "normal",
            "bom_line_ids": [Command.create({
                "product_id": component["product"],
                "product_qty": float(component["quantity"]),
                "product_uom_id": component["uom"],
            }) for component in snapshot],
            "operation_ids": [Command.create(values)
                              for values in live.operation_ids.copy_data({"bom_id": False})],
        }

    def _prepare_productions(self):
        """Return the values of the manufacturing orders of one line."""
        self.ensure_one()
        order_line = self.sudo().order_line_id
        return [{
            "product_id": self.product_id.id,
            "product_qty": self._release_quantity(),
            "product_uom_id": self.product_uom_id.id,
            "bom_id": self.bom_id.id,
            "company_id": self.company_id.id,
            "notice_id": self.notice_id.id,
            "notice_line_id": self.id,
            "sale_line_id": order_line.id,
            "origin": self.notice_id.name,
            "reference_ids": [Command.set(order_line.order_id.stock_reference_ids.ids)],
            "move_dest_ids": [Command.link(move.id) for move in self._delivery_moves()],
        }]

    @api.model
    def _permitted_to_leave(self, order_lines):
        """Return ``{order line id: (stock was checked, {lot id: how much of it may leave})}``.

        What the stock checks took, and what the lines' own manufacturing orders made.
        """
        found = {}
        for line_id, checked, lot_id, quantity in self._given_by_lot(order_lines):
            before, lots = found.get(line_id, (False, {}))
            if quantity:
                lots[lot_id or False] = lots.get(lot_id or False, 0) + quantity
            found[line_id] = (before or checked, lots)
        return found

    @api.model
    def _given_by_lot(self, order_lines):
        """Return ``(order line id, whether a check gave it, lot id, quantity)``, in one query."""
        self.flush_model(["order_line_id"])
        self.env["gendan.stock.check.line"].flush_model(["notice_line_id", "lot_id", "taken"])
        self.env["stock.move.line"].flush_model(["move_id", "lot_id", "quantity_product_uom"])
        self.env["stock.move"].flush_model(["production_id", "state"])
        self.env["mrp.production"].flush_model(["notice_line_id"])
        return self.env.execute_query(SQL(
            """
            SELECT line.order_line_id, count(row.id) > 0, row.lot_id, sum(row.taken)
              FROM gendan_production_notice_line line
         LEFT JOIN gendan_stock_check_line row ON row.notice_line_id = line.id
             WHERE line.order_line_id = ANY(%(ids)s)
          GROUP BY line.order_line_id, row.lot_id
         UNION ALL
            SELECT line.order_line_id, FALSE, made.lot_id, sum(made.quantity_product_uom)
              FROM gendan_production_notice_line line
              JOIN mrp_production production ON production.notice_line_id = line.id
              JOIN stock_move output ON output.production_id = production.id
               AND output.state = 'done'
              JOIN stock_move_line made ON made.move_id = output.id
             WHERE line.order_line_id = ANY(%(ids)s)
          GROUP BY line.order_line_id, made.lot_id
            """, ids=list(order_lines.ids)))
