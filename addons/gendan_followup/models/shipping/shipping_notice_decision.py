from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.load_plan import exact, fits_door
from ...calc.working_time import company_date
from ..foundation.gate_mixin import Unmet, gate
from .shipping_notice import MERCHANDISER_FIELDS, SALES_FIELDS


class ShippingNotice(models.Model):
    """Ask, decide, correct: what the salesperson wants and the merchandiser answers (D8.4)."""

    _inherit = "gendan.shipping.notice"

    # ------------------------------------------------------------------ submit

    @gate("shipping.submit", "D8.4 D8.6 D6.2 A12")
    def _gate_submit(self):
        """Submitted is a complete notice of a valid order, for today or later."""
        unmet = self._gate_sales_side()
        work = self.sudo().notice_id._gate_unmet("_gate_work")
        for shipping in self:
            conditions = unmet.setdefault(shipping.id, [])
            conditions += work.get(shipping.notice_id.id, [])
            conditions += shipping._past_conditions() + shipping._content_conditions()
        return unmet

    def _past_conditions(self):
        """Nobody ships in the past, whoever accepts it (D8.4)."""
        self.ensure_one()
        today = self.company_id._company_today()
        if self.ship_date >= today:
            return []
        return [Unmet("past", self.env._("%(notice)s leaves on %(day)s, today is %(today)s",
                                         notice=self.name, day=self.ship_date, today=today),
                      self.env._("choose a day to come"))]

    def _content_conditions(self):
        self.ensure_one()
        conditions = []
        if not self.line_ids:
            conditions.append(Unmet("lines", self.env._("%s names no goods", self.name),
                                    self.env._("add what leaves")))
        if not (self.address or self.destination or "").strip():
            conditions.append(Unmet("address", self.env._("%s says not where to", self.name),
                                    self.env._("give the address or the port")))
        conditions += [unmet for line in self.sudo().line_ids for unmet in line._conditions()]
        return conditions + self._box_conditions()

    def _box_conditions(self):
        """Return what does not go into the container: through the door, or by weight."""
        box = self._box()
        if not box:
            return []
        conditions = [
            Unmet("door", self.env._("a carton of %(product)s does not pass the door of a "
                                     "%(box)s", product=line.product_id.display_name,
                                     box=self.container_type_id.name),
                  self.env._("choose another container"))
            for line in self.sudo().line_ids if not fits_door(line._carton_sizes(), box)]
        if exact(round(self.weight, 2)) > box.payload:
            conditions.append(Unmet(
                "payload", self.env._("%(weight)s kg are above the %(limit)s kg of a %(box)s to "
                                      "%(country)s", weight=f"{self.weight:,.0f}",
                                      limit=f"{box.payload:,.0f}",
                                      box=self.container_type_id.name,
                                      country=self.country_id.name or "—"),
                self.env._("take cartons off, or book another container")))
        if exact(round(self.volume, 4)) > box.volume:
            conditions.append(Unmet(
                "volume", self.env._("%(volume)s m³ do not go into a %(box)s of %(limit)s m³",
                                     volume=f"{self.volume:.2f}",
                                     box=self.container_type_id.name,
                                     limit=f"{box.volume:.1f}"),
                self.env._("take cartons off, or book another container")))
        return conditions

    def action_submit(self):
        """Ask for these goods to leave; what counts is the company's day now (D8.4)."""
        # two notices of one order come one after the other, or both could take its rest
        self.sudo().notice_id.revision_id._take_turn()
        self._pass_gate("_gate_submit")
        now = fields.Datetime.now()
        for shipping in self:
            company = shipping.company_id
            shipping._step(
                "submitted", submitted_by_id=self.env.uid, submitted_at=now,
                is_same_day=shipping.ship_date == company_date(now, company.gendan_tz),
                is_late=now > company._notice_deadline(shipping.ship_date),
                decided_by_id=False, decided_at=False, decision_reason=False)
        self._keep_entries("sales", SALES_FIELDS)
        for shipping in self:
            shipping._ask_decision()
        # the reminder is answered by the notice itself
        self.env["gendan.shipping.reminder"].sudo().search([
            ("notice_id", "in", self.notice_id.ids), ("state", "=", "open"),
        ])._answer_noticed()
        return True

    def _ask_decision(self):
        """Put the decision on the desk of the merchandiser (D8.4)."""
        shipping = self.sudo()
        if not shipping.merchandiser_id:
            return
        late = self.env._("same day") if self.is_same_day else (
            self.env._("late") if self.is_late else "")
        shipping.activity_schedule(
            "mail.mail_activity_data_todo", user_id=shipping.merchandiser_id.id,
            date_deadline=company_date(fields.Datetime.now(), self.company_id.gendan_tz),
            summary=self.env._("Shipping notice for %(day)s %(late)s", day=self.ship_date,
                               late=late).strip())

    def _keep_entries(self, owner, names):
        """Keep who answers for which field of this version (A12); one batch."""
        # entries are evidence that nobody may write by himself
        self.env["gendan.shipping.entry"].sudo().create([
            values for shipping in self for values in shipping._prepare_entries(owner, names)])

    def _prepare_entries(self, owner, names):
        self.ensure_one()
        base = {"shipping_id": self.id, "version": self.version, "owner": owner}
        entries = [{**base, "field_name": name, "value": self._entry_text(name)}
                   for name in names]
        if owner == "sales":
            entries += [{**base, "field_name": "line_ids", "value": line._entry_text()}
                        for line in self.line_ids]
        return entries

    def _entry_text(self, name):
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return value.sudo().display_name or ""
        return str(value) if value not in (False, None) else ""

    # ---------------------------------------------------------------- decision

    @gate("shipping.accept", "D8.4 A20")
    def _gate_accept(self):
        """Accepted by merchandiser or plan manager, never by who asked, never for the past."""
        work = self.sudo().notice_id._gate_unmet("_gate_work")
        unmet = {}
        for shipping in self:
            conditions = unmet.setdefault(shipping.id, [])
            conditions += work.get(shipping.notice_id.id, [])
            if not self._may_decide():
                conditions.append(self._not_decider_unmet())
            elif shipping.submitted_by_id == self.env.user:
                conditions.append(Unmet(
                    "own", self.env._("%s asked for it himself", self.env.user.name),
                    self.env._("another merchandiser or the plan manager accepts")))
            conditions += shipping._past_conditions() + shipping._box_conditions()
            if shipping.carton_count and shipping.carton_count != shipping.cartons:
                conditions.append(Unmet(
                    "cartons", self.env._("%(count)s cartons confirmed, the goods make %(sum)s",
                                          count=shipping.carton_count, sum=shipping.cartons),
                    self.env._("correct the count, or the salesperson the notice")))
        return unmet

    def action_accept(self, reason=False):
        """Accept, as merchandiser or plan manager; a same-day notice with a reason only (D8.4).

        :param str reason: why it is possible today
        """
        self._take_turn()
        self._pass_gate("_gate_accept")
        for shipping in self:
            if shipping.is_same_day and not (reason or "").strip():
                raise UserError(self.env._(
                    "%s came on the day itself and is refused by default. To accept it, say why.",
                    shipping.name))
        self._decide("accepted", reason)
        for shipping in self.sudo().filtered(lambda s: not s.carton_count):
            shipping.carton_count = shipping.cartons
        self._keep_entries("merchandiser", MERCHANDISER_FIELDS)
        self._note_same_day(reason)
        return True

    def _note_same_day(self, reason):
        """An accepted same-day notice is an exception on record (D8.4, X7)."""
        for shipping in self.filtered("is_same_day"):
            self.env["gendan.audit"]._note(
                "override", self._gate_of("_gate_accept"), shipping,
                self.env._("Same-day notice of %(seller)s accepted: %(reason)s",
                           seller=shipping.salesperson_id.name, reason=reason))

    def action_refuse(self, reason=False):
        """Refuse; for a same-day notice the day itself is the reason (D8.4).

        :param str reason: what is wrong, needed unless it came on the day itself
        """
        self._take_turn()
        self._pass_gate("_gate_refuse")
        for shipping in self:
            if not (reason or "").strip() and not shipping.is_same_day:
                raise UserError(self.env._(
                    "%s came in time: say what is wrong with it.", shipping.name))
            shipping._decide("refused", reason or self.env._("notified on the day itself"))
        return True

    @gate("shipping.refuse", "D8.4")
    def _gate_refuse(self):
        """Refused by merchandiser or plan manager."""
        return {} if self._may_decide() else {
            shipping.id: [self._not_decider_unmet()] for shipping in self}

    def _decide(self, state, reason):
        self._step(state, decided_by_id=self.env.uid, decided_at=fields.Datetime.now(),
                   decision_reason=reason or False)
        # the to-do is the merchandiser's, whoever decided
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        for shipping in self.sudo():
            shipping.message_post(
                body=self.env._("%(state)s by %(user)s. %(reason)s",
                                state=shipping._state_label(state), user=self.env.user.name,
                                reason=reason or ""),
                partner_ids=(shipping.salesperson_id | shipping.submitted_by_id).partner_id.ids)

    @api.model
    def _cron_refuse_same_day(self):
        """Refuse what came on its own day and was not accepted on it (D8.4, A20)."""
        for company in self.env["res.company"].sudo().search([("uses_gendan", "=", True)]):
            undecided = self.search([
                ("state", "=", "submitted"), ("company_id", "=", company.id),
                ("ship_date", "<", company._company_today())])
            undecided._decide("refused", self.env._("not accepted before its day was over"))

    @api.model
    def _cron_remind_tomorrow(self):
        """Ask the salespeople for what is due tomorrow and has no notice (D8.3)."""
        for company in self.env["res.company"].sudo().search([("uses_gendan", "=", True)]):
            self.env["gendan.shipping.reminder"]._remind(company)

    # -------------------------------------------------------------- correction

    def action_correct(self, reason=False):
        """Take the notice back to write it anew: copies and slip of this version are void.

        :param str reason: needed once it was submitted
        """
        self._take_turn()
        self._pass_gate("_gate_sales_side")
        for shipping in self:
            taken = shipping.state in ("accepted", "loading")
            if taken and not (reason or "").strip():
                raise UserError(self.env._(
                    "%s is accepted: say why it is corrected, its copies become void.",
                    shipping.name))
            values = {"correction_reason": reason or False, "keeper_id": False,
                      "loading_started_at": False, "goods_confirmed_by_id": False,
                      "goods_confirmed_at": False, "goods_condition": False}
            if shipping.print_ids or taken:
                values["version"] = shipping.version + 1
            shipping._void_slips(self.env._("the shipping notice was corrected"))
            shipping._step("draft", **values)
        # the old count was confirmed for the old content
        self.sudo().write({"carton_count": 0})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_cancel(self, reason=False):
        """Cancel; while it is being loaded the merchandiser stops the loading first."""
        self._take_turn()
        self._pass_gate("_gate_cancel")
        if any(s.state == "accepted" for s in self) and not (reason or "").strip():
            raise UserError(self.env._("Say why %s is cancelled.", self[:1].name))
        for shipping in self:
            shipping._void_slips(self.env._("the shipping notice was cancelled"))
        self._step("cancel", correction_reason=reason or False)
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    @gate("shipping.cancel", "D8.6")
    def _gate_cancel(self):
        """The sales side cancels, but not under the hands of the keeper."""
        unmet = self._gate_sales_side()
        for shipping in self.filtered(lambda s: s.state == "loading"):
            unmet.setdefault(shipping.id, []).append(Unmet(
                "loading", self.env._("%(keeper)s is loading %(notice)s",
                                      keeper=shipping.keeper_id.name, notice=shipping.name),
                self.env._("the merchandiser stops the loading first")))
        return unmet

    def _void_slips(self, reason):
        self.ensure_one()
        # the slip follows the notice; no salesperson writes slips himself
        self.sudo().slip_ids.filtered(lambda s: s.state == "issued")._void(reason)
