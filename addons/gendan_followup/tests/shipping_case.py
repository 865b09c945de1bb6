"""Verbs of the shipping room: what leads from reserved goods to a truck that leaves."""

from datetime import timedelta

from odoo.fields import Command

from .common import FollowupCase

PIXEL = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
         "RU5ErkJggg==")
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

    def with_slip(self, shipping, remark=None):
        """Let finance issue the slip for ``shipping``; return it.

        :param str remark: the bank's slip, where the money has come in and is not booked yet
        """
        if remark is None:
            self.by(shipping, FINANCE).action_issue_slip()
            return shipping.slip_id
        slip = self.as_user("gendan.issue.slip", FINANCE).create({
            "shipping_id": shipping.id, "release_remark": remark,
            "received_amount": shipping.sudo().notice_id.order_id.deposit_open,
            "line_ids": [Command.create({"shipping_line_id": line.id, "quantity": line.quantity})
                         for line in shipping.line_ids]})
        slip.action_issue()
        return slip

    def at_gate(self, records, driver):
        """Return ``records`` on the gate's phone, in the hands of ``driver`` by his badge."""
        return self.held(self.by(records, "pad_gate"), driver)

    def container(self, code):
        """Return the container type of ``code``, e.g. ``20gp``."""
        return self.env.ref(f"gendan_followup.container_{code}")

    def loading_report(self, shipping, supervisor=DISPATCHER):
        """Plan the supervision of a loading and start it, as ``supervisor``."""
        report = self.as_user("gendan.loading.report", supervisor).create(
            {"shipping_id": shipping.id})
        report.action_start()
        return report

    def fill_report(self, report, supervisor=DISPATCHER, number="CSQU3054383"):
        """Enter head, ticks and photos of a loading, everything but the tallies."""
        mine = self.by(report, supervisor)
        mine.write({
            "container_no": number, "seal_no": "SH8841207", "truck_plate": "浙B·H2203",
            **dict.fromkeys(("check_clean", "check_dry", "check_holes", "check_doors",
                             "check_smell"), "ok")})
        mine.line_ids.write({"product_ok": True, "mark_ok": True, "lot_ok": True})
        for stage in ("empty", "half", "full", "door", "seal"):
            mine.action_photo(stage, PIXEL)

    def tally(self, report, number, *cartons):
        """Enter the count of ``number``, one figure per line."""
        lines = report.sudo().line_ids
        self.by(report, number).action_tally(dict(zip(lines.ids, cartons, strict=True)))

    def start_loading(self, shipping):
        """Let the keeper take his copy and start."""
        self.by(shipping, KEEPER).action_start_loading()

    def lay_on_stock(self, order, packs):
        """Lay ``packs`` of the order's goods on stock, in its own bag and mark."""
        line = order.sudo().notice_id.line_ids
        lot = self.env["stock.lot"].sudo().create({
            "product_id": line.product_id.id, "name": f"NP-{order.id}", "mark": line.mark_front,
            "bag_version_id": line.bag_version_id.id, "company_id": self.company.id,
            "expiration_date": "2031-12-14"})
        self.env["stock.quant"].sudo()._update_available_quantity(
            line.product_id, self.ref("warehouse").lot_stock_id, packs, lot_id=lot)

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
