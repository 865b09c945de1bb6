"""Verbs of the shipping room: what leads from reserved goods to a truck that leaves."""

from datetime import timedelta

from odoo.fields import Command

from .common import FollowupCase

SELLER, FINANCE, KEEPER, DISPATCHER = "E05", "E08", "E16", "E11"


class ShippingVerbs:
    """Mixed into cases that also have the verbs of the factory."""

    def as_user(self, model, number):
        """Return an empty recordset of ``model`` for employee ``number``."""
        return self.env[model].with_user(self.user(number)).with_company(self.company)

    def stocked_order(self, packs=5760, customer="C06", product="F01", seller=SELLER,
                      day="2026-11-24", due="2026-11-26", merchandiser="E10", **values):
        """Return a valid order whose goods lie reserved on stock (S02.1)."""
        with self.at(f"{day} 08:30"):
            order = self.new_order(seller, customer, [(product, packs, 8.9)], due, **values)
            self.make_valid(order, merchandiser=merchandiser)
        with self.at(f"{day} 10:40"):
            self.release(order, merchandiser)
        return order

    def new_shipping(self, order, ship_date, packs=None, seller=SELLER, **values):
        """Draft a shipping notice as the salesperson."""
        notice = order.sudo().notice_id
        return self.as_user("gendan.shipping.notice", seller).create({
            "notice_id": notice.id, "ship_date": ship_date, "address": "杭州市莫干山路 666 号",
            "line_ids": [Command.create({
                "notice_line_id": line.id, "quantity": packs or line.quantity,
            }) for line in notice.line_ids],
            **values,
        })

    def accepted_shipping(self, order, ship_date, packs=None, seller=SELLER, **values):
        """Return a notice that the merchandiser has accepted."""
        shipping = self.new_shipping(order, ship_date, packs, seller, **values)
        self.by(shipping, seller).action_submit()
        self.by(shipping, DISPATCHER).action_accept()
        return shipping

    def with_slip(self, shipping):
        """Let finance issue the slip for ``shipping``; return it."""
        self.by(shipping, FINANCE).action_issue_slip()
        return shipping.slip_id

    def start_loading(self, shipping):
        """Let the keeper take his copy and start."""
        self.by(shipping, KEEPER).action_start_loading()

    def papers(self, order, packs=None, seller=SELLER):
        """Let ``order`` leave tomorrow: notice, slip, keeper's copy; return the notice."""
        tomorrow = self.company._company_today() + timedelta(days=1)
        shipping = self.accepted_shipping(order, tomorrow, packs, seller)
        self.with_slip(shipping)
        self.start_loading(shipping)
        return shipping

    def delivery(self, order):
        """Return the open delivery of ``order`` in the keeper's hands."""
        return self.by(order.sudo().picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")), KEEPER)


class ShippingCase(ShippingVerbs, FollowupCase):
    """A transaction case with the verbs of the shipping room."""
