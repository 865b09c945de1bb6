from datetime import date, time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ...calc.canonical import decimal_string
from ...calc.working_time import company_date, utc
from ..foundation.gate_mixin import Unmet, gate
from ..foundation.reading import read_together
from .res_partner import ORDER_KINDS

# what a revision freezes of the order itself; the lines add theirs (D1.11)
CONTROLLED = {
    "partner_id", "partner_shipping_id", "order_kind", "client_order_ref", "destination",
    "commitment_date", "pricelist_id", "currency_id", "payment_term_id", "prepayment_percent",
    "tail_carton_agreed", "first_part_date", "first_part_quantity",
    "customer_document_ids", "company_id",
}


class SaleOrder(models.Model):
    """The salesperson's order: it is `sale` only because a revision of it is valid."""

    _name = "sale.order"
    _inherit = ["sale.order", "gendan.revision.mixin", "gendan.reckoned.mixin"]
    _revision_owner = "order_id"

    uses_gendan = fields.Boolean(related="company_id.uses_gendan")
    order_kind = fields.Selection(
        ORDER_KINDS, string="Kind of business", compute="_compute_order_kind", store=True,
        readonly=False, precompute=True, index=True, tracking=True)
    destination = fields.Char(help="Port or place of delivery.")
    is_flagged = fields.Boolean("Needs attention", copy=False, help="Domestic orders that the "
                                "merchandiser or the sales manager marked (D9.1).")
    merchandiser_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null")
    assignment_ids = fields.One2many("gendan.assignment", "order_id", "Assignments",
                                     readonly=True)
    revision_ids = fields.One2many("gendan.revision", "order_id", "Revisions", readonly=True)
    customer_document_ids = fields.Many2many(
        "ir.attachment", "sale_order_customer_document_rel", string="Customer's document",
        copy=False, help="The customer's own order, e-mail or chat picture (X19).")
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True,
                                copy=False, index="btree_not_null")
    tick_ids = fields.One2many(related="revision_id.tick_ids", string="Verification")
    signature_ids = fields.One2many(related="revision_id.signature_ids", string="Signatures")
    revision_event_ids = fields.One2many(related="revision_id.event_ids", string="Steps")
    tail_carton_agreed = fields.Boolean(
        "Tail carton", copy=False, help="The last carton may be partly filled (D1.5).")

    # --------------------------------------------------------------- defaults

    @api.depends("partner_id")
    def _compute_order_kind(self):
        for order in self:
            order.order_kind = order.order_kind or order.partner_id.order_kind

    def _default_merchandiser(self):
        """Return the merchandiser of the customer, or of his company (X19)."""
        self.ensure_one()
        partner = self.partner_id
        user = partner.merchandiser_id or partner.commercial_partner_id.merchandiser_id
        # who maintains customers must not make a merchandiser of somebody who is none
        return user.filtered(lambda user: user.active and user._has_role("merchandiser"))

    # ------------------------------------------------------------ the content

    def _revision_payloads(self):
        """Return the controlled content of each order (see `gendan.revision.mixin`)."""
        read_together(self, "order_line")
        lines = {order: order._controlled_lines() for order in self}
        checksums, relations = self._payload_relations(
            self.env["sale.order.line"].union(*lines.values()))
        return {order.id: {
            "schema": 1,
            "order": order._payload_head(checksums.get(order.id, [])),
            "lines": [line._payload(*relations[line.id]) for line in lines[order]],
        } for order in self}

    def _payload_relations(self, lines):
        """Return what orders and ``lines`` take from elsewhere, in one query.

        * ``{order id: checksums of the customer's documents}``: replaced content counts
        * ``{line id: (tax ids, factor of the unit)}``: the factor leads to the unit of the
          product, for a carton of 24 that becomes a carton of 30 is another order
        """
        self.env["ir.attachment"].flush_model(["checksum"])
        lines.flush_model(["product_id", "product_uom_id"])
        self.env["product.template"].flush_model(["uom_id"])
        self.env["uom.uom"].flush_model(["factor"])
        rows = self.env.execute_query(SQL(
            """
            SELECT line.id, unit.factor, base.factor, unit.id = base.id,
                   ARRAY(SELECT rel.account_tax_id FROM account_tax_sale_order_line_rel rel
                          WHERE rel.sale_order_line_id = line.id), NULL
              FROM sale_order_line line
         LEFT JOIN uom_uom unit ON unit.id = line.product_uom_id
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom base ON base.id = template.uom_id
             WHERE line.id = ANY(%(lines)s)
         UNION ALL
            SELECT rel.sale_order_id, NULL, NULL, NULL, NULL, array_agg(document.checksum)
              FROM sale_order_customer_document_rel rel
              JOIN ir_attachment document ON document.id = rel.ir_attachment_id
             WHERE rel.sale_order_id = ANY(%(orders)s)
          GROUP BY rel.sale_order_id
            """, lines=list(lines.ids), orders=list(self.ids)))
        checksums, relations = {}, {}
        for id_, unit, base, same, taxes, documents in rows:
            if documents is not None:
                checksums[id_] = sorted(documents)
            else:
                factor = 1 if same or not unit else unit / (base or 1)
                relations[id_] = sorted(taxes), factor
        return checksums, relations

    def _payload_head(self, checksums):
        self.ensure_one()
        return {
            "partner": self.partner_id.id,
            "shipping": self.partner_shipping_id.id,
            "kind": self.order_kind or "",
            "customer_ref": (self.client_order_ref or "").strip(),
            "destination": (self.destination or "").strip(),
            "delivery_date": self._delivery_date().isoformat() if self.commitment_date else "",
            "tail_carton": bool(self.tail_carton_agreed),
            **self._payload_part(),
            "pricelist": self.pricelist_id.id or 0,
            "currency": self.currency_id.id,
            "payment_term": self.payment_term_id.id or 0,
            "prepayment": decimal_string(self.prepayment_percent),
            "documents": checksums,
        }

    def _controlled_lines(self):
        """Return the lines that a revision freezes: neither notes nor down payments."""
        self.ensure_one()
        lines = self.order_line
        # what is read of one line is read of the lines of all orders in hand
        return lines.filtered(lambda line: line._is_controlled()).with_prefetch(
            lines._prefetch_ids)

    def _delivery_date(self):
        """Return the customer's date, as a date of the company's timezone (X1)."""
        self.ensure_one()
        if not self.commitment_date:
            return None
        return company_date(self.commitment_date, self._company_tz())

    def _company_today(self) -> date:
        """Return today in the company's timezone."""
        return company_date(fields.Datetime.now(), self._company_tz())

    def _company_tz(self):
        company = self.company_id
        return company._timezones_on().get(company.id) or company.gendan_tz

    def _remember_as_latest(self):
        revisions = self.sudo().revision_id
        revisions._fields["current_order_ids"]._insert_cache(
            revisions, [order._ids for order in self.sudo()])
        self._remember_by_notice()

    def _remember_by_notice(self):
        """Note in memory whose notices these are: what follows their state need not search."""
        for notice, orders in self.sudo().grouped("notice_id").items():
            if notice:
                notice._fields["following_order_ids"]._insert_cache(notice, [orders._ids])

    def _revision_documents(self):
        return self.customer_document_ids

    # ---------------------------------------------------------------- persons

    def _responsible_users(self):
        self.ensure_one()
        order = self.sudo()
        return order.user_id, order.merchandiser_id or order._default_merchandiser()

    def _verifiers(self):
        """Return who may verify: the merchandiser in charge, or his deputy (D1.1, A34).

        Where he entered or submitted the order himself, another merchandiser or the
        plan manager.
        """
        self.ensure_one()
        users = self.env["res.users"]
        own = self._own_work() | self.sudo().create_uid
        in_charge = self._merchandiser_now() - own
        if not in_charge:
            return (users._users_of_role("merchandiser", self.company_id)
                    | users._users_of_role("plan_manager", self.company_id)) - own
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(in_charge, fields.Datetime.now())
        return (in_charge | deputies.deputy_id) - own

    def _may_verify(self):
        in_charge = self._merchandiser_now() - self._own_work() - self.sudo().create_uid
        return self.env.user in in_charge or super()._may_verify()

    def _merchandiser_now(self):
        """Return the merchandiser responsible for this order now, stand-ins included."""
        self.ensure_one()
        return self._merchandisers_now()[self.id]

    def _merchandisers_now(self):
        """Return ``{order id: its merchandiser now}``, asked of all at once."""
        at_time = self.env["gendan.assignment"]._merchandisers_at(self, fields.Datetime.now())
        # he keeps his place in the history, but who lost the role does its work no more
        nobody = self.env["res.users"].sudo()
        # an order that is being typed has no history yet
        return {order.id: at_time.get(order._origin.id, nobody).filtered(
            lambda user: user._has_role("merchandiser")) or order._default_merchandiser()
            for order in self.sudo()}

    def _may_edit_controlled(self):
        """Whether the user may write the salesperson's fields (D1.6).

        A merchandiser returns an order, he does not correct it; for a small
        customer he stands in for the salesperson (A34).
        """
        self.ensure_one()
        user = self.env.user
        if self.env.su or not self.uses_gendan:
            # other apps' code in sudo may still shape a draft; what is submitted stays locked
            return True
        order = self.sudo()
        if order.user_id == user or user in order._salesperson_deputies():
            return True
        if user._has_role("salesperson", "showroom", "sales_manager"):
            return True
        return order.order_kind == "small" and user._has_role("merchandiser")

    def _salesperson_deputies(self):
        return self.env["gendan.deputy"].sudo()._deputies_of(
            self.user_id, fields.Datetime.now()).deputy_id

    def _own_work(self):
        return super()._own_work() | (
            self.sudo().create_uid if self.sudo().order_kind == "small" else self.env["res.users"])

    # ------------------------------------------------------------------ gates

    def _submission_issues(self):
        """What a salesperson gives with every order (D0.1, X19)."""
        return {order.id: order._submission_conditions() for order in self}

    def _submission_conditions(self):
        self.ensure_one()
        name = self.display_name
        conditions = []
        if not self.order_kind:
            conditions.append(
                Unmet(
                    "kind",
                    self.env._("%s has no kind of business", name),
                    self.env._("choose export, domestic, showroom or small customer"),
                )
            )
        if not self.sudo().customer_document_ids:
            conditions.append(Unmet(
                "document", self.env._("%s has no document of the customer", name),
                self.env._("attach his order, e-mail or chat picture")))
        if not any(self._controlled_lines().mapped("product_uom_qty")):
            conditions.append(Unmet("lines", self.env._("%s has no product line", name),
                                    self.env._("enter what the customer ordered")))
        if not self._responsible_users()[1]:
            conditions.append(Unmet(
                "merchandiser", self.env._("%s has no merchandiser", self.partner_id.display_name),
                self.env._("the plan manager assigns one, or sets one on the customer")))
        return conditions + [
            unmet for line in self._controlled_lines() for unmet in line._quantity_conditions()]

    def _verification_issues(self):
        """Everything that makes an order wrong or incomplete (D1.2–D1.5)."""
        read_together(self, "order_line")
        issues = {}
        self.order_line._fetch_specified_products()
        for order in self:
            lines = order._controlled_lines()
            issues[order.id] = (
                order._head_conditions() + lines._duplicate_conditions()
                + [unmet for line in lines for unmet in line._verification_conditions()])
        return issues

    def _head_conditions(self):
        self.ensure_one()
        name = self.display_name
        today = self._company_today()
        conditions = []
        delivery = self._delivery_date()
        if not delivery:
            conditions.append(Unmet("date", self.env._("%s has no delivery date", name),
                                    self.env._("the salesperson enters it")))
        elif delivery < today:
            conditions.append(
                Unmet(
                    "date",
                    self.env._(
                        "%(order)s: the delivery date %(date)s is in the past",
                        order=name,
                        date=delivery.isoformat(),
                    ),
                    self.env._("the salesperson agrees a new date with the customer"),
                )
            )
        required = ["payment_term_id"] + ["destination"] * (self.order_kind == "export")
        return conditions + [
            Unmet(
                field,
                self.env._(
                    "%(order)s: %(field)s is empty",
                    order=name,
                    field=self._fields[field]._description_string(self.env),
                ),
                self.env._("the salesperson enters it"),
            )
            for field in required
            if not self[field]
        ]

    @gate("order.state", "D1.9 D1.10 X4")
    def _gate_sale_state(self):
        """`sale` is the consequence of a valid revision and of nothing else."""
        return self._gate_valid()

    # ----------------------------------------------------------------- guards

    @api.model_create_multi
    def create(self, vals_list):
        """Orders begin unsigned, whatever the door (D1.9, D1.12)."""
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._pass_gate("_gate_sale_state")
        orders.filtered("locked")._pass_gate("_gate_lock")
        orders._adopt_documents()
        return orders

    def write(self, vals):
        """Refuse what a revision has frozen, and a state that no signature carries.

        :raise UserError: D1.6, D1.9, D1.11
        """
        if not self._watches(vals):
            return super().write(vals)
        gated = self._gendan_on()
        if "user_id" in vals:
            gated.filtered(lambda order: order.user_id.id != vals["user_id"])._pass_gate(
                "_gate_hand_over")
        if CONTROLLED & vals.keys():
            gated._check_controlled(vals)
        gated._check_state(vals)
        changing = gated.filtered("revision_id") if "state" in vals else self.browse()
        leaving = changing.filtered(
            lambda order: order.state != "cancel" and vals.get("state") == "cancel")
        reopened = changing.filtered(
            lambda order: order.state == "cancel" and vals.get("state") in ("draft", "sent"))
        result = super().write(vals)
        leaving._after_cancel()
        reopened._after_reopening()
        if "customer_document_ids" in vals:
            self._adopt_documents()
        if "company_id" in vals:
            self.filtered(lambda order: order.state == "sale")._pass_gate("_gate_sale_state")
        return result

    @api.model
    def _watches(self, vals):
        return bool(CONTROLLED & vals.keys() or vals.keys() & {
            "state", "locked", "user_id"})

    def _check_controlled(self, vals):
        changed = self.filtered(lambda order: order._changes_controlled(vals))
        changed._pass_gate("_gate_edit")

    def _changes_controlled(self, vals):
        """Whether ``vals`` would really change the controlled content of this order."""
        self.ensure_one()
        for name in CONTROLLED & vals.keys():
            field = self._fields[name]
            if field.type in ("one2many", "many2many"):
                return True
            if field.convert_to_write(field.convert_to_record(
                    field.convert_to_cache(vals[name], self), self), self
                    ) != field.convert_to_write(self[name], self):
                return True
        return False

    @gate("order.edit", "D1.6 D1.11 D1.12")
    def _gate_edit(self):
        """What is submitted is not edited; a merchandiser does not correct an order."""
        unmet = {}
        for order in self:
            seller = order._responsible_users()[0]
            if order._is_locked():
                unmet[order.id] = [Unmet(
                    "locked", order._about(order._locked_text()), order._unlock_text())]
            elif not order._may_edit_controlled():
                unmet[order.id] = [
                    Unmet(
                        "owner",
                        order._about(self.env._("is the salesperson's to correct")),
                        self.env._(
                            "return it to %s with a reason",
                            seller.name or self.env._("the salesperson"),
                        ),
                        tuple(seller.ids),
                    )
                ]
        return unmet

    def _adopt_documents(self):
        """Let whoever may read an order read the customer's document too (X19).

        A file uploaded before the order was saved belongs to nothing, so only who
        uploaded it could open it.
        """
        for order in self:
            loose = order.sudo().customer_document_ids.filtered(
                lambda document: not document.res_id and document.create_uid == self.env.user)
            loose.write({"res_model": order._name, "res_id": order.id})

    @gate("order.document", "D1.12 X5 X19")
    def _gate_document(self):
        """A document that a revision was submitted with is kept."""
        return {order.id: [Unmet(
            "document", order._about(self.env._("the customer's document is part of what was "
                                                "submitted")),
            self.env._("add the new one to a new revision"))] for order in self}

    @gate("order.hand_over", "D1.6")
    def _gate_hand_over(self):
        """An order goes from one salesperson to another on the sales side only."""
        return {order.id: [Unmet(
            "owner", order._about(self.env._("is handed over by its salesperson or the sales "
                                             "manager")), "")]
            for order in self if not order._may_edit_controlled()}

    @api.model
    def _system_fields(self):
        return super()._system_fields() | {"merchandiser_id", "notice_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._gendan_on()._pass_gate("_gate_unlink")

    @gate("order.unlink", "D1.12 X5")
    def _gate_unlink(self):
        """What was submitted once is cancelled, never deleted."""
        return {order.id: [Unmet(
            "evidence", order._about(self.env._("has been submitted and is kept")),
            self.env._("cancel it instead"))]
            for order in self if order.sudo().revision_ids}

    def _locked_text(self):
        labels = dict(self.env["gendan.revision"]._fields["state"]._description_selection(self.env))
        return self.env._("is %s and cannot be edited", labels[self.revision_state])

    def _unlock_text(self):
        if self.revision_state == "valid":
            return self.env._("the salesperson opens a new revision")
        return self.env._("the salesperson withdraws it, or the merchandiser returns it")

    def _check_state(self, vals):
        """Guard every value of `state`, and the lock that would swallow the delivery."""
        state = vals.get("state")
        if state == "sale":
            self.filtered(lambda order: order.state != "sale")._pass_gate("_gate_sale_state")
        elif state in ("draft", "sent"):
            self.filtered(lambda order: order.state == "sale")._pass_gate("_gate_leave_sale")
        elif state == "cancel":
            self._pass_gate("_gate_cancel")
        if vals.get("locked"):
            self._pass_gate("_gate_lock")

    @gate("order.leave_sale", "D1.11 D1.12")
    def _gate_leave_sale(self):
        """A confirmed order does not become a quotation again."""
        return {order.id: [Unmet(
            "state", order._about(self.env._("is confirmed")),
            self.env._("open a new revision to change it, or cancel it"))] for order in self}

    @gate("order.cancel", "D1.11")
    def _gate_cancel(self):
        """An order is cancelled by its own side."""
        return {
            order.id: [
                Unmet(
                    "owner",
                    order._about(
                        self.env._("is cancelled by its salesperson or the sales manager")
                    ),
                    self.env._(
                        "ask %s",
                        order._responsible_users()[0].name or self.env._("the salesperson"),
                    ),
                )
            ]
            for order in self
            if not order._may_edit_controlled()
        }

    @gate("order.lock", "D1.9")
    def _gate_lock(self):
        """A lock before validity would leave a valid order without delivery."""
        return {order.id: [Unmet(
            "lock", order._about(self.env._("cannot be locked before it is valid")), "")]
            for order in self if not order.sudo().valid_revision_id}

    def _after_cancel(self):
        """Cancelling takes the force from the signatures, by whatever door it came (D1.11)."""
        for order in self.sudo():
            order.revision_ids._void(self.env._("the order was cancelled"))
            order.valid_revision_id = False
            order.picking_ids.filtered(
                lambda picking: picking.state not in ("done", "cancel")).action_cancel()
            order.notice_id._cancel(self.env._("the order was cancelled"))

    def _after_reopening(self):
        """A cancelled order that is opened again is unsigned, by whatever door (D1.12)."""
        for order in self.filtered(lambda order: order.revision_state == "void").sudo():
            order._create_revisions(self.env._("the cancelled order was reopened"))

    # ---------------------------------------------------------- consequences

    def _before_payload(self):
        self.sudo().order_line.filtered(
            lambda line: line._is_controlled())._freeze_bom_snapshot()

    def _after_submit(self):
        """Number the notice, name the merchandiser, stop what the change makes wrong."""
        for order in self:
            if not order.notice_id:
                order.notice_id = self.env["gendan.production.notice"]._create_for_order(order)
            if not order.merchandiser_id:
                order._assign(order._default_merchandiser(), note=False)
            order.notice_id._follow_revision()

    def _after_valid(self):
        """Confirm, or let the stock rules see what a later revision changed."""
        for order in self:
            order.notice_id._follow_revision()
        new = self.filtered(lambda order: order.state in ("draft", "sent"))
        for company in new.company_id:
            new.filtered(lambda order: order.company_id == company).with_company(
                company).action_confirm()
        (self - new)._relaunch_stock_rules()

    def _relaunch_stock_rules(self):
        """Bring the open deliveries in line with the valid revision (design 6.9)."""
        for order in self:
            locked = order.locked
            if locked:
                order.locked = False
            order._controlled_lines()._action_launch_stock_rule()
            if locked:
                order.locked = True

    def _validate_order(self):
        """The customer accepted online: record it, ask the salesperson, confirm nothing.

        An error here would roll the customer's signature and payment back.
        """
        gated = self._gendan_on()
        result = super(SaleOrder, self - gated)._validate_order()
        gated._note_customer_acceptance()
        return result

    def _note_customer_acceptance(self):
        """Leave the quotation as it is and make a to-do for the salesperson (X4)."""
        self._tell_salesperson(
            self.env._("The customer accepted online. The order becomes valid by verification and "
                       "the two signatures only."),
            self.env._("Accepted online: submit the order"))

    def _note_customer_payment(self, transaction):
        """Note a payment on a quotation, which stays one, for the salesperson (X4)."""
        self._tell_salesperson(
            self.env._("The customer paid online (%s). The order becomes valid by verification and "
                       "the two signatures only.", transaction.reference),
            self.env._("Paid online: submit the order"))

    def _tell_salesperson(self, body, summary):
        for order in self.sudo():
            order.message_post(body=body)
            seller = order.user_id or order.create_uid
            if seller.active and not seller.share:
                order.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=seller.id, summary=summary)

    # -------------------------------------------------------------- assignment

    def _assign(self, user, *, note, until=False, questions=None):
        """Make ``user`` the merchandiser from now on (D0.3); the caller's gate has passed.

        :param user: the new merchandiser
        :param note: hand-over note
        :param datetime until: end of a stand-in, naive UTC; empty for good
        :param questions: `gendan.deviation` records that go over with their orders (L-M3)
        """
        listed = questions.grouped(lambda one: one.notice_id.order_id) if questions else {}
        # assignments are evidence, open to nobody; X19 is checked by the callers
        self.env["gendan.assignment"].sudo().create([{
            "order_id": order.id, "user_id": user.id, "date_from": fields.Datetime.now(),
            "date_to": until, "note": note, "assigned_by_id": self.env.uid,
            "question_ids": [Command.set(listed[order].ids)] if order in listed else [],
        } for order in self.sudo()])
        if not until:
            self.sudo().write({"merchandiser_id": user.id})

    def action_assign(self, user_id, note=False, until=False, question_ids=()):
        """Move these orders to another merchandiser (D0.3, X19).

        :param int user_id: the new merchandiser
        :param str note: hand-over note
        :param until: end of a stand-in (naive UTC), empty for good
        :param question_ids: ids of production's questions that go over with the orders; one
            that is left out stays with the merchandiser before (L-M3)
        :raise UserError: by another than the plan manager, to someone without the role, or
            with a question that is not one of these orders or is closed
        """
        self.check_access("read")
        self._pass_gate("_gate_assign")
        user = self.env["res.users"].browse(user_id)
        until = fields.Datetime.to_datetime(until)
        if not user.active or not user._has_role("merchandiser"):
            raise UserError(self.env._("%s is no merchandiser: choose one who is.", user.name))
        if until and until <= fields.Datetime.now():
            raise UserError(self.env._("A stand-in is named for the time to come."))
        self._assign(user, note=note, until=until, questions=self._questions_to_hand_over(
            question_ids))
        self.sudo().notice_id.write({} if until else {"merchandiser_id": user.id})
        return True

    def _open_questions(self):
        """Return what production has asked about these orders and has no answer to yet (L-M3)."""
        return self.env["gendan.deviation"].search([
            ("notice_id.order_id", "in", self.ids),
            ("state", "in", ("asked", "relayed", "answered"))], order="asked_at, id")

    def _questions_to_hand_over(self, question_ids):
        questions = self.env["gendan.deviation"].browse(question_ids).exists()
        # whoever assigns reads them; the orders behind them are those of the gate
        foreign = questions - self.sudo()._open_questions()
        if foreign:
            raise UserError(self.env._(
                "%s is no open question of these orders: leave it out of the hand-over.",
                ", ".join(foreign.mapped("display_name"))))
        return questions.sudo()

    @gate("order.assign", "D0.3 X19")
    def _gate_assign(self):
        """Only the plan manager moves an order to another merchandiser."""
        if self.env.user._principals("plan_manager"):
            return {}
        managers = self.env.user._users_of_role("plan_manager")
        return {order.id: [Unmet(
            "role", self.env._("the merchandiser of %s is changed by the plan manager", order.name),
            self.env._("ask %s", ", ".join(managers.mapped("name"))), tuple(managers.ids))]
            for order in self}

    # -------------------------------------------------------------- questions

    def _is_released(self):
        return self.sudo().notice_id.state in ("released", "done")

    def _is_drafting_change(self):
        """Whether a change is being drafted while an older revision is in force."""
        self.ensure_one()
        order = self.sudo()
        return bool(order.valid_revision_id) and order.revision_state == "draft"

    def _stock_rules_may_run(self):
        """Whether the deliveries may follow the lines: the latest revision is in force."""
        self.ensure_one()
        order = self.sudo()
        return bool(order.valid_revision_id) and order.valid_revision_id == order.revision_id

    def _prepare_ticks(self):
        return self._controlled_lines()._prepare_ticks()

    def _restore_content(self, payload):
        """Put the order back as revision ``payload`` says; lines added since go to nothing."""
        self.ensure_one()
        head = payload["order"]
        self.write({
            "partner_id": head["partner"],
            "partner_shipping_id": head["shipping"],
            "order_kind": head["kind"],
            "client_order_ref": head["customer_ref"],
            "destination": head["destination"],
            "tail_carton_agreed": head["tail_carton"],
            "first_part_date": head["part"][0] if "part" in head else False,
            "first_part_quantity": float(head["part"][1]) if "part" in head else 0,
            "currency_id": head["currency"],
            "payment_term_id": head["payment_term"],
            "prepayment_percent": float(head["prepayment"]),
            "commitment_date": self._moment_of(head["delivery_date"]),
            "customer_document_ids": [Command.set(self.valid_revision_id.document_ids.ids)],
        })
        frozen = {line["id"]: line for line in payload["lines"]}
        for line in self._controlled_lines():
            if line.id in frozen:
                line.write(line._prepare_restore(frozen[line.id]))
        (self._controlled_lines().filtered(lambda line: line.id not in frozen)).unlink()

    def _moment_of(self, day):
        """Return the end of a company day as the moment that core keeps, or False."""
        if not day:
            return False
        if self._delivery_date() == date.fromisoformat(day):
            return self.commitment_date
        return utc(date.fromisoformat(day), time(12), self.company_id.gendan_tz)
