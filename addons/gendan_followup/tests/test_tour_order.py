import base64
import os
import pathlib
import re
from functools import cache
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser, get_db_name

from .common import TZ, FollowupHttpCase

# a test run leaves the documentation as it is: `make screens` asks for it by this variable
SCREENS = pathlib.Path(os.environ.get("GENDAN_SCREENS") or (
    pathlib.Path(__file__).resolve().parents[3] / ".odoo" / "screens"))
ASKED = re.compile(r"gendan screenshot ([a-z0-9-]+)")
NETWORK = re.compile(r"gendan network (on|off)")
PO = "NP-TOUR-26117"
BUNDLES = ("web.assets_web", "web.assets_web_print", "web.assets_tests",
           "web.__assets_tests_call__")


@cache
def build_bundles():
    """Build the web client's scripts and styles once, and keep them beyond the test.

    A test answers one request at a time. While the first browser has the bundles built, which
    takes half a minute on a busy machine, its request for the menus waits for its turn, gives up
    after 20 s and answers an error page that the client cannot read ("Unexpected token '<'").
    What a test builds is rolled back with it, and the next class of tours waits again.
    """
    with Registry(get_db_name()).cursor() as cr:
        qweb = api.Environment(cr, SUPERUSER_ID, {})["ir.qweb"]
        for name in BUNDLES:
            bundle = qweb._get_asset_bundle(name)
            if bundle.javascripts:
                bundle.js()
            if bundle.stylesheets:
                bundle.css()


class TourCase(FollowupHttpCase):
    """Tours as the people of the factory; what they see is kept in `SCREENS`."""

    @classmethod
    def setUpClass(cls):
        build_bundles()
        super().setUpClass()

    def setUp(self):
        super().setUp()
        handle = ChromeBrowser._handle_console

        def handle_console(browser, type, args=None, stackTrace=None, **kw):  # noqa: A002, N803
            said = str(args[0].get("value", "")) if args else ""
            if asked := ASKED.match(said):
                self._keep_screen(browser, asked[1])
            if wanted := NETWORK.match(said):
                self._set_network(browser, wanted[1] == "on")
            return handle(browser, type, args=args, stackTrace=stackTrace, **kw)

        self.startPatcher(patch.object(ChromeBrowser, "_handle_console", handle_console))
        navigate = ChromeBrowser.navigate_to

        def navigate_to(browser, *args, **kwargs):
            # the people of the factory have their clocks where the factory is
            browser._websocket_request("Emulation.setTimezoneOverride", params={"timezoneId": TZ})
            return navigate(browser, *args, **kwargs)

        self.startPatcher(patch.object(ChromeBrowser, "navigate_to", navigate_to))

    def _set_network(self, browser, online):
        """Cut the browser off the server, as behind a container, or let it back."""
        browser._websocket_send("Network.enable")
        browser._websocket_send("Network.emulateNetworkConditions", params={
            "offline": not online, "latency": 0, "downloadThroughput": -1,
            "uploadThroughput": -1})

    def _keep_screen(self, browser, name):
        """Write what the browser shows now beside the generated files, or to the documentation."""
        # where the addon is installed without its repository there is no place for pictures
        if SCREENS.parent.is_dir():
            SCREENS.mkdir(exist_ok=True)

        def keep(answer):
            if SCREENS.is_dir():
                (SCREENS / f"{name}.png").write_bytes(
                    base64.b64decode(answer.result(timeout=0)["data"]))
            # the tour stands still until then
            browser._websocket_send("Runtime.evaluate", params={
                "expression": f"window.gendanKept = {name!r}"})

        answer = browser._websocket_send("Page.captureScreenshot", with_future=True)
        if answer:
            answer.add_done_callback(keep)

    def tour(self, person, name, path="/odoo"):
        """Run tour ``name`` as employee ``person``."""
        self.start_tour(path, name, login=self.user(person).login, timeout=120)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestTourOrder(TourCase):
    """From the quotation to the released notice, each step by its own person (D1, D2.1–D2.4)."""

    browser_size = "1400x900"

    def test_order_to_release(self):
        self.tour("E03", "gendan_order_salesperson")
        order = self.env["sale.order"].search([("client_order_ref", "=", PO)])
        self.assertRecordValues(order, [{
            "revision_state": "submitted", "order_kind": "export", "state": "draft",
            "user_id": self.user("E03").id, "merchandiser_id": self.user("E10").id}])
        self.assertRecordValues(order.order_line, [{
            "product_uom_qty": 40800, "price_unit": 0.62, "size_width": 200,
            "size_length": 180}])

        self.tour("E10", "gendan_order_merchandiser", "/odoo/orders-to-verify")
        self.assertEqual(order.revision_state, "verified")
        self.assertEqual(order.revision_id.tick_ids.ticked_by_id, self.user("E10"))

        self.tour("E07", "gendan_order_finance", "/odoo/orders-to-sign-finance")
        self.assertEqual(order.revision_state, "verified")
        self.tour("E02", "gendan_order_sales_manager", "/odoo/orders-to-sign")
        self.assertRecordValues(order, [{"revision_state": "valid", "state": "sale"}])
        self.assertEqual(order.signature_ids.user_id, self.user("E07") | self.user("E02"))

        notice = order.notice_id
        self.tour("E10", "gendan_order_release", f"/odoo/notices-to-release/{notice.id}")
        self.assertRecordValues(notice, [{
            "state": "released", "released_by_id": self.user("E10").id}])
        self.assertRecordValues(notice.production_ids, [{
            "state": "confirmed", "product_qty": 40800, "product_id": self.ref("F02").id}])


@tagged("post_install", "-at_install")
class TestTourPhone(TourCase):
    """The workshop reads the notice on the phone, and no price on it (screens 3)."""

    browser_size = "390x844"
    touch_enabled = True

    def test_notice_on_the_phone(self):
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2027-12-22",
                               client_order_ref="NP-PHONE")
        self.make_valid(order)
        self.release(order)
        self.tour("E12", "gendan_notice_phone", "/odoo/production-notices")
