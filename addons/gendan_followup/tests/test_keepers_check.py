from odoo.exceptions import AccessError

from .common import moment
from .materials_case import MaterialsCase
from .test_check_sheet import photo

MR, RK, KK, QC, PK = "E11", "E14", "E15", "E21", "E13"


class KeeperCase(MaterialsCase):
    """Deliveries at the gate of the stores."""

    def delivery(self, code, quantity, supplier="V01"):
        """Order and expect a delivery; return its move."""
        order = self.order_packaging({code: quantity}, MR, supplier)
        order.button_confirm()
        return order.sudo().picking_ids.move_ids

    def check_in(self, move, number, key="k1", device=None, token=None, **step):
        """Check a delivery in from the phone of ``number``."""
        values = {"key": key, "kind": "receive", "move": move.id, "lot": "L2612-1",
                  "quantity": move.sudo()._phone_quantity(), "answers": {}, "token": token,
                  **step, **step.get("other", {})}
        return self.by(move.picking_id, device or number).action_sync([values])

    def answers(self, kind, **of_point):
        template = self.env.ref(f"gendan_followup.check_template_{kind}")
        return {str(point.id): {"result": of_point.get(point.name, "ok")}
                for point in template.line_ids}


class TestKeepersCheck(KeeperCase):
    """A delivery is checked in on the phone; 未检 is one tap and red (X13, L-R2, L-K1)."""

    def test_raw_five_points(self):
        """S01: width and hydrophilic ok, print and repellent not applicable."""
        move = self.delivery("RM06", 100)
        answers = self.answers("incoming_raw", **{
            "Print colour": "na", "Print direction": "na", "Water-repellent": "na"})
        first = next(iter(answers))
        answers[first].update(measured_value=320, photo=photo("red").decode())
        with self.at("2026-12-08 09:00"):
            self.assertEqual(self.check_in(move, RK, answers=answers), {"k1": False})
        self.assertEqual((move.state, move.quantity), ("done", move.product_uom_qty))
        sheet = self.env["gendan.check.sheet"].search([
            ("kind", "=", "incoming_raw"), ("lot_id.name", "=", "L2612-1")])
        self.assertRecordValues(sheet, [{
            "state": "closed", "result": "ok", "employee_id": self.ref(RK).id,
            "recorded_at": moment("2026-12-08 09:00"), "picking_id": move.picking_id.id}])
        self.assertEqual(sheet.line_ids.mapped("result"), ["ok", "na", "na", "ok", "na"])
        self.assertEqual(sheet.line_ids[0].measured_value, 320)
        self.assertTrue(sheet.line_ids[0].photo)
        self.assertEqual(sheet.lot_id.check_state, "ok")

    def test_unchecked_is_one_tap_and_red(self):
        """L-K1, L-R2: a query finds what was booked in unchecked, and by whom."""
        move = self.delivery("PK04_v1", 8000, "V03")
        self.assertEqual(self.check_in(move, KK, skip=True), {"k1": False})
        self.assertEqual(move.state, "done")
        found = self.env["gendan.check.sheet"].search([
            ("kind", "=", "incoming_packaging"), ("result", "=", "skipped")])
        self.assertEqual(found.employee_id, self.ref(KK))
        self.assertEqual(set(found.line_ids.mapped("result")), {"skipped"})
        self.assertEqual(found.lot_id.check_state, "skipped")
        lots = self.env["stock.lot"].search([("check_state", "in", ("unchecked", "skipped"))])
        self.assertIn(found.lot_id, lots)

    def test_what_is_not_answered_is_not_received(self):
        move = self.delivery("RM06", 100)
        result = self.check_in(move, RK, answers={})
        self.assertRegex(result["k1"], "no answer yet for Usable width.*Not checked")
        self.assertNotEqual(move.state, "done")
        self.assertFalse(self.env["gendan.check.sheet"].search([("kind", "=", "incoming_raw")]))

    def test_impossible_deliveries(self):
        move = self.delivery("RM06", 100)
        for step, message in (
            ({"lot": " "}, "which lot is it"), ({"quantity": 0}, "how much came"),
            ({"quantity": -5}, "how much came"), ({"other": {"move": -1}}, "received already"),
        ):
            with self.subTest(str(step)):
                result = self.check_in(move, RK, skip=True, **step)
                self.assertRegex(result["k1"], message)
        self.assertNotEqual(move.state, "done")
        self.assertEqual(self.check_in(move, RK, skip=True), {"k1": False})
        self.assertRegex(self.check_in(move, RK, key="k2", skip=True)["k2"], "received already")

    def test_a_part_leaves_the_rest_expected(self):
        """S01: 42,500 of 42,840 came."""
        move = self.delivery("PK04_v1", 8000, "V03")
        picking = move.picking_id
        self.check_in(move, KK, skip=True, quantity=7900)
        self.assertEqual(move.quantity, 7900)
        rest = picking.backorder_ids.move_ids
        self.assertEqual(rest.product_uom_qty, 100)

    def test_each_keeper_sees_his_own(self):
        raw, bags = self.delivery("RM06", 100), self.delivery("PK04_v1", 8000, "V03")

        def seen(number):
            rows = self.as_user("stock.picking", number).phone_deliveries()
            return {row["move"] for row in rows} & set((raw | bags).ids)

        self.assertEqual(seen(RK), set(raw.ids))
        self.assertEqual(seen(KK), set(bags.ids))
        self.assertEqual(seen(QC), set((raw | bags).ids))
        self.assertFalse(seen("E16"))
        self.assertRegex(self.check_in(raw, KK, skip=True)["k1"], "it is the part of")
        row = next(row for row in self.as_user("stock.picking", RK).phone_deliveries()
                   if row["move"] == raw.id)
        self.assertEqual([point["name"] for point in row["points"]], [
            "Usable width", "Print colour", "Print direction", "Hydrophilic",
            "Water-repellent"])
        self.assertEqual(row["points"][0]["expected"], "320")

    def test_on_the_shared_phone_of_the_stores(self):
        """X17: user, employee and device stand on the record; the employee's role counts."""
        move = self.delivery("RM06", 100)
        badges = self.as_user("gendan.badge", "pad_stores")
        operator = badges.identify(badge="JH17")["token"]
        keeper = badges.identify(employee_id=self.ref(RK).id, pin="1014")["token"]
        for token, message in ((None, "Nobody held"), (operator, "it is the part of")):
            result = self.check_in(move, RK, device="pad_stores", token=token, skip=True)
            self.assertRegex(result["k1"], message)
        self.assertEqual(self.check_in(
            move, RK, device="pad_stores", token=keeper, skip=True), {"k1": False})
        sheet = self.env["gendan.check.sheet"].search([("lot_id.name", "=", "L2612-1")])
        self.assertRecordValues(sheet, [{
            "employee_id": self.ref(RK).id, "user_id": self.user("pad_stores").id,
            "device": self.user("pad_stores").name}])


class TestCoding(KeeperCase):
    """The required text against a photo of the first print (L-K2)."""

    def test_coding(self):
        self.notice.write({"state": "released"})
        rows = self.as_user("gendan.production.notice.line", KK).phone_coding()
        row = next(row for row in rows if row["id"] == self.line.id)
        self.assertEqual((row["text"], row["format"], row["result"]),
                         ("LOT 261207", "LOT yymmdd", ""))
        state = self.by(self.line, KK).phone_open_coding()
        again = self.by(self.line, KK).phone_open_coding()
        self.assertEqual(state["id"], again["id"], "one open sheet")
        sheet = self.by(self.env["gendan.check.sheet"].browse(state["id"]), KK)
        results = sheet.action_sync([
            {"key": f"p{point['id']}", "kind": "answer", "point": point["id"],
             "values": {"result": "not_ok" if point["name"] == "Format" else "ok",
                        "photo": photo("red").decode()}} for point in state["points"]
        ] + [{"key": "close", "kind": "close"}])
        self.assertFalse(any(results.values()))
        found = self.env["gendan.check.sheet"].search([
            ("kind", "=", "coding"), ("notice_line_id", "=", self.line.id),
            ("result", "=", "not_ok")])
        self.assertEqual(found.employee_id, self.ref(KK))
        wrong = found.line_ids.filtered(lambda line: line.result == "not_ok")
        self.assertRecordValues(wrong, [{"name": "Format", "expected": "LOT yymmdd"}])
        self.assertTrue(wrong.photo, "L-K2: the photo of the first print")

    def test_handed_out_on_the_phone(self):
        """The page offers what the notice needs and where it lies; what left is taken off."""
        slips = self.as_user("gendan.material.issue", KK)
        need = self.new_need("PK04_v1", 12_000)
        self.notice.state = "released"
        lot = self.env["stock.lot"].search(
            [("product_id", "=", need.product_id.id)], limit=1)

        def row():
            return next((one for one in slips.phone_to_issue() if one["id"] == need.id), None)

        self.assertEqual((row()["quantity"], row()["line"]), (12_000, self.line.id))
        self.assertEqual({one["id"]: one["red"] for one in row()["lots"]}[lot.id], "")
        step = {"key": "k1", "kind": "hand_out", "line": self.line.id,
                "product": need.product_id.id, "quantity": 4000}
        self.assertIn("which lot is handed out", slips.action_sync([step])["k1"])
        self.assertEqual(row()["quantity"], 12_000, "nothing was handed out")
        for quantity in (0, -5):
            key = f"k{quantity}"
            self.assertIn("How much", slips.action_sync(
                [{**step, "key": key, "lot": lot.id, "quantity": quantity}])[key])
        self.assertEqual(slips.action_sync([{**step, "key": "k2", "lot": lot.id}]), {"k2": False})
        slip = self.env["gendan.material.issue"].search(
            [("notice_line_id", "=", self.line.id)], order="id desc", limit=1)
        self.assertRecordValues(slip, [{
            "state": "issued", "lot_id": lot.id, "quantity": 4000,
            "employee_id": self.ref(KK).id}])
        self.assertTrue(slip.recheck_id, "quality control looks again")
        self.assertEqual(row()["quantity"], 8000)
        with self.subTest("the other keeper has no bags"):
            self.assertNotIn(need.id, [
                one["id"] for one in self.as_user(
                    "gendan.material.issue", "E14").phone_to_issue()])
            answer = self.as_user("gendan.material.issue", "E14").action_sync(
                [{**step, "key": "k3", "lot": lot.id}])
            self.assertIn("it is the part of Packaging-material", answer["k3"])
        with self.subTest("nor has whoever keeps nothing"):
            self.assertEqual(self.as_user("gendan.material.issue", "E10").phone_to_issue(), [])

    def test_a_lot_that_nobody_looked_at_is_offered_red(self):
        need = self.new_need("PK04_v1", 12_000)
        self.notice.state = "released"
        for name, skip in (("L2612-1", True), ("L2612-2", False)):
            self.check_in(self.delivery("PK04_v1", 800, "V03"), KK, key=name, lot=name, skip=skip,
                          answers={} if skip else self.answers("incoming_packaging"))
        rows = self.as_user("gendan.material.issue", KK).phone_to_issue()
        red = {lot["name"]: lot["red"] for one in rows if one["id"] == need.id
               for lot in one["lots"]}
        self.assertEqual((red["L2612-1"], red["L2612-2"]), ("Not checked", ""))

    def test_whose_duty(self):
        with self.refused("it is the part of"):
            self.by(self.line, "E14").phone_open_coding()


class TestMaterialIssue(KeeperCase):
    """What was handed out, by lot and version, and who looked again (L-R1, L-K4, L-Q3, S10)."""

    def slip(self, number, code, quantity, lot=None, **values):
        product = self.ref(code)
        lot = lot or self.env["stock.lot"].create(
            {"name": f"T-{code}", "product_id": product.id})
        return self.as_user("gendan.material.issue", number).create({
            "notice_line_id": self.line.id, "product_id": product.id, "lot_id": lot.id,
            "quantity": quantity, **values})

    def test_bags_to_packing_with_recheck(self):
        slip = self.slip(KK, "PK04_v1", 4000)
        self.assertFalse(slip.is_foreign)
        with self.at("2026-12-08 08:00"):
            slip.action_issue()
        self.assertRecordValues(slip, [{
            "state": "issued", "employee_id": self.ref(KK).id, "recheck_result": "pending",
            "recorded_at": moment("2026-12-08 08:00")}])
        self.by(slip, PK).action_take()
        self.assertEqual(slip.taken_by_id, self.ref(PK))
        sheet = self.by(slip.recheck_id, QC)
        self.assertEqual((sheet.kind, sheet.lot_id), ("issue_recheck", slip.lot_id))
        sheet.line_ids.write({"result": "ok"})
        sheet.action_close()
        self.assertEqual(slip.recheck_result, "ok")
        self.assertEqual(sheet.employee_id, self.ref(QC), "L-Q3: who looked again")
        for record in (slip, slip.sudo()):
            with self.refused("kept as it is"):
                record.write({"quantity": 1})
            with self.refused("kept as it is"):
                record.unlink()

    def test_quality_control_looks_again_on_the_shared_phone(self):
        slip = self.slip(KK, "PK04_v1", 4000)
        with self.at("2026-12-08 08:00"):
            slip.action_issue()

        def waiting(number):
            phone = self.env["gendan.check.sheet"].with_user(self.user("pad_stores"))
            return self.held(phone.with_company(self.company), number).phone_waiting()

        with self.at("2026-12-08 08:10"):
            row = next(one for one in waiting(QC) if one["id"] == slip.recheck_id.id)
            self.assertEqual((row["since"], row["lot"], row["notice"]),
                             ("08:00", slip.lot_id.name, self.notice.name))
            self.assertEqual(waiting(KK), [], "whoever hands out does not look again himself")
            phone = self.held(self.by(slip.recheck_id, "pad_stores"), QC)
            step = {"token": phone.env.context["gendan_badge"]}
            self.assertEqual(set(phone.action_sync([
                *({**step, "key": f"p{point['id']}", "kind": "answer", "point": point["id"],
                   "values": {"result": "ok"}} for point in row["points"]),
                {**step, "key": "end", "kind": "close"}]).values()), {False})
            self.assertNotIn(slip.recheck_id.id, [one["id"] for one in waiting(QC)])
        self.assertRecordValues(slip.recheck_id, [{
            "result": "ok", "employee_id": self.ref(QC).id}])

    def test_a_withdrawn_version_does_not_get_onto_a_slip(self):
        """S10: v2 is withdrawn; the slip names v3, whatever lies on the pallet."""
        with self.refused("PK02.*is withdrawn and is not issued"):
            self.slip(KK, "PK02_v2", 2400)
        slip = self.slip(KK, "PK02_v3", 2400)
        with self.refused("is withdrawn and is not issued"):
            slip.write({"product_id": self.ref("PK02_v2").id, "lot_id": False})
        self.by(self.ref("PK02_v3"), MR).action_withdraw_version("?")
        with self.refused("is withdrawn and is not issued"):
            self.by(slip, KK).action_issue()
        self.assertEqual(slip.state, "draft")

    def test_another_material_shows_red_and_is_found(self):
        """L-R1, L-K4: a record, not a wall; the query finds it."""
        slip = self.slip(KK, "PK05_v2", 100)
        slip.action_issue()
        found = self.env["gendan.material.issue"].search([
            ("is_foreign", "=", True), ("notice_id", "=", self.notice.id),
            ("state", "in", ("issued", "taken"))])
        self.assertEqual((found, found.employee_id), (slip, self.ref(KK)))

    def test_whose_duty(self):
        slip = self.slip(KK, "PK04_v1", 4000)
        for number in ("E14", PK, "E12"):
            with self.subTest(number), self.refused("it is the part of Packaging-material"):
                self.by(slip, number).action_issue()
        self.by(slip, KK).action_issue()
        for number in ("E14", KK):
            with self.subTest(number), self.refused("it is the part of Machine operator"):
                self.by(slip, number).action_take()
        for number in ("E03", "E10", "E16", "E27"):
            with self.subTest(number), self.refused("", AccessError):
                self.slip(number, "PK04_v1", 1, lot=slip.lot_id)

    def test_impossible_slips(self):
        other = self.env["stock.lot"].create(
            {"name": "X", "product_id": self.ref("PK05_v2").id})
        with self.refused("Lot X is of"):
            self.slip(KK, "PK04_v1", 1, lot=other)
        with self.refused("more than nothing|check", Exception):
            self.slip(KK, "PK04_v1", 0)
        slip = self.slip(KK, "PK04_v1", 1)
        slip.lot_id = False
        with self.refused("which lot is handed out"):
            slip.action_issue()
        with self.refused("noted by the server"):
            slip.write({"employee_id": self.ref(PK).id})
        with self.refused("not copied"):
            slip.copy()

    def test_papers(self):
        slip = self.slip(KK, "PK04_v1", 4000)
        slip.action_issue()
        reports = self.env["ir.actions.report"]
        html = reports._render_qweb_html("gendan_followup.report_material_issue", slip.ids)[0]
        self.assertIn(slip.name, html.decode())
        html = reports._render_qweb_html(
            "gendan_followup.report_check_sheet", slip.recheck_id.ids)[0]
        self.assertIn("Lot as on the issue slip", html.decode())
