from odoo import models
from odoo.fields import Command


class FirstArticle(models.Model):
    _name = "gendan.first.article"
    _inherit = ["gendan.first.article", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link what its sheet links, and the trial."""
        productions = self.sheet_id.production_id | self.trial_production_id
        return {
            **self.sheet_id._prepare_incident(), **super()._prepare_incident(),
            "cause_id": self._cause("communication"),
            "event_at": self.decided_at or self.sampled_at,
            "production_ids": [Command.set(productions.ids)],
        }
