from odoo.tests import HttpCase, tagged

SUITE = "@gendan_followup"


def hoot_id(name):
    """Return the id under which the browser's test runner knows a suite."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestUnitJs(HttpCase):
    """The screens' own unit tests, in the browser and without a server behind them."""

    def test_suite_is_found_by_its_name(self):
        # the runner's own example: a wrong id would run all of core instead
        self.assertEqual(hoot_id("@web/core"), "e39ce9ba")

    def test_hoot_desktop(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={hoot_id(SUITE)}",
            "", "", login="admin", timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message)
