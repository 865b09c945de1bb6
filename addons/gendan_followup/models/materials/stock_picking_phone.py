from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..production.check_sheet_phone import ANSWERED

KIND_ROLES = {"incoming_raw": ("raw_keeper",), "incoming_packaging": ("packaging_keeper",)}


class StockPicking(models.Model):
    """A delivery checked in on the phone: lot, points, receive (X11, X13, L-R2, L-K1)."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "gendan.phone.mixin"]

    _phone_steps = ("receive",)

    @api.model
    def phone_deliveries(self):
        """Return what is expected, for whoever holds the phone, with the points to look at.

        Raw material for its keeper, packaging for the other one, both for quality control.
        """
        kinds = self._phone_kinds()
        domain = Domain([
            ("picking_type_id.code", "=", "incoming"), ("company_id", "=", self.env.company.id),
            ("state", "in", ("assigned", "confirmed", "partially_available"))])
        if len(kinds) == 1:
            wanted = "!=" if "incoming_packaging" in kinds else "="
            domain &= Domain("product_id.packaging_kind", wanted, False)
        moves = self.env["stock.move"].search(
            domain if kinds else Domain.FALSE, order="date, id", limit=80)
        return [move._phone_delivery() for move in moves]

    @api.model
    def _phone_kinds(self):
        user = self.env.user
        return [kind for kind, roles in KIND_ROLES.items()
                if any(user._principals(role) for role in (*roles, "qc"))]

    def _phone_receive(self, step):
        """Check in one move: open and answer its sheet, then receive what came.

        :param dict step: ``move``, ``lot``, ``quantity``, ``answers`` ``{template line id:
            values}``, ``skip`` for 未检收货
        """
        self.ensure_one()
        move = self.move_ids.filtered(lambda one: one.id == step.get("move"))
        if not move or move.state in ("done", "cancel"):
            raise UserError(self.env._("%s: this was received already.", self.name))
        quantity = float(step.get("quantity") or 0)
        if quantity <= 0:
            raise UserError(self.env._("%s: how much came?", self.name))
        lot = move._phone_lot((step.get("lot") or "").strip())
        sheet = self.env["gendan.check.sheet"].create(move._prepare_incoming_sheet(lot))
        self._phone_fill(sheet, step)
        move._phone_book(lot, quantity)

    def _phone_fill(self, sheet, step):
        at = {"event_at": step["event_at"]} if step["event_at"] else {}
        answers = step.get("answers") or {}
        for point in sheet.line_ids:
            sent = answers.get(str(point.template_line_id.id)) or {}
            values = {name: sent[name] for name in ANSWERED if sent.get(name)}
            if values:
                point.write({**values, **at})
        if step.get("skip"):
            sheet.action_skip(event_at=step["event_at"])
        else:
            sheet.action_close(event_at=step["event_at"])
