from odoo import api, models


class LiabilityEvidence(models.AbstractModel):
    """L-Q1 to L-Q3: what quality control did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_q1(self, case):
        """Bag or carton not tried: the fit test; the bag alone is not enough."""
        return self._check_facts(case, "bag_fit", "qc")

    @api.model
    def _evidence_l_q2(self, case):
        """Not found, or found and not reported: the patrols and their times."""
        return self._no_record(self.env._(
            "the patrols and inspections: seen when, reported when, solved when"))

    @api.model
    def _evidence_l_q3(self, case):
        """Drawn material not re-checked."""
        return self._check_facts(case, "issue_recheck", "qc")
