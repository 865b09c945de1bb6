"""The same people and goods in both databases; with the addon they also hold its roles."""

from odoo.fields import Command

PRODUCTS = 10
PACKAGING, BOUGHT = ("BAG", "CARTON"), ("NEWBAG", "NEWCARTON")
# login → (groups of Odoo, role of the addon that implies them)
PEOPLE = {
    "seller": (["sales_team.group_sale_salesman"], "salesperson"),
    "finance": (["account.group_account_invoice"], "finance"),
    "manager": (["sales_team.group_sale_salesman_all_leads"], "sales_manager"),
    "merchandiser": (
        ["sales_team.group_sale_salesman_all_leads", "purchase.group_purchase_user",
         "stock.group_stock_user", "mrp.group_mrp_user"], "merchandiser"),
    "production": (["mrp.group_mrp_user"], "production"),
    "raw_keeper": (["stock.group_stock_user"], "raw_keeper"),
    "keeper": (["stock.group_stock_user"], "finished_keeper"),
}  # fmt: skip
SPECIFICATION = {
    "size_width": 200, "size_length": 180, "gsm": 60, "fibre": "100%", "pieces_per_pack": 60,
    "packs_per_carton": 24, "packing_method": "24 packs upright", "mark_front": "MARK",
    "mark_side": "SIDE",
    "code_format": "LOT NPyymmdd", "shelf_life_months": 24,
}  # fmt: skip


class World:
    """Master data in one database, found again by their codes."""

    def __init__(self, env, with_addon):
        self.with_addon = with_addon
        self.env = env(context={"lang": "en_US", "tz": "Asia/Shanghai"})
        self.company = self.env.company

    def build(self):
        """Create what the steps need, once per database."""
        if self.with_addon:
            # the first article comes out of the set-up, as where no trial packs are booked
            self.company.write({"uses_gendan": True, "trial_quantity": 0})
        for login in PEOPLE:
            self._create_user(login)
        if self.with_addon:
            self._create_employees()
        self.env["res.partner"].create([self._customer_values(), {"name": "Bench supplier"}])
        self._create_products()
        self.set_reservation("manual" if self.with_addon else "at_confirm")
        self.env.cr.commit()

    def user(self, login):
        """Return a person by login."""
        return self.env["res.users"].search([("login", "=", f"bench_{login}")])

    def by(self, records, login):
        """Return ``records`` as that person sees them, read together wherever they came from."""
        records = records.browse(records.ids).sudo(False)
        return records.with_user(self.user(login)).with_company(self.company)

    def partner(self, name):
        """Return customer or supplier."""
        return self.env["res.partner"].search([("name", "=", f"Bench {name}")])

    def products(self, code):
        """Return the products whose code begins so, in order."""
        return self.env["product.product"].search([("default_code", "=like", f"BENCH-{code}%")])

    def product(self, name):
        """Return one product by its name."""
        return self.env["product.product"].search([("default_code", "=", f"BENCH-{name}")])

    def set_reservation(self, method):
        """Set how Odoo reserves deliveries; the addon has them reserved by the stock check."""
        self._warehouse().out_type_id.reservation_method = method

    def _warehouse(self):
        return self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)

    def _create_user(self, login):
        groups, role = PEOPLE[login]
        names = [f"gendan_followup.group_{role}"] if self.with_addon else groups
        self.env["res.users"].with_context(no_reset_password=True).create({
            "name": f"Bench {login}", "login": f"bench_{login}", "notification_type": "inbox",
            "company_id": self.company.id, "company_ids": [Command.set(self.company.ids)],
            "group_ids": [Command.set([
                self.env.ref(name).id for name in ("base.group_user", *names)])],
        })  # fmt: skip

    def _create_employees(self):
        """Give each login its person: checks are noted in the name of one."""
        self.env["hr.employee"].create([
            {"name": "Bench operator", "company_id": self.company.id},
            *({"name": f"Bench {login}", "company_id": self.company.id,
               "user_id": self.user(login).id} for login in PEOPLE)])

    def _customer_values(self):
        values = {"name": "Bench customer"}
        if self.with_addon:
            values.update(order_kind="export", merchandiser_id=self.user("merchandiser").id)
        return values

    def _create_products(self):
        product = self.env["product.product"]
        plain = [{"name": name, "default_code": f"BENCH-{name}", "is_storable": True,
                  "weight": 0.5, "volume": 0.05}
                 for name in ("RAW-1", "RAW-2", "RAW-3", *PACKAGING, *BOUGHT)]  # fmt: skip
        if self.with_addon:
            for values, kind in zip(plain[3:], ("bag", "carton") * 2, strict=True):
                values.update(packaging_kind=kind, packaging_state="regular")
        *raws, bag, carton, bought_bag, bought_carton = product.create(plain)
        finished = product.create([
            self._finished_values(family, number, *versions)
            for family, versions in (("STOCKED", (bag, carton)), ("MADE", (bag, carton)),
                                     ("FRESH", (bought_bag, bought_carton)))
            for number in range(PRODUCTS)])  # fmt: skip
        fresh = finished[2 * PRODUCTS:]
        self._create_boms(finished - fresh, raws[0], bag, carton)
        self._create_boms(fresh, raws[0], bought_bag, bought_carton)
        self._put_on_stock(product.union(*raws, bag, carton), finished[:PRODUCTS], bag)

    def _finished_values(self, family, number, bag, carton):
        """Return the values of a product; a FRESH one has no packaging on stock."""
        values = {
            "name": f"Bench {family} {number}", "default_code": f"BENCH-{family}-{number:02}",
            "is_storable": True, "tracking": "lot", "list_price": 3, "weight": 0.1,
            "volume": 0.001}  # fmt: skip
        if self.with_addon:
            values.update(SPECIFICATION, bag_version_id=bag.id, carton_version_id=carton.id)
        return values

    def _create_boms(self, finished, raw, bag, carton):
        workcenter = self.env["mrp.workcenter"].create({"name": "Bench line"})
        self.env["mrp.bom"].create([{
            "product_tmpl_id": one.product_tmpl_id.id, "product_qty": 24,
            "bom_line_ids": [
                Command.create({"product_id": raw.id, "product_qty": 3}),
                Command.create({"product_id": bag.id, "product_qty": 24}),
                Command.create({"product_id": carton.id, "product_qty": 1})],
            "operation_ids": [Command.create({
                "name": "run", "workcenter_id": workcenter.id, "time_cycle_manual": 1})],
        } for one in finished])  # fmt: skip

    def _put_on_stock(self, materials, finished, bag):
        marks = {"bag_version_id": bag.id, "mark": "MARK"} if self.with_addon else {}
        lots = self.env["stock.lot"].create([
            {"name": "BENCH", "product_id": one.id, **marks} for one in finished])  # fmt: skip
        place = {"location_id": self._warehouse().lot_stock_id.id, "inventory_quantity": 10**9}
        quants = self.env["stock.quant"].with_context(inventory_mode=True).create([
            {"product_id": one.id, **place} for one in materials
        ] + [
            {"product_id": lot.product_id.id, "lot_id": lot.id, **place} for lot in lots
        ])  # fmt: skip
        quants.action_apply_inventory()
