from odoo import models

from ..foundation.gate_mixin import Unmet
from ..materials.need_received import BEGUN
from ..materials.stock_lot_check import INCOMING
from .check_template import CHECK_ROLES

# what a machine waits for before it starts, and what comes before its packs are booked
BEFORE_START = ("start_check", "bag_fit")
BEFORE_BOOKING = ("coding", "piece_count", "sorting")
# looked at on each machine, the rest once for the line
ON_MACHINE = ("start_check", "bag_fit")


class MrpProduction(models.Model):
    """A check that the plan manager has made block stops what follows it (X13).

    Off at first, and then a missing or failed check is red and nothing more. On, a lot waits
    for its incoming check and for quality control's second look, a start for the start check
    and the fit, and the booking of what was made for coding, counts and sorting.
    """

    _inherit = "mrp.production"

    def _run_conditions(self):
        """Add what a blocking check has against running these orders."""
        return self._with_checks(super()._run_conditions(), "_run_check_conditions")

    def _gate_output(self):
        """Add what a blocking check has against booking what these orders made."""
        return self._with_checks(super()._gate_output(), "_booking_check_conditions")

    def _with_checks(self, unmet, method):
        """Add the conditions that ``method`` finds, where the company lets any check block."""
        templates = self.env["gendan.check.template"]
        for production in self.sudo().filtered("notice_line_id"):
            if kinds := templates._blocking_kinds(production.company_id.id):
                unmet[production.id] = [*unmet.get(production.id, ()),
                                        *getattr(production, method)(kinds)]
        return unmet

    def _run_check_conditions(self, kinds):
        self.ensure_one()
        if self.state in BEGUN:
            return []
        # nothing is tried in its bag before the machine has made something to be tried
        fitted = self not in self.env["gendan.first.article"]._trials_of(self.notice_line_id)
        return self._goods_conditions(kinds) + self._recheck_conditions(kinds) + [
            unmet for kind in BEFORE_START if kind in kinds and (fitted or kind != "bag_fit")
            for unmet in self._sheet_conditions(kind)]

    def _booking_check_conditions(self, kinds):
        self.ensure_one()
        if self in self.env["gendan.first.article"]._trials_of(self.notice_line_id):
            return []
        return [unmet for kind in BEFORE_BOOKING if kind in kinds
                for unmet in self._sheet_conditions(kind)]

    def _goods_conditions(self, kinds):
        """Return the deliveries for this order whose incoming check is missing or failed."""
        if not kinds & set(INCOMING):
            return []
        needs = self.notice_line_id.need_ids.filtered(
            lambda need: not need.is_supplement and need.product_id._incoming_kind() in kinds)
        doubts = needs._doubtful()
        reasons = [need._unchecked_reason(doubts[need.id]) for need in needs if need.id in doubts]
        named = {doubt.name for found in doubts.values() for doubt in found}
        lots = self.move_raw_ids.move_line_ids.lot_id | self._issued_lots().get(
            self.notice_line_id.id, self.env["stock.lot"])
        return [Unmet(reason.code, reason.text, reason.remedy, reason.users)
                for reason in reasons] + [
            self._check_unmet(lot.product_id._incoming_kind(), self._lot_text(lot))
            for lot in lots._stopped(self.company_id) if lot.name not in named]

    def _recheck_conditions(self, kinds):
        """Return the slips of this order that quality control has not found right (L-Q3)."""
        if "issue_recheck" not in kinds:
            return []
        slips = self.env["gendan.material.issue"].search([
            ("notice_line_id", "=", self.notice_line_id.id), ("state", "in", ("issued", "taken"))])
        return [self._check_unmet("issue_recheck", self.env._(
            "%(slip)s %(material)s: not found right by the re-check", slip=slip.name,
            material=slip.product_id.display_name))
            for slip in slips if slip.recheck_id.state != "closed" or slip.recheck_result != "ok"]

    def _sheet_conditions(self, kind):
        """Return what is missing of this kind of check: the last sheet is closed, and OK."""
        domain = [("notice_line_id", "=", self.notice_line_id.id), ("kind", "=", kind),
                  ("state", "!=", "cancel")]
        sheets = self.env["gendan.check.sheet"].search(domain, order="id desc")
        label = dict(self.env["gendan.check.template"]._fields["kind"]._description_selection(
            self.env))[kind]
        places = self.workorder_ids.workcenter_id if kind in ON_MACHINE else []
        found = []
        for machine in places or [self.env["mrp.workcenter"]]:
            last = sheets.filtered(lambda sheet, machine=machine: not machine
                                   or sheet.workcenter_id in (machine, machine.browse()))[:1]
            if last.state != "closed" or last.result != "ok":
                found.append(self._check_unmet(kind, self.env._(
                    "%(line)s: no check “%(check)s” that found all right",
                    line=self.notice_line_id.display_name, check=label)))
        return found[:1]

    def _check_unmet(self, kind, text):
        users = self.env["res.users"].union(*(
            self.env["res.users"]._users_of_role(role, self.company_id)
            for role in CHECK_ROLES[kind]))
        return Unmet(f"check_{kind}", text, self.env._(
            "%s checks it", ", ".join(users.mapped("name"))), tuple(users.ids))
