from odoo import api, models


class LiabilityEvidence(models.AbstractModel):
    """L-P1 to L-P3: what the packing department did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_p1(self, case):
        """Wrong packaging used: what the order took against the notice (one event with K4)."""
        return self._issue_facts(case, True, "packaging_keeper", "packaging")

    @api.model
    def _evidence_l_p2(self, case):
        """Too many or too few in a pack: the piece counts."""
        return self._check_facts(case, "piece_count", "packaging")

    @api.model
    def _evidence_l_p3(self, case):
        """Rejects packed: the sorting record."""
        return self._check_facts(case, "sorting", "packaging")
