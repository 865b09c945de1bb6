from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .forgery_common import ForgeryCase
from .shipping_case import FINANCE, SELLER, ShippingVerbs

# their `write` takes a single field, or the answer, and their `create` nothing of the kind
NARROW = {"gendan.check.sheet.line", "gendan.purchase.allocation"}


@tagged("adversary")
class TestForgeryReckoned(ShippingVerbs, ForgeryCase):
    """What is reckoned or noted by the server is no figure that somebody sends (X4, X5)."""

    def shipping(self, **values):
        order = self.stocked_order(packs=5760)
        with self.at("2026-11-24 14:00"):
            return self.accepted_shipping(order, "2026-11-26", **values)

    def written(self):
        """Return the models of our addons whose rows some role may write or add."""
        rights = self.env["ir.model.access"].search([
            ("model_id.model", "=like", "gendan.%"),
            "|", ("perm_write", "=", True), ("perm_create", "=", True)])
        system = self.env.registry["gendan.system.mixin"]
        return [self.env[name] for name in sorted(set(rights.model_id.mapped("model")))
                if not self.env[name]._transient and self.env[name]._auto and name not in NARROW
                and not issubclass(self.env.registry[name], system)]

    def test_no_stored_sum_is_written(self):
        """Every stored field that is computed and not to be typed, in every model."""
        tried = 0
        for model in self.written():
            model = model.with_user(self.user("E09"))
            for field in model._fields.values():
                if not (field.store and field.compute and field.readonly) or field.inverse:
                    continue
                tried += 1
                with self.subTest(field=str(field)), self.assertRaises(AccessError):
                    model._check_field_access(field, "write")
        self.assertGreater(tried, 60, "there is something to try")

    def test_payment_hold_is_lifted_by_finance_alone(self):
        """D8.6: neither the salesperson nor the merchandiser lets held goods go."""
        shipping = self.shipping()
        self.by(shipping, FINANCE).action_hold_payment("超期 30 天未付")
        for number in (SELLER, "E04", "E06", "E02", "E09", "E10", "E11"):
            with self.subTest(user=number):
                error = self.assert_no_effect(
                    ["gendan.shipping.notice"], self.rpc, number, "gendan.shipping.notice",
                    "write", shipping.ids, {"payment_hold": False})
                self.assertIsInstance(error, UserError)
        self.by(shipping, FINANCE).action_release_payment()
        self.assertFalse(shipping.payment_hold)

    def test_a_large_load_does_not_become_a_small_one(self):
        """D6.1, A17: from 15 m³ on it is supervised, whatever figure somebody sends."""
        shipping = self.shipping(
            container_type_id=self.env.ref("gendan_followup.container_20gp").id)
        self.assertTrue(shipping.needs_report)
        for number in (SELLER, "E02", "E09", "E11"):
            for values in ({"needs_report": False}, {"volume": 0.1}, {"weight": 1.0},
                           {"cartons": 1}, {"merchandiser_id": self.user("E10").id},
                           {"name": "CY-2611-9999"}):
                with self.subTest(user=number, values=values):
                    error = self.assert_no_effect(
                        ["gendan.shipping.notice"], self.rpc, number, "gendan.shipping.notice",
                        "write", shipping.ids, values)
                    self.assertIsInstance(error, AccessError)

    def test_a_small_truck_does_not_become_a_large_one(self):
        """D8.1, D11.2: payload, load and waiting follow from the truck and the trip."""
        shipping = self.shipping()
        with self.at("2026-11-25 15:00"):
            self.by(shipping, "E11").action_confirm_goods()
            dispatch = self.as_user("gendan.dispatch", "E11").create({
                "day": "2026-11-26", "hired_plate": "浙A12345", "hired_volume": 30,
                "hired_payload": 9000, "hired_driver": "外", "stop_ids": [
                    (0, 0, {"shipping_id": shipping.id, "cartons": shipping.cartons})]})
        for values in ({"max_payload": 99999}, {"weight": 1}, {"goods_wait_minutes": 600},
                       {"driver_wait_minutes": 0}, {"notes_open": 0}):
            with self.subTest(values=values):
                error = self.assert_no_effect(
                    ["gendan.dispatch"], self.rpc, "E11", "gendan.dispatch", "write",
                    dispatch.ids, values)
                self.assertIsInstance(error, AccessError)
        error = self.assert_no_effect(
            ["gendan.dispatch.stop"], self.rpc, "E11", "gendan.dispatch.stop", "write",
            dispatch.stop_ids.ids, {"weight": 1})
        self.assertIsInstance(error, AccessError)

    def test_no_open_order_drops_out_of_the_review(self):
        """D4.1, D7.2: whether an order is followed is not said by whom it would remind."""
        order = self.order_in("released")
        self.assertTrue(order.is_followed)
        for number in ("E05", "E10", "E09", "E07", "E02"):
            for values in ({"is_followed": False}, {"stage": False}):
                with self.subTest(user=number, values=values):
                    error = self.assert_no_effect(
                        ["sale.order"], self.rpc, number, "sale.order", "write", order.ids,
                        values)
                    self.assertIsInstance(error, AccessError)

    def test_a_default_of_the_client_is_no_figure_either(self):
        """A context key fills what is not sent: it is not heard for what is reckoned (X4)."""
        order = self.stocked_order(packs=5760)
        with self.at("2026-11-24 14:00"):
            shipping = self.env["gendan.shipping.notice"].browse(self.rpc(
                SELLER, "gendan.shipping.notice", "create", {
                    "notice_id": order.sudo().notice_id.id, "ship_date": "2026-11-26",
                    "container_type_id": self.env.ref("gendan_followup.container_20gp").id},
                context={"default_needs_report": False, "default_merchandiser_id": 1,
                         "default_payment_hold": "x", "default_volume": 1}))
        self.assertRecordValues(shipping.sudo(), [{
            "needs_report": True, "merchandiser_id": self.user("E10").id, "volume": 0,
            "payment_hold": False}])
        error = self.assert_no_effect(
            ["gendan.shipping.notice"], self.rpc, SELLER, "gendan.shipping.notice", "create",
            {"notice_id": order.sudo().notice_id.id, "ship_date": "2026-11-26",
             "needs_report": False})
        self.assertIsInstance(error, AccessError)
