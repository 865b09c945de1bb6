from odoo import models


class IrCron(models.Model):
    """What a job of the follow-up writes is read in the factory (X18)."""

    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        """Run our own jobs in the language of the company.

        Core runs a job without any language: its to-dos and messages were English.
        """
        job = self
        if self.get_external_id()[self.id].startswith("gendan_"):
            job = self.with_context(lang=self.env.company.partner_id.lang or self.env.user.lang)
        return super(IrCron, job)._callback(cron_name, server_action_id)
