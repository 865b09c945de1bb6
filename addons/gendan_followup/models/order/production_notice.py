from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate
from .res_partner import ORDER_KINDS


class ProductionNotice(models.Model):
    """生产通知单: the price-free extract of a revision that workshop and stores work from.

    There is one per order from its first submission, and stand-alone ones for samples
    and stock. Its lines repeat the revision in force and are written by nobody.
    """

    _name = "gendan.production.notice"
    _inherit = ["gendan.system.mixin", "gendan.revision.mixin", "mail.thread",
                "mail.activity.mixin"]
    _description = "Production notice"
    _order = "delivery_date, id"

    name = fields.Char("Notice no.", required=True, readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", copy=False,
                               ondelete="restrict", groups="gendan_followup.group_price")
    revision_id = fields.Many2one("gendan.revision", "Revision shown", readonly=True, copy=False,
                                  index="btree_not_null", ondelete="restrict")
    revision_letter = fields.Char("Revision", readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("valid", "Valid"), ("released", "Released"), ("done", "Done"),
         ("cancel", "Cancelled")], required=True, default="draft", readonly=True, index=True)
    on_hold = fields.Boolean(readonly=True, copy=False, tracking=True)
    hold_kind = fields.Selection([("revision", "Change under way"), ("manual", "By hand")],
                                 readonly=True)
    hold_reason = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index=True)
    kind = fields.Selection(ORDER_KINDS, readonly=True)
    customer_ref = fields.Char("Customer's order no.", readonly=True)
    order_name = fields.Char("Sales order", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    delivery_date = fields.Date(readonly=True, index=True)
    destination = fields.Char(readonly=True)
    submitted_at = fields.Datetime(readonly=True)
    verified_by_id = fields.Many2one("res.users", readonly=True)
    verified_at = fields.Datetime(readonly=True)
    valid_at = fields.Datetime(readonly=True)
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_at = fields.Datetime(readonly=True, copy=False)
    # filled in memory by the steps, so that a new state finds its order without a search
    following_order_ids = fields.One2many("sale.order", "notice_id", "Orders in step",
                                          readonly=True)
    line_ids = fields.One2many("gendan.production.notice.line", "notice_id", "Lines",
                               readonly=True)
    production_ids = fields.One2many("mrp.production", "notice_id", "Manufacturing orders")

    _one_per_order = models.UniqueIndex("(order_id) WHERE order_id IS NOT NULL",
                                        "An order has one production notice.")
    _number = models.Constraint("UNIQUE (company_id, name)", "That notice number is taken.")

    # ------------------------------------------------------------ its content

    @api.model
    def _create_for_order(self, order):
        """Number a notice for an order that is submitted for the first time (design 6.2)."""
        return self.create({
            **self._prepare_head(order, order.revision_id),
            "name": self.env["ir.sequence"].with_company(order.company_id).next_by_code(
                "gendan.production.notice"),
            "company_id": order.company_id.id,
            "order_id": order.id,
        })

    def _follow_revision(self):
        """Bring each notice in line with the latest revision of its order.

        Before the first validity it shows what is being verified. Afterwards its
        content changes at re-validity only; a submitted technical change holds it.
        """
        for notice in self.sudo():
            revision = notice.order_id.revision_id
            first_time = not notice.valid_at
            if revision.state == "valid" or first_time:
                # what was submitted is what becomes valid: its lines need repeating only once
                repeated = revision.state == "valid" and notice.revision_id == revision
                notice._write_changed(notice._prepare_head(notice.order_id, revision))
                if not repeated:
                    notice._sync_lines()
            if revision.state == "valid":
                notice._become_valid(revision)
            elif revision.state == "submitted" and notice.valid_at:
                notice._await_revision(revision)

    def _write_changed(self, values):
        """Write what is new only: whatever follows a field is looked for at each write of it."""
        self.ensure_one()
        changed = {name: value for name, value in values.items()
                   if self._fields[name].convert_to_write(self[name], self) != value}
        if changed:
            self.write(changed)

    @api.model
    def _prepare_head(self, order, revision):
        return {
            "revision_id": revision.id,
            "revision_letter": revision.letter,
            "partner_id": order.partner_id.id,
            "kind": order.order_kind,
            "customer_ref": order.client_order_ref,
            "order_name": order.name,
            "salesperson_id": order.user_id.id,
            "merchandiser_id": order.merchandiser_id.id,
            "delivery_date": order._delivery_date(),
            "destination": order.destination,
            "submitted_at": revision.submitted_at,
            "verified_by_id": revision.verified_by_id.id,
            "verified_at": revision.verified_at,
        }

    def _sync_lines(self):
        """Repeat the controlled lines of the order; a line that fell out stays at 0."""
        self.ensure_one()
        lines = self.order_id._controlled_lines().filtered(
            lambda line: line.product_id.type != "service")
        known = {line.order_line_id: line for line in self.line_ids}
        for order_line in lines & self.line_ids.order_line_id:
            known[order_line].write(known[order_line]._prepare_from(order_line))
        self.env["gendan.production.notice.line"].create([
            dict(self.line_ids._prepare_from(order_line), notice_id=self.id,
                 order_line_id=order_line.id)
            for order_line in lines - self.line_ids.order_line_id])
        self.line_ids.filtered(lambda line: line.order_line_id not in lines).write({"quantity": 0})

    def _become_valid(self, revision):
        values = {"valid_at": revision.valid_at}
        if self.state in ("draft", "cancel"):
            # an order that was cancelled and opened again goes on where it stood
            values["state"] = "released" if self.released_at else "valid"
        if self.hold_kind == "revision":
            values.update(self._prepare_resume())
        self.write(values)

    def _await_revision(self, revision):
        """A technical change stops the work until it is signed again (D1.11)."""
        if revision.change_class != "commercial":
            self._hold("revision", self.env._("revision %s is being signed", revision.letter))

    # -------------------------------------------------------------------- hold

    def _hold(self, kind, reason):
        self.write({"on_hold": True, "hold_kind": kind, "hold_reason": reason})
        self.revision_id._log_event("hold", reason=reason)

    @api.model
    def _prepare_resume(self):
        return {"on_hold": False, "hold_kind": False, "hold_reason": False}

    def action_hold(self, reason):
        """Stop the work on these notices at once (design 6.3).

        :param str reason: why, shown to everybody concerned
        :raise UserError: by another than the merchandiser in charge or the plan manager
        """
        self._pass_gate("_gate_hold")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s stops: the workshop reads it.", self[:1].name))
        self.sudo()._hold("manual", reason)
        return True

    def action_resume(self):
        """Let the work go on after a hold by hand."""
        self._pass_gate("_gate_hold")
        notices = self.sudo().filtered(lambda notice: notice.hold_kind == "manual")
        notices.write(self._prepare_resume())
        notices.revision_id._log_event("resume")
        return True

    @gate("notice.hold", "D1.11")
    def _gate_hold(self):
        """The merchandiser in charge, his deputy or the plan manager stop the work."""
        return {notice.id: [Unmet(
            "role", self.env._("%s is not yours to stop", notice.name),
            self.env._("%s does it", notice.merchandiser_id.name or self.env._("the merchandiser")),
            tuple(notice.merchandiser_id.ids))]
            for notice in self - self._in_charge()}

    def _is_in_charge(self):
        """Whether the present user is the merchandiser in charge, a deputy or the plan manager."""
        self.ensure_one()
        return bool(self._in_charge())

    def _in_charge(self):
        """Return the notices that the present user is in charge of, asked of all at once."""
        user = self.env.user
        if user._has_role("plan_manager"):
            return self
        now_of = self.sudo().order_id._merchandisers_now()
        in_charge = {notice: now_of.get(notice.sudo().order_id.id, notice.merchandiser_id)
                     for notice in self}
        others = self.filtered(lambda notice: user not in in_charge[notice])
        if not others:
            return self
        if user._principals("plan_manager"):
            return self
        principals = self.env["gendan.deputy"].sudo()._standing_in(
            user, fields.Datetime.now()).principal_id
        return self - others.filtered(lambda notice: not in_charge[notice] & principals)

    # ------------------------------------------------------------------ gates

    @gate("notice.work", "D1.10 D1.11 D2.1")
    def _gate_work(self):
        """The revision behind the notice is in force and nothing holds it."""
        orders = self.sudo().order_id
        order_unmet = orders._gate_unmet("_gate_valid")
        unmet = {}
        for notice in self:
            unmet[notice.id] = (order_unmet.get(notice.sudo().order_id.id, [])
                                + notice._stop_conditions())
        return unmet

    def _stop_conditions(self):
        """Return what stops the work on these notices besides their order."""
        conditions = [notice._hold_unmet() for notice in self if notice.on_hold]
        return conditions + [
            Unmet("cancel", self.env._("%s is cancelled", notice.name), "")
            for notice in self if notice.state == "cancel"]

    def _hold_unmet(self):
        self.ensure_one()
        return Unmet(
            "hold",
            self.env._(
                "%(notice)s is on hold: %(reason)s", notice=self.name, reason=self.hold_reason or ""
            ),
            self.env._(
                "%s resumes it", self.merchandiser_id.name or self.env._("the merchandiser")
            ),
            tuple(self.merchandiser_id.ids),
        )

    # ------------------------------------------------------------- life cycle

    def _cancel(self, reason):
        """Cancel the notice; it is never deleted (D1.12)."""
        notices = self.filtered(lambda notice: notice.state != "cancel")
        notices.write({"state": "cancel", "hold_reason": reason})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A production notice is cancelled, never deleted."))

    def copy_data(self, default=None):
        """Refuse: a notice has one order and one number (D1.12)."""
        raise UserError(self.env._("A notice is not copied: copy the sales order instead."))
