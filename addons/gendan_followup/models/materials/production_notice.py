from odoo import api, fields, models
from odoo.tools import float_compare, float_is_zero

from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate

# who is told when a notice is released (D2.4)
TOLD_ROLES = ("production", "packaging", "raw_keeper", "packaging_keeper", "qc")


class ProductionNotice(models.Model):
    """The merchandiser's first two steps: look at the stock, then release the shortage."""

    _inherit = "gendan.production.notice"

    stock_check_ids = fields.One2many("gendan.stock.check", "notice_id", "Stock checks",
                                      readonly=True)
    stock_check_id = fields.Many2one("gendan.stock.check", "Last stock check", readonly=True,
                                     copy=False, ondelete="restrict")
    is_stock_checked = fields.Boolean(compute="_compute_is_stock_checked")
    round_up_agreed_by_id = fields.Many2one(
        "res.users", "Full cartons agreed by", readonly=True, copy=False, ondelete="restrict",
        help="The salesperson who agreed to make full cartons instead of the exact shortage.")
    release_missing = fields.Text("Before the release", compute="_compute_release_missing")

    @api.depends("stock_check_id", "revision_id")
    def _compute_is_stock_checked(self):
        for notice in self:
            notice.is_stock_checked = bool(notice.stock_check_id) and (
                notice.stock_check_id.revision_id == notice.revision_id)

    @api.depends_context("uid", "lang")
    @api.depends("state", "on_hold", "stock_check_id", "revision_id")
    def _compute_release_missing(self):
        pending = self.filtered(lambda notice: notice.state in ("draft", "valid"))
        unmet = pending._gate_unmet("_gate_release") if pending.ids else {}
        for notice in self:
            notice.release_missing = "\n".join(map(str, unmet.get(notice.id, []))) or False

    # ------------------------------------------------------------ stock check

    @gate("notice.stock_check", "D2.1 D2.2")
    def _gate_stock_check(self):
        """Stock is checked for a valid revision, by the merchandiser in charge."""
        unmet = self._gate_work()
        for notice in self - self._in_charge():
            unmet[notice.id].append(notice._not_in_charge_unmet())
        return unmet

    def _not_in_charge_unmet(self):
        return Unmet(
            "role",
            self.env._("%s is not yours to decide", self.name),
            self.env._("%s does it", self.merchandiser_id.name or self.env._("the merchandiser")),
            tuple(self.merchandiser_id.ids),
        )

    def action_check_stock(self):
        """Find what is usable, reserve it, and record why the rest is not (D2.2, D2.3).

        :raise UserError: when the order is not valid, or by another than the
            merchandiser in charge
        """
        self._pass_gate("_gate_stock_check")
        notices = self.sudo()
        self.env["gendan.stock.check"]._take_turn(notices.line_ids.product_id)
        for of_company in notices.grouped("company_id").values():
            of_company._check_stock()
        return True

    def _check_stock(self):
        """Check the stock for these notices of one company; the first takes first."""
        lots = self.line_ids._find_lots()
        self.line_ids._fetch_covered()
        checks = self.env["gendan.stock.check"].create(
            [notice._prepare_stock_check(lots) for notice in self])
        checks.line_ids._reserve_on_delivery()
        for notice, check in zip(self, checks, strict=True):
            notice.stock_check_id = check
            rows = check.line_ids.grouped("notice_line_id")
            for line in notice.line_ids:
                line._count_stock(rows[line])
        self._message_log_batch({notice.id: notice._stock_text() for notice in self})

    def _stock_text(self):
        """Return what the last check found, and whether stock covers everything (D2.3)."""
        self.ensure_one()
        text = self.stock_check_id._summary()
        if any(not float_is_zero(line.to_make_quantity, precision_digits=2)
               for line in self.line_ids):
            return text
        return "\n".join((text, self.env._("Stock covers the order: 0 to make.")))

    def _prepare_stock_check(self, lots):
        self.ensure_one()
        lines = [values for line in self.line_ids for values in line._prepare_check_lines(lots)]
        return {
            "notice_id": self.id,
            "revision_id": self.revision_id.id,
            "company_id": self.company_id.id,
            "checked_by_id": self.env.uid,
            "checked_at": fields.Datetime.now(),
            "line_ids": [fields.Command.create(values) for values in lines],
        }

    # ---------------------------------------------------------------- release

    @gate("notice.release", "D0.3 D1.10 D2.1 D2.2 D2.4")
    def _gate_release(self):
        """Released is what a valid, stock-checked notice is short of, by its merchandiser."""
        unmet, in_charge = self._gate_work(), self._in_charge()
        for notice in self:
            conditions = unmet[notice.id]
            if notice not in in_charge:
                conditions.append(notice._not_in_charge_unmet())
            elif not conditions and not notice.is_stock_checked:
                conditions.append(Unmet(
                    "stock_check", self.env._("%(notice)s: no stock check of revision %(letter)s",
                                     notice=notice.name, letter=notice.revision_letter),
                    self.env._("%s checks the stock first", notice.merchandiser_id.name or ""),
                    tuple(notice.merchandiser_id.ids)))
            elif not conditions:
                conditions += notice._quantity_conditions()
        return unmet

    def _quantity_conditions(self):
        """Return what is wrong with the quantities about to be released (D2.3, D2.4)."""
        self.ensure_one()
        short = self.line_ids.filtered(
            lambda line: float_compare(line.to_make_quantity, 0, precision_digits=2) > 0)
        if not short:
            return [Unmet("nothing", self.env._("%s: nothing is short, 0 to make", self.name),
                          self.env._("deliver from stock"))]
        return [unmet for line in short for unmet in line._bom_conditions()]

    def action_release(self):
        """Release the shortage to production: one manufacturing order per short line (D2.4).

        :raise UserError: with everything that is missing
        """
        self._pass_gate("_gate_release")
        notices = self.sudo()
        short = notices.line_ids.filtered(
            lambda line: float_compare(line.to_make_quantity, 0, precision_digits=2) > 0)
        notices.write({"state": "released", "released_by_id": self.env.uid,
                       "released_at": fields.Datetime.now()})
        short._freeze_boms()
        productions = self.env["mrp.production"].sudo().create(
            [values for line in short for values in line._prepare_productions()])
        for line in short:
            line.write({"released_quantity": line.released_quantity + line._release_quantity(),
                        "to_make_quantity": 0})
        # before the manufacturing orders reserve: what stock gives is the notice's own (X15)
        short._calculate_needs()
        with notices._gate_passed("_gate_work"):
            productions.action_confirm()
        notices._tell_release()
        return True

    @gate("notice.round_up", "D2.4")
    def _gate_round_up(self):
        """Full cartons instead of the exact shortage are the salesperson's decision."""
        return {notice.id: [Unmet(
            "role", self.env._("%s: full cartons are agreed by the salesperson", notice.name),
            self.env._("%s agrees", notice.salesperson_id.name or self.env._("the salesperson")),
            tuple(notice.salesperson_id.ids))]
            for notice in self if not notice._may_agree_round_up()}

    def _may_agree_round_up(self):
        self.ensure_one()
        order = self.sudo().order_id.with_user(self.env.user).sudo(False)
        return self.company_id.release_rounding and self.env.user in (
            order.sudo().user_id | order.sudo()._salesperson_deputies()
            | (self.env["res.users"] if order.sudo().user_id else
               self.env.user._users_of_role("sales_manager", self.company_id)))

    def action_agree_round_up(self):
        """Agree, as the salesperson, that full cartons are made (D2.4)."""
        self._pass_gate("_gate_round_up")
        self.sudo().write({"round_up_agreed_by_id": self.env.uid})
        return True

    def _tell_release(self):
        """Tell production, packing, both keepers and QC (D2.4).

        The message stands at once; whom it is for hears of it from the queue of scheduled
        notifications, which the merchandiser need not wait for.
        """
        now = fields.Datetime.now()
        users = self.env["res.users"]
        for company, notices in self.grouped("company_id").items():
            told = users.union(*(users._users_of_role(role, company) for role in TOLD_ROLES))
            messages = notices._message_log_batch(
                {notice.id: notice._release_text() for notice in notices},
                partner_ids=told.partner_id.ids)
            self.env["mail.message.schedule"].sudo().create(
                [{"mail_message_id": message.id, "scheduled_datetime": now}
                 for message in messages])

    def _release_text(self):
        self.ensure_one()
        return self.env._("Released: %s", ", ".join(
            f"{line.product_id.display_name} {plain_number(line.released_quantity)}"
            for line in self.line_ids.filtered("released_quantity")))
