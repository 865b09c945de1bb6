from odoo import api, models


class LiabilityEvidence(models.AbstractModel):
    """What lies outside the 28 rules has no proof of its own: the panel says why."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_out(self, case):
        """Never proposed, always possible (A32)."""
        return []
