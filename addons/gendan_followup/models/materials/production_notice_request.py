from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...calc.working_time import company_date
from ..foundation.gate_mixin import Unmet, gate

# steps of a revision: a notice of an order takes them on its order, never here
OWN_STEPS = {
    "_gate_submit", "_gate_withdraw", "_gate_tick", "_gate_verify", "_gate_return",
    "_gate_sign_finance", "_gate_sign_sales_manager", "_gate_open_revision", "_gate_discard",
    "_gate_withdraw_signature", "_gate_request", "_gate_call_off",
}
BUTTONS = {
    "can_edit_request": "_gate_request", "can_submit": "_gate_submit",
    "can_verify": "_gate_verify_person", "can_return": "_gate_return",
    "can_sign_finance": "_gate_sign_finance", "can_sign_sales_manager": "_gate_sign_sales_manager",
    "can_call_off": "_gate_call_off",
}


class ProductionNotice(models.Model):
    """A notice without an order, for samples above A37 and for stock (design 6.5).

    The plan manager requests it, its merchandiser verifies, finance and the sales manager
    sign: the same revisions as an order's, on the notice itself.
    """

    _inherit = "gendan.production.notice"
    _revision_owner = "notice_id"

    purpose = fields.Selection(
        [("sample", "Samples"), ("stock", "For stock")], readonly=True, copy=False,
        help="Set on a notice that stands without an order.")
    purpose_reason = fields.Char("What for", readonly=True, copy=False)
    requested_by_id = fields.Many2one("res.users", "Requested by", readonly=True, copy=False,
                                      ondelete="restrict")
    # the notice keeps what it shows; an order's notice follows its order's revision
    revision_letter = fields.Char("Revision", readonly=True, related=None, store=True)
    revision_state = fields.Selection(related="revision_id.state", store=False, index=False)
    tick_ids = fields.One2many(related="revision_id.tick_ids", string="Verification")
    can_edit_request = fields.Boolean(compute="_compute_can_request")
    can_submit = fields.Boolean(compute="_compute_can_request")
    can_verify = fields.Boolean(compute="_compute_can_request")
    can_return = fields.Boolean(compute="_compute_can_request")
    can_sign_finance = fields.Boolean(compute="_compute_can_request")
    can_sign_sales_manager = fields.Boolean(compute="_compute_can_request")
    can_call_off = fields.Boolean(compute="_compute_can_request")

    _one_owner = models.Constraint(
        "CHECK (order_id IS NULL OR purpose IS NULL)",
        "A notice belongs to an order, or stands alone for samples or stock.")

    def _standing_alone(self):
        """Return the notices without an order."""
        return self.filtered("purpose")

    def _pass_gate(self, method):
        """Refuse the steps of a revision on a notice that belongs to an order."""
        if method in OWN_STEPS and (ordered := self - self._standing_alone()):
            notice = ordered[0].sudo()
            self.env["gendan.audit"]._refuse(self._gate_of(method), ordered, self.env._(
                "%(notice)s follows its sales order %(order)s: the order is submitted, verified "
                "and signed.", notice=notice.name, order=notice.order_name or ""))
        return super()._pass_gate(method)

    # ---------------------------------------------------------------- request

    @api.model
    def _check_planner(self):
        if not self.env.user._principals("plan_manager"):
            managers = self.env.user._users_of_role("plan_manager")
            self.env["gendan.audit"]._refuse(
                self._gate_of("_gate_request"), self, self.env._(
                    "A notice without an order is requested by the plan manager (%s).",
                    ", ".join(managers.mapped("name"))))

    @api.model
    def action_request(self, values, lines):
        """Request a notice without an order, as a draft (design 6.5).

        :param dict values: purpose, purpose_reason, merchandiser_id, delivery_date
        :param list lines: dicts of product_id, quantity (packs) and optionally bom_id
        :return: the notice
        :raise UserError: by another than the plan manager, or without what is needed
        """
        self._check_planner()
        head = self._prepare_request(values)
        # users write no notice by any door; the gate above has checked the person
        notice = self.sudo().create({
            **head, "company_id": self.env.company.id, "requested_by_id": self.env.uid,
            "salesperson_id": self.env.uid,
            "name": self.env["ir.sequence"].sudo().with_company(self.env.company).next_by_code(
                "gendan.production.notice"),
        })
        notice._write_request_lines(lines)
        return notice.sudo(False)

    def action_edit_request(self, values, lines):
        """Correct a request that is a draft or was returned; arguments as `action_request`."""
        self.ensure_one()
        self._pass_gate("_gate_request")
        self.sudo().write(self._prepare_request(values))
        self.sudo()._write_request_lines(lines)
        return True

    @api.model
    def _prepare_request(self, values):
        names = ("purpose", "purpose_reason", "merchandiser_id", "delivery_date")
        head = {name: values.get(name) for name in names}
        missing = [name for name in names if not head[name]]
        if missing:
            raise UserError(self.env._("A notice without an order needs: %s.", ", ".join(
                self._fields[name]._description_string(self.env) for name in missing)))
        user = self.env["res.users"].browse(head["merchandiser_id"])
        if not user._has_role("merchandiser"):
            raise UserError(self.env._("%s is no merchandiser: choose one who is.", user.name))
        return head

    def _write_request_lines(self, rows):
        """Write the lines anew; one that fell out stays at 0, as with an order."""
        self.ensure_one()
        if not rows or any(not row.get("product_id") or row.get("quantity", 0) <= 0
                           for row in rows):
            raise UserError(self.env._(
                "%s: enter each product with a quantity above 0.", self.name))
        known = {line.product_id.id: line for line in self.line_ids}
        wanted = {row["product_id"]: row for row in rows}
        if len(wanted) < len(rows):
            raise UserError(self.env._("%s: enter each product once.", self.name))
        self.write({"line_ids": [
            *(Command.update(line.id, {"quantity": 0}) for product, line in known.items()
              if product not in wanted),
            *(Command.update(known[product].id, self.line_ids._prepare_requested(row))
              for product, row in wanted.items() if product in known),
            *(Command.create(self.line_ids._prepare_requested(row))
              for product, row in wanted.items() if product not in known)]})

    @gate("notice.request", "A37 D1.1")
    def _gate_request(self):
        """The plan manager writes a request, and not while others look at it."""
        unmet = {}
        for notice in self:
            if notice._is_locked() or notice.state == "cancel":
                unmet[notice.id] = [Unmet(
                    "locked", self.env._("%s is being signed, or is signed", notice.name),
                    self.env._("the merchandiser returns it, or the plan manager opens a new "
                               "revision"))]
            elif not notice._may_edit_controlled():
                unmet[notice.id] = [notice._planner_unmet()]
        return unmet

    def _planner_unmet(self):
        managers = self.env.user._users_of_role("plan_manager", self.sudo().company_id)
        return Unmet("role", self.env._("%s is the plan manager's to write", self.name),
                     self.env._("ask %s", ", ".join(managers.mapped("name"))),
                     tuple(managers.ids))

    @gate("notice.call_off", "D1.11")
    def _gate_call_off(self):
        """A request is called off by the plan manager, before anything was released."""
        unmet = {}
        for notice in self:
            if notice._is_released() or notice.state == "cancel":
                unmet[notice.id] = [Unmet(
                    "state", self.env._("%s is released or cancelled", notice.name),
                    self.env._("hold it, or cancel its manufacturing orders"))]
            elif not notice._may_edit_controlled():
                unmet[notice.id] = [notice._planner_unmet()]
        return unmet

    def action_call_off(self):
        """Cancel a request that nothing was released of; it is never deleted (D1.12)."""
        self._pass_gate("_gate_call_off")
        for notice in self.sudo():
            reason = self.env._("the request was called off")
            notice.revision_id._void(reason)
            notice.valid_revision_id = False
            notice._cancel(reason)
        return True

    # ------------------------------------------------- said to the revision mixin

    def _revision_payloads(self):
        return {notice.id: {
            "schema": 1,
            "notice": {
                "purpose": notice.purpose, "reason": (notice.purpose_reason or "").strip(),
                "delivery_date": fields.Date.to_string(notice.delivery_date) or "",
                "merchandiser": notice.merchandiser_id.id,
            },
            "lines": [line._request_payload() for line in notice.line_ids if line.quantity],
        } for notice in self._standing_alone()}

    def _restore_content(self, payload):
        head = payload["notice"]
        self.sudo().write({
            "purpose": head["purpose"], "purpose_reason": head["reason"],
            "delivery_date": head["delivery_date"], "merchandiser_id": head["merchandiser"]})
        frozen = {line["id"]: line for line in payload["lines"]}
        for line in self.sudo().line_ids:
            line.quantity = float(frozen[line.id]["quantity"]) if line.id in frozen else 0

    def _submission_issues(self):
        issues = {}
        for notice in self:
            today = company_date(fields.Datetime.now(), notice.company_id.gendan_tz)
            conditions = [] if notice.delivery_date >= today else [Unmet(
                "date", self.env._("%(notice)s: the date %(date)s is in the past",
                                   notice=notice.name, date=notice.delivery_date),
                self.env._("the plan manager chooses another one"))]
            if not any(notice.line_ids.mapped("quantity")):
                conditions.append(Unmet("lines", self.env._("%s has no product", notice.name), ""))
            conditions += [unmet for line in notice.line_ids if line.quantity
                           for unmet in line._request_conditions()]
            issues[notice.id] = conditions
        return issues

    def _verification_issues(self):
        return {notice.id: [
            unmet for line in notice.line_ids if line.quantity
            for unmet in line._request_conditions()] for notice in self}

    def _responsible_users(self):
        self.ensure_one()
        return self.sudo().requested_by_id, self.sudo().merchandiser_id

    def _may_edit_controlled(self):
        return self.env.su or bool(self.env.user._principals("plan_manager"))

    def _verifiers(self):
        """Return its merchandiser and who stands in for him; never who requested it."""
        self.ensure_one()
        own = self._own_work()
        in_charge = self.sudo().merchandiser_id - own
        if not in_charge:
            return self.env["res.users"]._users_of_role("merchandiser", self.company_id) - own
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(in_charge, fields.Datetime.now())
        return (in_charge | deputies.deputy_id) - own

    def _prepare_ticks(self):
        return [{"group": group} for group in ("1_size", "2_name", "3_material", "4_basic")]

    def _before_payload(self):
        for line in self.sudo().line_ids:
            line.bom_snapshot = line._request_snapshot()

    def _after_submit(self):
        for notice in self:
            notice._follow_revision()

    def _after_valid(self):
        for notice in self:
            notice._follow_revision()

    def _is_released(self):
        return self.sudo().state in ("released", "done")

    # --------------------------------------------------- what follows from it

    def _follow_revision(self):
        """Show the notice's own revision; the rest follows their orders."""
        alone = self._standing_alone()
        for notice in alone.sudo():
            revision = notice.revision_id
            notice.write({
                "revision_letter": revision.letter, "submitted_at": revision.submitted_at,
                "verified_by_id": revision.verified_by_id.id,
                "verified_at": revision.verified_at})
            if revision.state == "valid":
                for line in notice.line_ids:
                    line.to_make_quantity = max(line.quantity - line.released_quantity, 0)
                notice._become_valid(revision)
            elif revision.state == "submitted" and notice.valid_at:
                notice._await_revision(revision)
        return super(ProductionNotice, self - alone)._follow_revision()

    def _compute_next_step(self):
        alone = self._standing_alone()
        (self - alone).next_step = False
        return super(ProductionNotice, alone)._compute_next_step()

    @gate("notice.work", "D1.10 D1.11 D2.1")
    def _gate_work(self):
        """A notice that stands alone is in force by its own revision."""
        unmet = super()._gate_work()
        for id_, conditions in self._standing_alone()._gate_unmet("_gate_valid").items():
            unmet[id_] = conditions + unmet[id_]
        return unmet

    @gate("notice.stock_check", "D2.1 D2.2")
    def _gate_stock_check(self):
        """What is made for stock, or as samples, is not taken from stock."""
        unmet = super()._gate_stock_check()
        for notice in self._standing_alone():
            unmet[notice.id] = [Unmet(
                "alone", self.env._("%s stands without an order: all of it is made", notice.name),
                self.env._("release it"))]
        return unmet

    def _compute_is_stock_checked(self):
        alone = self._standing_alone()
        alone.is_stock_checked = True
        return super(ProductionNotice, self - alone)._compute_is_stock_checked()

    def _todos_in_force(self):
        self.ensure_one()
        if not self.valid_revision_id or not self._waits_for_release():
            return {}
        return {"release": self.env["gendan.revision"]._asked(self.merchandiser_id)}

    # ------------------------------------------------------------------ screen

    @gate("notice.verify.person", "D1.1")
    def _gate_verify_person(self):
        """Whether the present user is the one who verifies (for the button)."""
        return {notice.id: notice._verifier_conditions() for notice in self}

    @api.depends_context("uid")
    @api.depends("state", "revision_id", "revision_state", "purpose")
    def _compute_can_request(self):
        alone = self._standing_alone().filtered(
            lambda notice: isinstance(notice.id, int))._gendan_on()
        refused = {button: alone._gate_unmet(method) for button, method in BUTTONS.items()}
        for notice in self:
            for button in BUTTONS:
                notice[button] = notice in alone and notice.id not in refused[button]

    def action_open_request(self):
        """Open the request of this draft for correction."""
        self.ensure_one()
        return dict(self.env["ir.actions.act_window"]._for_xml_id(
            "gendan_followup.action_notice_request"), context={"default_notice_id": self.id})
