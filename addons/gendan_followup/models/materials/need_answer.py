from odoo import fields, models

from ..foundation.gate_mixin import Unmet


class Need(models.Model):
    """What the keeper said about a need (D2.5)."""

    _inherit = "gendan.need"

    eta_enquiry_ids = fields.One2many("gendan.eta.enquiry", "need_id", "Questions",
                                      readonly=True)
    is_special = fields.Boolean(related="product_id.is_special_material", string="Special")

    def _last_question(self):
        """Return the question that counts: the latest one that was asked and not taken back."""
        self.ensure_one()
        return self.sudo().eta_enquiry_ids.filtered(
            lambda one: one.state not in ("draft", "cancel"))[:1]

    def _answer_conditions(self):
        """Return whether somebody still has to ask or answer about this material (D2.5)."""
        self.ensure_one()
        question = self._last_question()
        if not question:
            owner = self.notice_id.merchandiser_id
            return [Unmet("eta_not_asked", self.env._(
                "%(notice)s: nobody asked the keeper about %(material)s",
                notice=self.notice_id.name, material=self.product_id.display_name),
                self.env._("%s asks", owner.name or self.env._("the merchandiser")),
                tuple(owner.ids))]
        if not question.answered_at:
            keepers = self.env["res.users"]._users_of_role("raw_keeper", self.company_id)
            return [Unmet("eta_open", self.env._(
                "%(notice)s: no answer yet about %(material)s", notice=self.notice_id.name,
                material=self.product_id.display_name),
                self.env._("%s answers", ", ".join(keepers.mapped("name"))),
                tuple(keepers.ids))]
        return []
