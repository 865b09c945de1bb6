from odoo.fields import Command

from .common import moment
from .shipping_case import DISPATCHER, ShippingCase

DRIVER, OTHER = "E23", "E22"


class TestDriverPhone(ShippingCase):
    """The driver clocks with his badge, also what a dead network held back (X11, X17)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-25 15:00"):
            self.trip = self.as_user("gendan.dispatch", DISPATCHER).create({
                "day": "2026-11-26", "vehicle_id": self.ref("vehicle_V4").id,
                "driver_id": self.ref(DRIVER).id, "stop_ids": [
                    Command.create({"kind": "pickup", "purpose": "取膜", "place": "义乌",
                                    "hour_due": 9.5}),
                    Command.create({"kind": "errand", "purpose": "送样", "place": "检测中心"})]})
            self.trip.action_confirm()

    def gate(self, driver=DRIVER):
        return self.at_gate(self.as_user("gendan.dispatch", "pad_gate"), driver)

    def send(self, at, *steps, driver=DRIVER, token=None):
        """Let the phone send ``steps`` at ``at``; return the answers in their order."""
        with self.at(at):
            phone = self.gate(driver)
            rows = [{"key": f"{at}-{index}", "token": token or phone.env.context["gendan_badge"],
                     **step} for index, step in enumerate(steps)]
            answers = self.by(self.trip, "pad_gate").action_sync(rows)
        return [answers[row["key"]] for row in rows]

    def test_his_trips_and_nobody_elses(self):
        with self.at("2026-11-26 07:50"):
            trip, = self.gate().phone_trips()
            self.assertEqual(self.gate(OTHER).phone_trips(), [])
            self.assertEqual(
                self.as_user("gendan.dispatch", "pad_gate").phone_trips(), [], "without a badge")
        self.assertEqual((trip["name"], trip["plate"], trip["is_today"], trip["missing"]),
                         (self.trip.name, "浙G·A1004", True, ""))
        self.assertEqual([stop["place"] for stop in trip["stops"]], ["义乌", "检测中心"])

    def test_a_day_on_the_phone(self):
        stops = self.trip.stop_ids
        self.assertEqual(self.send("2026-11-26 08:00", {"kind": "duty"}), [False])
        self.assertEqual(self.send(
            "2026-11-26 08:20", {"kind": "depart", "odometer": 50200},
            {"kind": "wait", "cause": "goods", "minutes": 15}), [False, False])
        self.assertEqual(self.send("2026-11-26 09:40", {"kind": "arrive", "stop": stops[0].id}),
                         [False])
        self.assertEqual(self.send("2026-11-26 12:00", {"kind": "return", "odometer": 50260}),
                         [False])
        self.assertRecordValues(self.trip, [{
            "state": "done", "duty_at": moment("2026-11-26 08:00"), "wait_minutes": 20,
            "departed_at": moment("2026-11-26 08:20"), "goods_wait_minutes": 15, "distance": 60,
            "returned_at": moment("2026-11-26 12:00"), "unexplained_minutes": 5}])
        self.assertRecordValues(stops, [
            {"arrived_at": moment("2026-11-26 09:40"), "late_minutes": 10},
            {"arrived_at": False, "late_minutes": 0}])
        steps = self.trip.phone_step_ids
        self.assertEqual(set(steps.mapped("kind")),
                         {"duty", "depart", "wait", "arrive", "return"})
        self.assertEqual((steps.employee_id, steps.user_id),
                         (self.ref(DRIVER), self.user("pad_gate")), "person and device (X17)")
        self.assertEqual(self.trip.wait_ids.employee_id, self.ref(DRIVER))

    def test_noted_without_a_network(self):
        """What was clocked on the road counts when it happened, and shows when it came."""
        with self.at("2026-11-26 08:00"):
            token = self.gate().env.context["gendan_badge"]
        stop = self.trip.stop_ids[0]
        utc = {name: str(moment(f"2026-11-26 {name}")) for name in ("08:05", "08:10", "08:25")}
        rows = ({"kind": "duty", "noted_at": utc["08:05"]},
                {"kind": "depart", "odometer": 50200, "noted_at": utc["08:10"]},
                {"kind": "arrive", "stop": stop.id, "noted_at": utc["08:25"]})
        for _twice in range(2):
            self.assertEqual(self.send("2026-11-26 11:00", *rows, token=token), [False] * 3)
        self.assertRecordValues(self.trip, [{
            "duty_at": moment("2026-11-26 08:05"), "departed_at": moment("2026-11-26 08:10")}])
        self.assertEqual(stop.arrived_at, moment("2026-11-26 08:25"))
        self.assertEqual(len(self.trip.phone_step_ids), 3, "what arrives twice counts once")
        self.assertEqual(set(self.trip.phone_step_ids.mapped("arrived_at")),
                         {moment("2026-11-26 11:00")})

    def test_bad_steps_change_nothing(self):
        elsewhere = self.as_user("gendan.dispatch.stop", DISPATCHER)
        with self.at("2026-11-25 15:10"):
            elsewhere = self.as_user("gendan.dispatch", DISPATCHER).create({
                "day": "2026-11-26", "vehicle_id": self.ref("vehicle_V3").id,
                "driver_id": self.ref(OTHER).id, "stop_ids": [Command.create(
                    {"kind": "errand", "purpose": "送样"})]}).stop_ids
        future = str(moment("2026-11-26 12:00"))
        cases = (
            ({"kind": "depart", "odometer": 0}, "is no odometer reading: type the km"),
            ({"kind": "depart", "odometer": -7}, "is no odometer reading"),
            ({"kind": "depart", "odometer": "50200"}, "is no odometer reading"),
            ({"kind": "depart", "odometer": 99999999}, "is no odometer reading"),
            ({"kind": "depart"}, "is no odometer reading"),
            ({"kind": "arrive", "stop": self.trip.stop_ids[0].id}, "has not left yet"),
            ({"kind": "arrive", "stop": elsewhere.id}, "That stop is not on"),
            ({"kind": "wait", "cause": "weather", "minutes": 5}, "Say what the truck waited for"),
            ({"kind": "wait", "cause": "goods", "minutes": "5"}, "Say what the truck waited for"),
            ({"kind": "wait", "cause": "goods", "minutes": -5}, "is no wait of one day"),
            ({"kind": "duty", "noted_at": future}, "look at its clock"),
        )
        for step, text in cases:
            with self.subTest(step=step):
                self.assertRegex(self.send("2026-11-26 08:00", step)[0], text)
        self.assertRegex(self.send("2026-11-26 08:00", {"kind": "duty"}, driver=OTHER)[0],
                         "is not yours to clock")
        self.assertRegex(self.send("2026-11-26 08:00", {"kind": "duty"}, token="made up")[0],
                         "Nobody held")
        with self.refused("A phone sent something unknown"):
            self.by(self.trip, "pad_gate").action_sync([{"key": "k", "kind": "cancel"}])
        self.assertRecordValues(self.trip, [{
            "state": "confirmed", "duty_at": False, "departed_at": False}])
        self.assertFalse(self.trip.wait_ids)
        self.assertFalse(self.trip.stop_ids.filtered("arrived_at"))

    def test_steps_out_of_order(self):
        self.send("2026-11-26 08:20", {"kind": "duty"})
        with self.at("2026-11-26 08:00"):
            token = self.gate().env.context["gendan_badge"]
        answer, = self.send("2026-11-26 08:30", {
            "kind": "depart", "odometer": 50200, "noted_at": str(moment("2026-11-26 08:10"))},
            token=token)
        self.assertRegex(answer, "08:10 lies before the step at 08:20")
        self.assertEqual(self.trip.state, "confirmed")
