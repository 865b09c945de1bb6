from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...calc import stock_usability
from ...calc.text import plain_number


class ResPartner(models.Model):
    """零散客户: the merchandiser keeps them, and acts first when need and stock meet (D10)."""

    _inherit = "res.partner"

    care_cycle_days = fields.Integer(
        "Contact every (days)", help="0: as the company says (30).")
    usual_product_id = fields.Many2one("product.product", "Usual goods", ondelete="restrict",
                                       index="btree_not_null")
    usual_quantity = fields.Float("Usual quantity (packs)", digits="Product Unit")
    asked_at = fields.Datetime("Asked for goods at", readonly=True, copy=False,
                               help="He asked himself: a need, whatever the cycle says.")
    is_lost = fields.Boolean("Lost", readonly=True, copy=False)
    contact_ids = fields.One2many("gendan.customer.contact", "partner_id", "Contacts",
                                  readonly=True)
    last_contact_at = fields.Datetime("Last contact", compute="_compute_care",
                                      help="When he was reached last.")
    last_order_date = fields.Date("Last order", compute="_compute_last_order_date")
    last_result = fields.Selection(
        [("order", "Orders"), ("later", "Later"), ("lost", "Lost"),
         ("unreached", "Not reached")], compute="_compute_care")
    days_silent = fields.Integer("Days since", compute="_compute_care")
    care_due_date = fields.Date("Next contact", compute="_compute_care")
    usable_quantity = fields.Float("Usable stock (packs)", digits="Product Unit",
                                   compute="_compute_care")
    care_state = fields.Selection(
        [("prompt", "Call now"), ("no_stock", "No stock"), ("waiting", "Not due"),
         ("lost", "Lost")], string="Care", compute="_compute_care", search="_search_care_state")

    # ------------------------------------------------------------------- care

    @api.depends("contact_ids", "usual_product_id", "usual_quantity", "asked_at", "is_lost",
                 "care_cycle_days")
    def _compute_care(self):
        """Work out need and stock of these customers, in a constant number of queries (D10.2)."""
        company = self.env.company
        today = company._company_today()
        latest, reached = self._latest_contacts(), self._latest_contacts(reached=True)
        orders = self._last_order_days()
        usable = self._usable_by_product()
        for partner in self:
            contact = reached.get(partner.id)
            day = contact and company._company_date(contact.contacted_at)
            tried = latest.get(partner.id)
            due = partner._care_due(tried, contact, day or orders.get(partner.id), company)
            partner.last_contact_at = contact and contact.contacted_at
            partner.last_result = tried and tried.result
            partner.days_silent = (today - day).days if day else 0
            partner.care_due_date = due
            partner.usable_quantity = usable.get(partner.usual_product_id, 0)
            partner.care_state = partner._care_state(due, today)

    def _compute_last_order_date(self):
        orders = self._last_order_days()
        for partner in self:
            partner.last_order_date = orders.get(partner.id)

    def _latest_contacts(self, *, reached=False):
        """Return ``{partner id: his latest contact}`` of this company, in one query.

        :param bool reached: only those in which somebody answered
        """
        contacts = self.env["gendan.customer.contact"].sudo().search([
            ("partner_id", "in", self.ids), ("company_id", "=", self.env.company.id),
            *([("result", "!=", "unreached")] if reached else []),
        ], order="contacted_at, id")
        return {contact.partner_id.id: contact for contact in contacts}

    def _last_order_days(self):
        """Return ``{partner id: day of his last order}`` of this company, in one query."""
        company = self.env.company
        # a day, and nothing of the order: who keeps a customer need not read orders
        groups = self.env["sale.order"].sudo()._read_group(
            [("partner_id", "in", self.ids), ("company_id", "=", company.id),
             ("state", "!=", "cancel"), ("revision_state", "not in", (False, "draft"))],
            ["partner_id"], ["date_order:max"])
        return {partner.id: company._company_date(moment) for partner, moment in groups}

    def _care_due(self, tried, contact, day, company):
        """Return the day on which this customer is to be called (D10.2).

        :param tried: the latest attempt, whose day that was agreed goes before the cycle
        :param contact: the latest one in which he was reached
        :param day: of that contact; without one his last order, else when he was entered
        """
        agreed = tried and tried.next_date or contact and contact.next_date
        if agreed:
            return agreed
        if not day:
            day = self.create_date and company._company_date(self.create_date)
        return day and day + timedelta(days=self.care_cycle_days or company.care_cycle_days)

    def _care_state(self, due, today):
        if self.is_lost and not self.asked_at:
            return "lost"
        if not self.asked_at and (not due or due > today):
            return "waiting"
        enough = self.usual_product_id and 0 < self.usual_quantity <= self.usable_quantity
        return "prompt" if enough else "no_stock"

    def _usable_by_product(self):
        """Return ``{usual product: packs that are free and wear its present bag}`` (D2.2)."""
        products = self.usual_product_id
        warehouses = self.env["stock.warehouse"].sudo().search(
            [("company_id", "=", self.env.company.id)])
        # who keeps small customers need not read stock; reserved stock is no stock
        quants = self.env["stock.quant"].sudo().search([
            ("product_id", "in", products.ids),
            ("location_id", "child_of", warehouses.lot_stock_id.ids)])
        quants.lot_id.mapped("bag_version_id")
        usable = dict.fromkeys(products, 0)
        today, share = self.env.company._company_today(), self.env.company.reshelf_share
        for quant in quants:
            usable[quant.product_id.sudo(False)] += stock_usability.usable(
                quant.product_id._lot_of(quant), quant.product_id._usual_demand(today, share))
        return usable

    def _search_care_state(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        small = self.sudo().search(self._small_domain())
        wanted = set(value) if operator == "in" else {
            key for key, _label in self._fields["care_state"].selection} - set(value)
        return [("id", "in", small.filtered(lambda p: p.care_state in wanted).ids)]

    @api.model
    def _small_domain(self):
        return [("order_kind", "=", "small"), ("merchandiser_id", "!=", False)]

    # ------------------------------------------------------------------ steps

    def _check_keeper(self, step):
        """Refuse unless the user keeps these customers, stands in, or is plan manager (D10.1)."""
        user = self.env.user
        if self.env.su or user._has_role("plan_manager"):
            return
        for partner in self:
            keeper = partner.sudo().merchandiser_id | partner.sudo().user_id
            deputies = self.env["gendan.deputy"].sudo()._deputies_of(
                keeper, fields.Datetime.now())
            if user not in keeper | deputies.deputy_id:
                self.env["gendan.customer.contact"]._refuse_keeper(partner, self.env._(
                    "%(customer)s is kept by %(keeper)s.", customer=partner.name,
                    keeper=", ".join(keeper.mapped("name")) or self.env._("nobody yet")))

    def action_note_need(self):
        """Note that the customer asked for goods himself (D10.2)."""
        self._check_keeper("need")
        # who keeps a customer need not maintain his address: the stamp is all that is written
        self.sudo().write({"asked_at": fields.Datetime.now()})
        return True

    def action_record_contact(self, result, note=False, next_date=False, contacted_at=False,
                              order_id=False):
        """Record a contact with its result (D10.3).

        :param str result: ``order``, ``later``, ``lost`` or ``unreached``
        :param str note: what was said
        :param next_date: when to call again; default the customer's cycle
        :param contacted_at: naive UTC, when it was not just now
        :param int order_id: the order that came of it
        """
        self.ensure_one()
        order = self.env["sale.order"].browse(order_id or [])
        order.check_access("read")
        if order.filtered(lambda one: one.partner_id != self):
            raise UserError(self.env._("%(order)s is not an order of %(customer)s.",
                                       order=order.name, customer=self.name))
        self.env["gendan.customer.contact"]._record(
            self, result=result, note=note, next_date=next_date, contacted_at=contacted_at,
            order=order)
        return True

    def _after_contact(self, result):
        # the marks follow from the contact, whoever may write partners
        self.sudo().write({"asked_at": False if result != "unreached" else self.asked_at,
                           "is_lost": result == "lost"})
        self.sudo().activity_ids.filtered("automated").unlink()

    @api.model
    def _cron_prompt_care(self):
        """Put each prompt on its merchandiser's desk once (D10.2)."""
        for company in self.env["res.company"].sudo().search([("uses_gendan", "=", True)]):
            partners = self.with_company(company).search([
                *self._small_domain(), ("company_id", "in", (company.id, False))])
            for partner in partners.filtered(lambda p: p.care_state == "prompt"):
                keepers = partner._keepers(company)
                prompts = partner.activity_ids.filtered("automated")
                # who keeps him no more is not reminded any more
                prompts.filtered(lambda one, users=keepers: one.user_id not in users).unlink()
                for keeper in keepers - prompts.exists().user_id:
                    partner._prompt(company, keeper)

    def _keepers(self, company):
        """Return who is to call: the merchandiser and who stands in for him now (X8).

        After one who has left the plan manager, until he names the next.
        """
        keeper = self.merchandiser_id.filtered("active") or self.env[
            "res.users"]._users_of_role("plan_manager", company)[:1]
        return keeper | self.env["gendan.deputy"]._deputies_of(
            keeper, fields.Datetime.now()).deputy_id

    def _prompt(self, company, keeper):
        self.activity_schedule(
            "mail.mail_activity_data_call", user_id=keeper.id,
            date_deadline=company._company_today(), automated=True,
            summary=self.env._("Call %s", self.name),
            note=plaintext2html(self.env._(
                "Usual: %(quantity)s packs of %(product)s, %(usable)s usable.",
                quantity=plain_number(self.usual_quantity),
                product=self.usual_product_id.display_name,
                usable=plain_number(self.usable_quantity))))
