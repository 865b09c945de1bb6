"""What the adversarial tests share: outsiders, calls of a client, rows before and after."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tools import SQL, mute_logger

from .common import FollowupCase

# one employee or device per role of the text
ROLE_HOLDERS = {
    "salesperson": "E05", "showroom": "E06", "sales_manager": "E02", "finance": "E07",
    "merchandiser": "E10", "plan_manager": "E09", "production": "E12", "packaging": "E13",
    "raw_keeper": "E14", "packaging_keeper": "E15", "finished_keeper": "E16",
    "operator": "pad_workshop", "qc": "E20", "driver": "pad_gate", "hr": "E27",
    "general_manager": "E01",
}
# everything that core lets an administrator be, short of the superuser
ADMIN_GROUPS = (
    "base.group_system", "sales_team.group_sale_manager", "purchase.group_purchase_manager",
    "stock.group_stock_manager", "mrp.group_mrp_manager", "account.group_account_manager",
)
# what other apps' bypasses are called; none of them is known here
MAGIC_CONTEXT = {
    "skip_validation_check": True, "ignore_exception": True, "force": True, "sudo": True,
    "import_file": True, "install_mode": True, "module": "gendan_followup", "no_gate": True,
    "tracking_disable": True, "active_test": False, "uid": 1, "su": True, "from_portal": True,
    "validate_analytic": False, "skip_gates": True, "bypass": True, "gendan_skip": True,
    "disable_cancel_warning": True, "from_orderpoint": True, "__no_gate": True,
}


class ForgeryCase(FollowupCase):
    """People who try what they may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsiders = {
            "plain": cls.make_user("plain", "base.group_user"),
            "system": cls.make_user("system", "base.group_user", *ADMIN_GROUPS),
        }
        cls.everybody = (*ROLE_HOLDERS.values(), *cls.outsiders)

    @classmethod
    def make_user(cls, login, *groups):
        """Create a user of the factory's company with ``groups``."""
        return cls.env["res.users"].with_context(no_reset_password=True).create({
            "name": f"{login} outsider", "login": f"{login}@outside.example",
            "company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)],
            "group_ids": [Command.set([cls.env.ref(group).id for group in groups])],
        })

    def user(self, number):
        """Return the user of an employee, a device or an outsider."""
        return self.outsiders.get(number) or super().user(number)

    def rpc(self, number, model, method, *args, context=None, **kwargs):
        """Call ``method`` as a client of ``number`` does: no private ones, his own context."""
        self.env.flush_all()
        self.env.invalidate_all()
        records = self.env(user=self.user(number).id, context={})[model]
        return call_kw(records, method, list(args), {**kwargs, "context": {
            "lang": "en_US", "allowed_company_ids": self.company.ids, **(context or {})}})

    def attempt(self, function, *args, **kwargs):
        """Do something as one request: an error rolls it back. Return the error, or None."""
        self.env.flush_all()
        error = None
        with mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule",
                         "odoo.addons.base.models.ir_model"):
            try:
                with self.env.cr.savepoint():
                    function(*args, **kwargs)
                    self.env.flush_all()
            except Exception as raised:  # noqa: BLE001 - any failure keeps the rows
                error = raised
        self.env.invalidate_all()
        return error

    def rows(self, *models):
        """Return the stored rows of ``models`` as the database has them."""
        self.env.flush_all()
        return {model: self.env.execute_query(SQL(
            "SELECT to_jsonb(t) FROM %s t ORDER BY id", SQL.identifier(self.env[model]._table)))
            for model in models}

    def assert_no_effect(self, models, function, *args, **kwargs):
        """Expect that the attempt leaves the rows of ``models`` as they were; return its error."""
        before = self.rows(*models)
        error = self.attempt(function, *args, **kwargs)
        self.assertEqual(self.rows(*models), before)
        return error

    def assert_refused(self, pattern, function, *args, **kwargs):
        """Expect a refusal with this text."""
        error = self.attempt(function, *args, **kwargs)
        self.assertIsInstance(error, UserError, "it went through")
        self.assertRegex(str(error), pattern)
        return error

    # ------------------------------------------------------------------ orders

    def order_in(self, state, packs=2400, product="F15"):
        """Return an order of C06 that has come as far as ``state``."""
        steps = ("draft", "submitted", "verified", "signed", "valid", "released")
        done = steps.index(state)
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E05", "C06", [(product, packs, 9.5)], "2026-12-28")
            if done >= 1:
                order.action_submit()
            if done >= 2:
                self.verify(order, "E10")
            if done >= 3:
                self.by(order, "E07").action_sign_finance()
            if done >= 4:
                self.by(order, "E02").action_sign_sales_manager()
            if done >= 5:
                self.release(order)
            self.env.flush_all()
        return order
