from odoo import fields, models

from ..foundation.gate_mixin import Unmet
from ..foundation.reading import read_together


class ProductionNotice(models.Model):
    """The merchandiser's questions before the plan: material first, then packaging (D2.5–D2.7)."""

    _inherit = "gendan.production.notice"

    need_ids = fields.One2many("gendan.need", "notice_id", "Needs", readonly=True)
    eta_enquiry_ids = fields.One2many("gendan.eta.enquiry", "notice_id", "Asked the keepers",
                                      readonly=True)
    capability_ids = fields.One2many("gendan.capability.enquiry", "notice_id",
                                     "Asked production", readonly=True)

    # ------------------------------------------------------------------ persons

    def _is_salesperson(self):
        """Whether the present user speaks for the salesperson of this order (D3.7, A34).

        The salesperson or who stands in for him; a customer without one: the sales manager or
        the plan manager.
        """
        self.ensure_one()
        user, seller = self.env.user._acting(), self.sudo().salesperson_id
        if seller:
            deputies = self.env["gendan.deputy"].sudo()._deputies_of(
                seller, fields.Datetime.now()).deputy_id
            return user in seller | deputies
        return bool(user._principals("sales_manager") or user._principals("plan_manager"))

    def _salesperson_text(self):
        return self.salesperson_id.name or self.env._("the sales manager or the plan manager")

    def _not_salesperson_unmet(self):
        return Unmet("role", self.env._(
            "%(person)s is not the salesperson of %(notice)s", person=self.env.user.name,
            notice=self.name), self.env._("%s decides", self._salesperson_text()),
            tuple(self.salesperson_id.ids))

    # ------------------------------------------------------------------ questions

    def _questions_missing(self):
        """Return the raw needs of these notices about which no keeper was asked (D2.5)."""
        needs = self.sudo().need_ids.filtered(
            lambda need: need.kind == "raw" and need.gross and not need.is_supplement)
        asked = self.env["gendan.eta.enquiry"].sudo().search(
            [("need_id", "in", needs.ids), ("state", "not in", ("draft", "cancel"))]).need_id
        return needs - asked

    def action_ask_materials(self):
        """Ask the keeper about every raw material that nobody asked about yet (D2.5).

        And production about every line whose process is not settled (D2.6).

        :raise UserError: by another than the merchandiser in charge
        """
        self._pass_gate("_gate_stock_check")
        keepers = self.env["res.users"]
        for notice in self:
            keepers = keepers._users_of_role("raw_keeper", notice.company_id)
            notice.env["gendan.eta.enquiry"].create([
                {"need_id": need.id, "addressee_id": keepers[:1].id}
                for need in notice._questions_missing()]).action_ask()
            notice._ask_capability()
        return True

    def _ask_capability(self):
        production = self.env["res.users"]._users_of_role("production", self.company_id)
        unmet = self.line_ids._capability_unmet()
        lines = self.line_ids.filtered(lambda line: any(
            one.code == "capability_not_asked" for one in unmet.get(line.id, ())))
        self.env["gendan.capability.enquiry"].create([
            {"notice_line_id": line.id, "addressee_id": production[:1].id}
            for line in lines]).action_ask()

    def action_specify_cartons(self):
        """Open the carton specifications of these notices; the merchandiser starts missing ones."""
        specs = self.env["gendan.carton.specification"]
        lines = self.line_ids.filtered(lambda line: line.carton_version_id and line.quantity)
        known = specs.search([("notice_line_id", "in", lines.ids)])
        if self.env.user._principals("merchandiser"):
            known |= specs.create([{"notice_line_id": line.id}
                                   for line in lines - known.notice_line_id])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gendan_followup.action_carton_specification")
        if len(known) == 1:
            return dict(action, res_id=known.id, views=[(False, "form")], view_mode="form")
        return dict(action, domain=[("id", "in", known.ids)])

    # ----------------------------------------------------------------- conditions

    def _capability_unmet(self):
        """Return ``{notice id: [Unmet, …]}`` of what production has not settled (D2.6, D3.13)."""
        read_together(self.sudo(), "line_ids")
        unmet = self.sudo().line_ids._capability_unmet()
        return {notice.id: [one for line in notice.sudo().line_ids
                            for one in unmet.get(line.id, ())] for notice in self}

    def _material_unmet(self):
        """Return ``{notice id: [Unmet, …]}`` of the raw materials without an answer (D2.5)."""
        read_together(self.sudo(), "need_ids")
        needs = self.sudo().need_ids.filtered(lambda need: need.kind == "raw" and need.gross)
        read_together(needs, "eta_enquiry_ids")
        of_notice = needs.grouped("notice_id")
        return {notice.id: [one for need in of_notice.get(notice.sudo(), ())
                            for one in need._answer_conditions()] for notice in self}

    def _plan_unmet(self):
        """Return ``{notice id: [Unmet, …]}`` that stand between a notice and its plan line.

        Every raw material answered, the process settled (D2.5, D2.6).
        """
        material, capability = self._material_unmet(), self._capability_unmet()
        return {notice.id: material[notice.id] + capability[notice.id] for notice in self}
