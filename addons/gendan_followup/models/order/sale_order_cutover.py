from odoo import SUPERUSER_ID, models
from odoo.fields import Command

from ..foundation.gate_mixin import Gate, Unmet, gate

CUTOVER_ROLES = ("merchandiser", "plan_manager")


class SaleOrder(models.Model):
    """Orders that were open when the work with this system began (X16)."""

    _inherit = "sale.order"

    @gate("cutover.load", "X16")
    def _gate_load_paper(self):
        """An order never submitted here is loaded as signed on paper, until the closing."""
        issues = self._verification_issues()
        submission = self._submission_issues()
        return {order.id: order._paper_conditions(issues[order.id] + submission[order.id])
                for order in self}

    def _paper_conditions(self, issues):
        self.ensure_one()
        conditions = self._cutover_conditions()
        revision = self.sudo().revision_id
        if revision and revision.state != "draft" or revision.cycle:
            conditions.append(Unmet(
                "submitted", self._about(self.env._("has been submitted here already")),
                self.env._("it is signed here, too")))
        if conditions:
            return conditions
        # an order that is late is loaded with its date; the paper is the customer's document
        known = {unmet.missing: unmet for unmet in issues if not (
            unmet.code == "document" or unmet.code == "date" and self.commitment_date)}
        return list(known.values())

    def _cutover_conditions(self):
        """Return what keeps the present user from the cut-over of this order's company."""
        self.ensure_one()
        company, user = self.company_id, self.env.user
        if company.sudo().cutover_closed_at:
            return [Unmet("closed", f"{self.display_name}: {company._cutover_closed_text()}",
                          self.env._("the salesperson submits it like any other order"))]
        if not any(user._principals(role) for role in CUTOVER_ROLES):
            return [Unmet("role", self.env._("%s is not yours to load", self.display_name),
                          self.env._("a merchandiser or the plan manager loads it"))]
        return []

    def _load_signed_on_paper(self, scans, paper):
        """Make one order valid, because its paper with both signatures lies before us.

        :param scans: the scanned paper (`ir.attachment`), of the present user
        :param dict paper: who signed and when (see `gendan.revision._sign_on_paper`)
        :raise UserError: after the closing, by another role, and for whatever would keep
            the order from being verified
        """
        self.ensure_one()
        self._pass_gate("_gate_load_paper")
        order = self.sudo()
        # a merchandiser edits no order (D1.6); the scan alone is put to it by the system
        order.with_user(SUPERUSER_ID).customer_document_ids = [
            Command.link(scan.id) for scan in scans]
        order._open_first_revision()
        order._before_payload()
        order.revision_id._take_turn()
        order.revision_id._submit(
            order._revision_payloads()[order.id], order._revision_documents())
        order._after_submit()
        order.revision_id._sign_on_paper(paper)
        order.valid_revision_id = order.revision_id
        order._after_valid()
        self.env["gendan.audit"]._note(
            "cutover", Gate("cutover.load", "X16"), self, self.env._(
                "%(notice)s loaded as signed on paper by %(finance)s and %(manager)s",
                notice=order.notice_id.name, finance=paper["paper_finance"],
                manager=paper["paper_sales_manager"]))
