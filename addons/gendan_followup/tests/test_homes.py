from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..models.foundation.role import ROLES
from .common import FollowupCase

# what each role is for: the first entry that he sees of the follow-up
HOMES = {
    "salesperson": "action_order_mine", "showroom": "action_sample_page",
    "sales_manager": "action_dashboard", "finance": "action_order_to_sign_finance",
    "merchandiser": "action_today", "plan_manager": "action_dashboard",
    "general_manager": "action_dashboard", "finished_keeper": "action_shipping_to_load",
    # keepers, drivers and quality control stand: their page is the phone's
    "raw_keeper": "action_phone_home", "packaging_keeper": "action_phone_home",
    "operator": "action_phone_home",
    "driver": "action_phone_home", "hr": "action_driver_appraisal",
    "production": "action_plan_today", "packaging": "action_plan_today",
    "qc": "action_phone_home",
}
# who follows everything has the most; nobody has to search a row of words
MOST_SECTIONS = {"plan_manager": 9, "general_manager": 9, **dict.fromkeys(
    ("salesperson", "showroom", "sales_manager", "merchandiser", "qc"), 8)}


@tagged("post_install", "-at_install")
class TestHomes(FollowupCase):
    """Each of the sixteen roles: where it lands, and that all it sees opens (design 4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls.env["res.users"].create({
            "name": role, "login": f"home_{role}", "company_id": cls.company.id,
            "company_ids": [(6, 0, cls.company.ids)],
            "group_ids": [(6, 0, [cls.env.ref("base.group_user").id,
                                  cls.env.ref(f"gendan_followup.group_{role}").id])],
        }) for role in ROLES}

    def as_role(self, role):
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        return self.env(user=self.users[role], context={
            **self.env.context, "allowed_company_ids": self.company.ids})

    def leaves(self, env):
        """Return the menu entries with an action below the follow-up, first one first."""
        menus = env["ir.ui.menu"].load_menus(False)
        root = self.env.ref("gendan_followup.menu_root").id
        found, todo = [], [root]
        while todo:
            menu = menus[todo.pop(0)]
            if menu["action_model"]:
                found.append((menu["name"], f"{menu['action_model']},{menu['action_id']}"))
            todo = menu["children"] + todo
        return found

    def open(self, env, action):
        """Do what the web client does with an action: views, then the first rows."""
        model, _comma, id_ = action.partition(",")
        record = env[model].browse(int(id_))
        if model == "ir.actions.client":
            return self.open_client(env, record.sudo().tag)
        if model == "ir.actions.server":
            return record.with_env(env).run()
        values = env[model]._for_xml_id(record.sudo().get_external_id()[record.id])
        context = safe_eval(values["context"] or "{}", {
            "uid": env.uid, "active_id": False, "allowed_company_ids": env.companies.ids})
        records = env[values["res_model"]].with_context(**context)
        self.open_rows(records, values, domain=safe_eval(values["domain"] or "[]", {
            "uid": env.uid, "context_today": lambda: self.company._company_today()}))
        return True

    def open_rows(self, records, values, domain):
        """Load each view with its search view, and read the first rows as each view does."""
        views = records.get_views(
            [(view, kind) for view, kind in values["views"]] + [
                (values["search_view_id"] and values["search_view_id"][0], "search")])
        for _view, kind in values["views"]:
            arch = etree.fromstring(views["views"][kind]["arch"])
            names = [name for name in self.fields_of(arch) if name in records._fields]
            if kind == "form":
                # a new record is only what the role may make; an existing one is read
                records.search(domain, limit=1).read(names or ["display_name"])
            elif kind in ("list", "kanban"):
                records.web_search_read(domain, {name: self.shown(records, name)
                                                 for name in names}, limit=5)
            elif kind in ("pivot", "graph"):
                self.open_figures(records, domain, names)
            else:
                records.search(domain, limit=5)

    def open_figures(self, records, domain, names):
        groups = [name for name in names if records._fields[name].store
                  and records._fields[name].type in ("many2one", "selection", "char")]
        measures = [f"{name}:{records._fields[name].aggregator}" for name in names
                    if name not in groups and records._fields[name].aggregator]
        records.formatted_read_group(domain, groups[:1], [*measures, "__count"])

    @staticmethod
    def shown(records, name):
        return {"fields": {"display_name": {}}} if records._fields[name].relational else {}

    @staticmethod
    def fields_of(arch):
        """Return the fields of a view itself, not those of the lists inside it."""
        return list(dict.fromkeys(
            node.get("name") for node in arch.iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())))

    def open_client(self, env, tag):
        calls = {
            "gendan_today": lambda: env["gendan.today"].board(),
            "gendan_sample_page": lambda: env["gendan.sample.request"].page_data(),
            "gendan_dashboard": lambda: env["gendan.dashboard"].charts(),
        }
        return calls[tag]() if tag in calls else True

    def something_to_read(self):
        """Have records in the lists: an order on its way, samples, a log, a task, a review."""
        with self.at("2026-11-24 09:00"):
            order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22",
                                   destination="Göteborg")
            self.make_valid(order)
            self.release(order)
            second = self.new_order("E05", "C06", [("F01", 240, 8.9)], "2026-12-05")
            second.action_submit()
            request = self.env["gendan.sample.request"].with_user(self.user("E06")).with_company(
                self.company).create({"product_id": self.ref("F13").id, "quantity": 30,
                                      "wanted_date": "2026-11-28"})
            request.action_request()
            self.by(self.ref("F13").product_tmpl_id, "E09").action_mark_new()
            self.env["gendan.daily.review"].with_user(self.user("E10")).with_company(
                self.company).create({})

    def test_every_visible_menu_opens_for_every_role(self):
        self.something_to_read()
        opened = set()
        for role in ROLES:
            env = self.as_role(role)
            entries = self.leaves(env)
            self.assertTrue(entries, role)
            for name, action in entries:
                with self.subTest(role=role, menu=name):
                    try:
                        self.open(env, action)
                        opened.add(action)
                    except AccessError as error:
                        self.fail(f"{role} cannot use {name}: {error}")
        self.assert_all_opened(opened)

    def assert_all_opened(self, opened):
        """No entry of either addon is there that no role was led to."""
        everything = self.env["ir.ui.menu"].search([
            ("id", "child_of", self.env.ref("gendan_followup.menu_root").id),
            ("action", "!=", False)])
        if "gendan_liability" in self.env.registry._init_modules:
            self.assertIn("gendan.incident", {
                menu.action.res_model for menu in everything
                if menu.action._name == "ir.actions.act_window"})
        left = everything.filtered(
            lambda menu: f"{menu.action._name},{menu.action.id}" not in opened)
        # the last is the administrator's
        self.assertEqual(left, self.env.ref("gendan_followup.menu_settings"))

    def test_few_sections_each_with_more_than_one_entry(self):
        root = self.env.ref("gendan_followup.menu_root").id
        for role in ROLES:
            menus = self.as_role(role)["ir.ui.menu"].load_menus(False)
            sections = [menus[id_] for id_ in menus[root]["children"]]
            with self.subTest(role=role):
                self.assertLessEqual(len(sections), MOST_SECTIONS.get(role, 7), [
                    section["name"] for section in sections])
                for menu in menus.values():
                    if menu["id"] and menu["app_id"] == root and not menu["action_id"]:
                        self.assertGreater(len(menu["children"]), 1, menu["name"])

    def test_a_section_of_one_entry_is_that_entry(self):
        menus = self.as_role("finance")["ir.ui.menu"].load_menus(False)
        names = {menus[id_]["xmlid"] for id_ in menus[
            self.env.ref("gendan_followup.menu_root").id]["children"]}
        self.assertIn("gendan_followup.menu_customers", names)
        self.assertNotIn("gendan_followup.menu_customer_care", names)
        # what core keeps in its cache is as it was for the others
        managers = self.as_role("sales_manager")["ir.ui.menu"].load_menus(False)
        self.assertIn(self.env.ref("gendan_followup.menu_customer_care").id, managers)

    def test_where_each_role_lands(self):
        self.assertEqual(set(HOMES), set(ROLES))
        for role, home in HOMES.items():
            xmlid = home if "." in home else f"gendan_followup.{home}"
            action = self.env.ref(xmlid)
            with self.subTest(role=role):
                entries = self.leaves(self.as_role(role))
                self.assertEqual(entries[0][1], f"{action._name},{action.id}", entries[:3])
