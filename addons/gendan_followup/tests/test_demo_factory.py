"""The demo factory against section 1 of the acceptance scenarios, figure by figure."""

from decimal import Decimal
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ..demo.factory import Factory
from ..demo.tables.materials import FABRICS, FILM_PIECES, PACKAGING, versions
from ..demo.tables.people import PEOPLE
from ..demo.tables.products import PRODUCTS, batch, parts
from ..models.foundation.role import ROLES

# 1.7: per 1,000 packs, packaging net, fabric gross
PER_THOUSAND = {
    "F01": {"RM01": "133.488", "RM09": "11.664", "RM10": "377.136", "RM12": "1000",
            "PK02_v3": "1000", "PK08_v2": "41.667"},
    "F02": {"RM03": "133.488", "RM09": "11.664", "RM10": "377.136", "RM12": "1000",
            "PK01_v2": "1000", "PK06_v1": "41.667"},
    "F03": {"RM02": "123.600", "RM09": "10.080", "RM10": "325.920", "PK03_v1": "1000",
            "PK08_v2": "41.667"},
    "F11": {"RM06": "69.216", "RM08": "39.222", "RM11": "1200", "PK04_v1": "1000",
            "PK07_v1": "25"},
    "F15": {"RM05": "247.200", "PK05_v2": "1000", "PK08_v2": "41.667"},
}
# 1.4, 1.5, 1.7; RM10 is never counted
ON_HAND = {
    "RM01": 2500, "RM02": 4200, "RM03": 0, "RM04": 800, "RM05": 300, "RM06": 1000, "RM07": 600,
    "RM08": 400, "RM09": 900, "RM10": 0, "RM11": 30000, "RM12": 45000,
    "PK01_v1": 3200, "PK01_v2": 0, "PK02_v2": 0, "PK02_v3": 6000, "PK03_v1": 0,
    "PK04_v1": 4000, "PK04_v2": 0, "PK05_v2": 5000, "PK06_v1": 0, "PK07_v1": 0, "PK08_v2": 150,
    "F01": 560 * 24, "F02": 96 * 24, "F12": 60 * 60, "F15": 0,
}
FABRIC_KG = {
    "F01": "133.488", "F02": "133.488", "F03": "123.600", "F04": "11.124", "F05": "103.000",
    "F06": "38.625", "F07": "69.216", "F08": "51.912", "F09": "92.700", "F10": "61.800",
    "F11": "69.216", "F12": "34.608", "F13": "59.328", "F14": "247.200", "F15": "247.200",
    "F16": "309.000", "F17": "61.800", "F18": "60.564", "F19": "92.700", "F20": "257.500",
}


@tagged("-at_install", "post_install")
class TestDemoFactory(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.factory = Factory(cls.env).ensure()
        cls.env = cls.factory.env

    def ref(self, code):
        return self.factory.ref(code)

    def records(self, codes):
        return {code: self.ref(code) for code in codes}

    # ----------------------------------------------------------------- company

    def test_weeks_of_reports_are_those_of_the_plan(self):
        """Monday to Sunday in both languages: what a report calls a week, the plan does (D4.4)."""
        plan = self.env["gendan.week.plan"].sudo().create({
            "company_id": self.factory.company.id, "week_start": "2026-12-07"})
        for code in ("zh_CN", "en_US"):
            with self.subTest(code):
                (group,) = plan.with_context(lang=code).formatted_read_group(
                    [("id", "=", plan.id)], ["week_start:week"], ["__count"])
                self.assertEqual(group["week_start:week"][0], "2026-12-07")
                self.assertTrue(self.env["ir.model.data"].search([
                    ("model", "=", "res.lang"), ("name", "=", f"lang_{code.removesuffix('_US')}"),
                ]).noupdate, "an update of base leaves it")

    def test_company_is_switched_on_in_yuan(self):
        company = self.factory.company
        self.assertRecordValues(company, [{
            "uses_gendan": True, "gendan_tz": "Asia/Shanghai",
            "currency_id": self.env.ref("base.CNY").id,
            "resource_calendar_id": self.ref("calendar").id}])
        outgoing = self.env["stock.picking.type"].search([
            ("company_id", "=", company.id), ("code", "=", "outgoing")])
        self.assertEqual(set(outgoing.mapped("reservation_method")), {"manual"})

    def test_calendar_is_monday_to_saturday_without_new_year(self):
        calendar = self.ref("calendar")
        spans = {(line.dayofweek, line.hour_from, line.hour_to)
                 for line in calendar.attendance_ids}
        self.assertEqual(spans, {(str(day), *hours) for day in range(6)
                                 for hours in ((8, 12), (13, 17))})
        self.assertEqual(calendar.tz, "Asia/Shanghai")
        holiday = self.ref("holiday_new_year")
        self.assertEqual((str(holiday.date_from), str(holiday.date_to)),
                         ("2026-12-31 16:00:00", "2027-01-01 15:59:59"))

    # ------------------------------------------------------------------ people

    def test_as_large_as_the_factory_is(self):
        """About 20 products, 27 employees, 4 to 5 vehicles; its 60 to 120 open orders stand on
        今日 in `test_today.py` (X12)."""
        self.assertEqual(len(PRODUCTS), 20)
        self.assertEqual(len(PEOPLE), 27)
        vehicles = self.env["fleet.vehicle"].search([("company_id", "=", self.factory.company.id)])
        self.assertIn(len(vehicles), (4, 5))

    def test_27_employees_each_with_badge_and_pin(self):
        employees = self.env["hr.employee"].browse(
            [self.ref(f"E{number:02}").id for number in range(1, 28)])
        self.assertEqual(len(set(employees.mapped("barcode"))), 27)
        self.assertTrue(all(pin.isdigit() for pin in employees.mapped("pin")))
        self.assertTrue(all(employees.mapped("work_contact_id")))
        self.assertEqual(set(employees.mapped("company_id")), {self.factory.company})
        self.assertEqual(self.ref("E10").name, "王芳")

    def test_operators_and_drivers_have_no_login(self):
        without = {p.code for p in PEOPLE if not self.ref(p.code).user_id}
        self.assertEqual(without, {f"E{number}" for number in (17, 18, 19, 22, 23, 24, 25, 26)})

    def test_every_role_has_a_login_and_every_login_one_role(self):
        logins = [login for _role, login, _name in Factory.LOGINS]
        self.assertEqual(len(logins), len(set(logins)))
        users = self.env["res.users"].search([("login", "in", logins)])
        self.assertEqual(len(users), len(logins))
        people = users.filtered(lambda user: not user.is_device)
        for user in people:
            self.assertEqual(len(user._roles()), 1, user.name)
        by_badge = {"operator", "driver"}
        self.assertEqual({role for user in people for role in user._roles()},
                         set(ROLES) - by_badge)
        # a device opens the screens of these two; who acts there is the one whose badge is shown
        devices = users - people
        for device in devices:
            self.assertFalse(device._roles(), device.name)
        for role in by_badge:
            group = self.env.ref(f"gendan_followup.group_{role}")
            self.assertTrue(devices & group.all_user_ids, role)
        for role in set(ROLES) - by_badge:
            self.assertTrue(
                self.env["res.users"]._users_of_role(role, self.factory.company) & people, role)

    def test_operators_and_drivers_have_a_badge(self):
        for person in PEOPLE:
            roles = self.ref(person.code)._roles()
            self.assertEqual(len(roles), 1, person.name)
        self.assertEqual(self.ref("E17")._roles(), {"operator"})
        self.assertEqual(self.ref("E22")._roles(), {"driver"})

    def test_users_see_the_factory_only(self):
        for _role, login, _name in Factory.LOGINS:
            user = self.env["res.users"].search([("login", "=", login)])
            self.assertEqual(user.company_ids, self.factory.company)
            self.assertEqual((user.tz, user.notification_type), ("Asia/Shanghai", "inbox"))

    def test_password_is_the_login(self):
        user = self.ref("user_E10")
        credential = {"type": "password", "login": "wangfang", "password": "wangfang"}
        with patch.object(type(user), "_update_last_login"):
            answer = self.env["res.users"].authenticate(credential, {"interactive": False})
        self.assertEqual(answer["uid"], user.id)

    # ---------------------------------------------------------------- partners

    def test_customers_have_kind_salesperson_and_merchandiser(self):
        expected = {
            "C01": ("export", "E03", "E10"), "C02": ("export", "E04", "E11"),
            "C03": ("export", "E04", "E10"), "C04": ("export", "E03", "E10"),
            "C05": ("export", "E03", "E10"), "C06": ("domestic", "E05", "E10"),
            "C07": ("domestic", "E05", "E10"), "C08": ("domestic", "E05", "E10"),
            "C09": ("small", None, "E10"), "C10": ("small", None, "E11"),
            "showroom": ("showroom", "E06", "E11"),
        }
        for code, (kind, seller, merchandiser) in expected.items():
            self.assertRecordValues(self.ref(code), [{
                "order_kind": kind,
                "user_id": self.ref(f"user_{seller}").id if seller else False,
                "merchandiser_id": self.ref(f"user_{merchandiser}").id}])

    def test_an_export_order_is_complete_and_free_of_vat(self):
        order = self.env["sale.order"].with_user(self.ref("user_E03")).create({
            "partner_id": self.ref("C01").id,
            "order_line": [(0, 0, {"product_id": self.ref("F02").id,
                                   "product_uom_qty": 40800})]})
        self.assertEqual(order.currency_id.name, "USD")
        self.assertEqual(order.amount_total, 25296.00)
        self.assertEqual(order.order_line.chosen_bom_id, self.ref("bom_F02"))
        self.assertFalse(order.order_line._verification_conditions())

    def test_a_dollar_is_seven_yuan_ten(self):
        yuan = self.env.ref("base.USD")._convert(
            148.80, self.factory.company.currency_id, self.factory.company)
        self.assertEqual(yuan, 1056.48)

    def test_every_product_is_complete_enough_to_be_verified(self):
        order = self.env["sale.order"].create({
            "partner_id": self.ref("C06").id,
            "order_line": [(0, 0, {"product_id": self.ref(p.code).id,
                                   "product_uom_qty": p.per_carton}) for p in PRODUCTS]})
        for line in order.order_line:
            self.assertEqual(line._verification_conditions(), [], line.product_id.default_code)

    # ------------------------------------------------------------------- goods

    def test_on_hand_of_the_first_day(self):
        self.assertEqual(
            {code: product.qty_available for code, product in self.records(ON_HAND).items()},
            ON_HAND)

    def test_blocked_goods_stand_outside_the_warehouse(self):
        apart = self.ref("location_apart")
        quants = self.env["stock.quant"].search([("location_id", "child_of", apart.id)])
        self.assertEqual({(q.product_id, q.quantity) for q in quants},
                         {(self.ref("PK02_v2"), 2400), (self.ref("PK06_v1"), 40)})
        self.assertFalse(apart.warehouse_id)

    def test_finished_lots_say_what_they_wear(self):
        self.assertRecordValues(
            self.ref("lot_F01-V3-2610") + self.ref("lot_F01-V2-2604")
            + self.ref("lot_F02-V1-2609"), [
                {"product_qty": 12000, "mark": "无唛", "is_blocked": False,
                 "bag_version_id": self.ref("PK02_v3").id},
                {"product_qty": 1440, "mark": "无唛", "is_blocked": True,
                 "bag_version_id": self.ref("PK02_v2").id},
                {"product_qty": 2304, "mark": self.ref("F02").mark_front, "is_blocked": False,
                 "bag_version_id": self.ref("PK01_v1").id}])

    def test_free_lots_have_two_thirds_of_their_shelf_life(self):
        for product in ("F01", "F02", "F12"):
            lots = self.env["stock.lot"].search([
                ("product_id", "=", self.ref(product).id), ("is_blocked", "=", False)])
            days = self.ref(product).expiration_time
            for lot in lots:
                left = (lot.expiration_date - lot.create_date).days
                self.assertGreaterEqual(left, days * 2 / 3 - 1)

    def test_packaging_versions_are_variants_with_a_status(self):
        eight = [item for item in PACKAGING if item.code <= "PK08"]
        self.assertEqual(len(eight), 8)
        for item in PACKAGING:
            variants = self.ref(item.code).product_variant_ids
            self.assertEqual(len(variants), len(item.versions), item.code)
        for code, item, version, status in versions():
            self.assertRecordValues(self.ref(code), [{
                "packaging_state": status, "packaging_kind": item.kind,
                "default_code": f"{item.code}-{version}"}])

    def test_film_is_bought_by_the_kg(self):
        for code, pieces in FILM_PIECES.items():
            product, unit = self.ref(code), self.ref(f"uom_film_{code}")
            self.assertIn(unit, product.uom_ids)
            self.assertEqual(unit._compute_quantity(200, product.uom_id), 200 * pieces)
        self.assertEqual(FILM_PIECES["PK03_v1"], 150)

    def test_fabric_comes_in_rolls(self):
        film = self.ref("RM03")
        roll = self.ref("uom_roll_14_40")
        self.assertEqual(film.uom_ids, roll)
        self.assertEqual(roll._compute_quantity(379, film.uom_id), 5457.6)
        special = [f.code for f in FABRICS if self.ref(f.code).is_special_material]
        self.assertEqual(special, ["RM03"])

    def test_cartons_weigh_and_measure_what_they_should(self):
        for code, cartons, kilograms, cubic_metres in (
                ("F02", 1700, 23242, 69.14), ("F01", 240, 3281, 9.76), ("F01", 420, 5742, 17.08),
                ("F11", 432, 2502, 28.37), ("F02", 1389, 18990, 56.49)):
            product = self.ref(code)
            packs = cartons * product.packs_per_carton
            self.assertEqual(round(product.weight * packs), kilograms)
            self.assertEqual(round(product.volume * packs, 2), cubic_metres)

    def test_specification_of_a_product(self):
        self.assertRecordValues(self.ref("F02"), [{
            "size_width": 200, "size_length": 180, "gsm": 60, "fibre": "100% 粘胶",
            "pieces_per_pack": 60, "packs_per_carton": 24, "shelf_life_months": 24,
            "bag_version_id": self.ref("PK01_v2").id, "carton_version_id": self.ref("PK06_v1").id,
            "code_format": "LOT NPyymmdd + EXP DD.MM.YYYY", "tracking": "lot",
            "use_expiration_date": True}])
        self.assertEqual(self.ref("F11").print_direction, "head")
        self.assertTrue(self.ref("F08").is_dangerous)
        self.assertEqual(self.ref("F14").surface, "repellent")

    # ----------------------------------------------------------------- recipes

    def test_fabric_follows_from_size_and_grammage(self):
        """Gross kg per 1,000 packs = pieces × area × g/m² × 1.03."""
        for product in PRODUCTS:
            area = Decimal(product.width * product.length) / 1_000_000
            gross = product.pieces * area * product.gsm * Decimal("1.03")
            first = next(iter(product.fabrics))
            self.assertEqual(gross.quantize(Decimal("0.001")),
                             Decimal(FABRIC_KG[product.code]), product.code)
            self.assertEqual(Decimal(product.fabrics[first]), Decimal(FABRIC_KG[product.code]))

    def test_recipes_per_thousand(self):
        for code, expected in PER_THOUSAND.items():
            bom = self.ref(f"bom_{code}")
            found = {line.product_id: line.product_qty * 1000 / bom.product_qty
                     for line in bom.bom_line_ids}
            self.assertEqual(
                {product: f"{quantity:.3f}" for product, quantity in found.items()},
                {self.ref(part): f"{Decimal(quantity):.3f}"
                 for part, quantity in expected.items()}, code)

    def test_every_recipe_is_stored_without_loss(self):
        for product in PRODUCTS:
            packs, quantities = batch(product)
            bom = self.ref(f"bom_{product.code}")
            self.assertEqual(bom.product_qty, packs)
            self.assertEqual(
                {line.product_id: line.product_qty for line in bom.bom_line_ids},
                {self.ref(code): float(quantity) for code, quantity in quantities.items()})
            cartons = quantities[product.carton]
            self.assertEqual(cartons * product.per_carton, packs)

    def test_the_order_of_the_first_scenario(self):
        """F02, 40,800 packs: 5,446.31 kg of RM03, 475.9 kg of RM09, 1,700 cartons."""
        product = next(p for p in PRODUCTS if p.code == "F02")
        need = {code: quantity * 40800 / 1000 for code, quantity in parts(product).items()}
        self.assertEqual(need["RM03"].quantize(Decimal("0.01")), Decimal("5446.31"))
        self.assertEqual(need["RM09"].quantize(Decimal("0.1")), Decimal("475.9"))
        self.assertEqual(need["PK01_v2"], 40800)
        production = self.env["mrp.production"].create({
            "product_id": self.ref("F02").id, "product_qty": 40800,
            "bom_id": self.ref("bom_F02").id})
        moves = {move.product_id: move.product_uom_qty for move in production.move_raw_ids}
        self.assertEqual(moves[self.ref("PK06_v1")], 1700)
        self.assertAlmostEqual(moves[self.ref("RM03")], 5446.31, delta=0.011)

    def test_machine_minutes(self):
        for code, packs, machine, minutes in (
                ("F02", 40800, "machine_wet1", 1020), ("F03", 30000, "machine_wet2", 1000),
                ("F15", 6000, "machine_cotton", 400), ("F11", 12000, "machine_bib", 1600)):
            production = self.env["mrp.production"].create({
                "product_id": self.ref(code).id, "product_qty": packs,
                "bom_id": self.ref(f"bom_{code}").id})
            self.assertRecordValues(production.workorder_ids, [{
                "workcenter_id": self.ref(machine).id, "duration_expected": minutes}])

    # ------------------------------------------------------------------- fleet

    def test_vehicles_with_capacity_and_driver(self):
        for code, cubic_metres, kilograms, driver in (
                ("vehicle_V1", 14.0, 1500, "E22"), ("vehicle_V2", 14.0, 2000, "E24"),
                ("vehicle_V3", 5.0, 800, "E25"), ("vehicle_V4", 35.8, 5000, "E23")):
            vehicle = self.ref(code)
            self.assertRecordValues(vehicle.category_id, [{
                "volume_capacity": cubic_metres, "weight_capacity": kilograms}])
            self.assertEqual(vehicle.driver_employee_id, self.ref(driver))

    # -------------------------------------------------------------- second run

    def test_second_run_creates_nothing(self):
        self.env.flush_all()
        quants = self.env["stock.quant"].search_count([])
        with self.assertQueryCount(1):
            again = Factory(self.env).ensure()
        self.assertEqual(again.ref("F02"), self.ref("F02"))
        self.assertEqual(self.env["stock.quant"].search_count([]), quants)

    def test_second_run_leaves_a_persons_changes_alone(self):
        self.ref("C01").street = "Ny gata 1"
        self.factory.company.uses_gendan = False
        Factory(self.env).ensure()
        self.assertEqual(self.ref("C01").street, "Ny gata 1")
        self.assertFalse(self.factory.company.uses_gendan)

    def test_a_missing_record_is_made_again(self):
        self.ref("item_C05_F02").unlink()
        again = Factory(self.env).ensure()
        self.assertEqual(again.ref("item_C05_F02").item_number, "GL-ECO60")

    def test_there_is_one_demo_factory(self):
        other = self.env["res.company"].create({"name": "另一家公司"})
        with self.assertRaisesRegex(ValueError, "already"):
            Factory(self.env, other)
