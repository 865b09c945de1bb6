from odoo.tests import TransactionCase, tagged

# belong to no company, or say nothing of one
COMMON = {
    "gendan.container.cap", "gendan.container.type", "gendan.customer.item", "gendan.deputy",
    "gendan.dispatch.day", "gendan.incident.cause", "gendan.liability.rule",
    "gendan.liability.rule.part", "gendan.phone.step", "gendan.pin.guard",
    "gendan.recovery.rule", "gendan.signature", "gendan.stock.counter", "gendan.version.status",
}


@tagged("post_install", "-at_install")
class TestCompanyRules(TransactionCase):
    """Each company sees its own papers, and what lies under them."""

    def test_every_kind_of_paper_is_kept_to_its_company(self):
        general = self.env["ir.rule"].search([("groups", "=", False)]).model_id.mapped("model")
        readable = self.env["ir.model.access"].search([
            ("model_id.model", "=like", "gendan.%"), ("perm_read", "=", True)])
        open_ = {name for name in readable.model_id.mapped("model")
                 if not self.env[name]._transient and name not in general}
        self.assertLessEqual(open_, COMMON)
