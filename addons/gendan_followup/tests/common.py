"""Verbs that the tests share: what people do, each as himself, at a frozen time."""

import base64
import io
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from freezegun import freeze_time
from PIL import Image
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase
from odoo.tools import mute_logger

from ..calc.working_time import utc
from ..demo.factory import Factory

TZ = "Asia/Shanghai"


def photo(colour="red"):
    """Return a small picture as a browser sends it."""
    file = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(file, "PNG")
    return base64.b64encode(file.getvalue())


def paper(text):
    """Return a page that says ``text`` as PDF: browsers open what tests attach."""
    file = io.BytesIO()
    sheet = Canvas(file, pagesize=A5, invariant=1)
    sheet.drawString(40, 540, text)
    sheet.save()
    return file.getvalue()


def moment(text):
    """Return ``'2026-11-23 09:10'`` of the factory's clock as naive UTC."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(TZ))
    return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


class FollowupVerbs:
    """What the people of the factory do; mixed into transaction and HTTP cases."""

    def user(self, number):
        """Return the user of employee ``number``, e.g. ``'E10'``."""
        return self.factory.ref(f"user_{number}")

    def ref(self, code):
        """Return a master record of the demo factory by its code."""
        return self.factory.ref(code)

    @contextmanager
    def at(self, text):
        """Freeze the clock at a factory time, e.g. ``'2026-11-23 09:10'``."""
        with freeze_time(moment(text)):
            yield

    def by(self, records, number):
        """Return ``records`` as seen by employee ``number``, with nothing cached of others."""
        self.env.flush_all()
        self.env.invalidate_all()
        return records.with_user(self.user(number)).with_company(self.company)

    def held(self, records, number):
        """Return ``records`` of a shared device in the hands of employee ``number`` (X17)."""
        answer = records.env["gendan.badge"].identify(badge=self.ref(number).sudo().barcode)
        return records.with_context(gendan_badge=answer["token"])

    @contextmanager
    def refused(self, pattern, error=UserError):
        """Expect a refusal with this text, and nothing changed by it."""
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(error, pattern):
            with self.env.cr.savepoint():
                yield
                self.env.flush_all()
        self.env.invalidate_all()

    def new_order(self, seller, customer, lines, due, **values):
        """Enter an order as salesperson ``seller``.

        :param lines: list of ``(product code, packs, price)`` or with a dict of line values
        :param str due: delivery date, ``'2026-12-22'``
        """
        order = self.env["sale.order"].with_user(self.user(seller)).with_company(
            self.company).create({
                "partner_id": self.ref(customer).id,
                "commitment_date": utc(fields.Date.to_date(due), None, TZ),
                "destination": self.ref(customer).city,
                "order_line": [Command.create({
                    "product_id": self.ref(code).id, "product_uom_qty": packs,
                    "price_unit": price, **(rest[0] if rest else {}),
                }) for code, packs, price, *rest in lines],
                **values,
            })
        self.attach_document(order)
        return order

    def attach_document(self, order):
        """Attach the customer's own order to ``order`` (X19)."""
        order.customer_document_ids = [Command.create({
            "name": f"PO {order.name}.pdf", "raw": paper(f"order {order.name}"),
            "res_model": "sale.order", "res_id": order.id})]

    def verify(self, order, merchandiser):
        """Tick every point and verify, as the merchandiser."""
        order = self.by(order, merchandiser)
        order.revision_id.tick_ids.action_tick()
        order.action_verify()

    def make_valid(self, order, seller=None, merchandiser="E10", finance="E07", manager="E02"):
        """Take an order from draft to valid, each step by its own person."""
        submitter = self.user(seller) if seller else order.user_id
        order.with_user(submitter).action_submit()
        self.verify(order, merchandiser)
        self.by(order, finance).action_sign_finance()
        self.by(order, manager).action_sign_sales_manager()

    def notice_of(self, order, number):
        """Return the notice of ``order`` as ``number`` sees it; the workshop sees no order."""
        return self.by(order.sudo().notice_id, number)

    def release(self, order, merchandiser="E10"):
        """Check the stock and release the shortage; return the notice."""
        notice = self.notice_of(order, merchandiser)
        notice.action_check_stock()
        if any(line.to_make_quantity for line in notice.line_ids):
            notice.action_release()
        return notice

    def settle_capability(self, notice, merchandiser="E10", production="E12"):
        """Have production say that our process can do it, where that is not settled (D2.6)."""
        notice = self.by(notice, merchandiser)
        notice._ask_capability()
        for enquiry in notice.sudo().capability_ids.filtered(lambda one: one.state == "asked"):
            self.by(enquiry, production).action_answer("yes", speed=40)

    def open_first_article(self, line, machine=None):
        """Open the sheet of a notice line on a machine, as its merchandiser, who is there."""
        notice = line.sudo().notice_id
        machine = machine or line.sudo().production_ids.workorder_ids.workcenter_id[:1]
        article = self.env["gendan.first.article"].with_user(notice.merchandiser_id).with_company(
            self.company).create({"notice_line_id": line.id, "workcenter_id": machine.id})
        article.action_present()
        return article

    def take_sample(self, article, operator="E17", packs=3):
        """Take the sample with operator and photo, as the merchandiser."""
        article.write({"operator_id": self.ref(operator).id, "sample_quantity": packs,
                       "sample_photo": photo()})
        article.action_sample()

    def accept(self, article):
        """Accept a first article, as the salesperson or who decides for him."""
        decider = article.sudo().notice_id.salesperson_id or self.user("E09")
        self.env.flush_all()
        self.env.invalidate_all()
        article.with_user(decider).action_accept()

    def accept_first_article(self, productions, operator="E17", *, trial=False):
        """Have the first article of each line and machine accepted.

        :param bool trial: run the trial packs that the company asks for; without them the
            sample comes out of the set-up, as where none are booked
        """
        packs = self.company.trial_quantity
        self.company.sudo().trial_quantity = packs if trial else 0
        # a sample run has no notice and is no mass production
        for production in productions.sudo().filtered("notice_line_id"):
            for machine in production.workorder_ids.workcenter_id:
                known = self.env["gendan.first.article"].sudo().search([
                    ("notice_line_id", "=", production.notice_line_id.id),
                    ("workcenter_id", "=", machine.id), ("decision", "=", "accepted")])
                if known:
                    continue
                article = self.open_first_article(production.notice_line_id, machine)
                if trial:
                    article.action_start_trial()
                    article.action_finish_trial()
                self.take_sample(article, operator)
                self.accept(article)
        self.company.sudo().trial_quantity = packs

    def produce(self, productions, number, *, trial=True):
        """Make everything that ``productions`` ask for, as a person of the workshop.

        First come trial and first article, as the company wants them (D5.4).
        """
        self.accept_first_article(productions, trial=trial)
        for production in self.by(productions.exists().filtered(
                lambda one: one.sudo().state not in ("done", "cancel")), number):
            production.workorder_ids.filtered(
                lambda order: order.state not in ("progress", "done")).button_start()
            production.qty_producing = production.product_qty
            if not production.lot_producing_ids:
                production.action_generate_serial()
            production.move_raw_ids.picked = True
            # a split leaves fractions of a carton to consume: the dialog is core's, not ours
            production.with_context(skip_consumption=True).button_mark_done()

    def put(self, code, quantity):
        """Lay ``quantity`` of a material on stock, in a lot of its own if it is tracked."""
        product = self.ref(code).sudo()
        lot = self.env["stock.lot"].sudo().create({
            "product_id": product.id, "name": f"T-{code}-{quantity:g}",
        }) if product.tracking != "none" else self.env["stock.lot"]
        self.env["stock.quant"].sudo()._update_available_quantity(
            product, self.ref("warehouse").lot_stock_id, quantity, lot_id=lot)

    def draft_production(self, number, notice_line, quantity=None):
        """Draft a manufacturing order for a notice line, as a person of the workshop."""
        return self.env["mrp.production"].with_user(self.user(number)).with_company(
            self.company).create({
                "product_id": notice_line.product_id.id,
                "product_qty": quantity or notice_line.quantity,
                "notice_line_id": notice_line.id,
            })


class FactoryData(FollowupVerbs):
    """The demo factory's master data for a class of tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US", tracking_disable=True))
        cls.factory = Factory(cls.env)
        cls.factory.ensure()
        cls.company = cls.factory.company
        cls.env.flush_all()
        cls._forget_refusals()
        cls.addClassCleanup(cls._forget_refusals)

    def setUp(self):
        super().setUp()
        # refusals are written after the rollback by a cursor of their own: not from here
        self.addCleanup(self._forget_refusals)

    @classmethod
    def _forget_refusals(cls):
        cls.env.cr.postrollback.clear()
        cls.env.cr.postcommit.clear()

    def refusals(self):
        """Return the refused attempts collected so far in this transaction."""
        pending = self.env.cr.postrollback.data.get("gendan_followup.audit", {})
        return list(pending.values())


class FollowupCase(FactoryData, TransactionCase):
    """A transaction case on the demo factory's master data."""


class FollowupHttpCase(FactoryData, HttpCase):
    """The same behind a real HTTP server."""
