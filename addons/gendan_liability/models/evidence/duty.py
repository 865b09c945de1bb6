from odoo import api, models

from .fact import supports


class LiabilityEvidence(models.AbstractModel):
    """D3.10, D3.14, D6.5, D6.6: losses that the duties of the merchandiser name."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_d3_10(self, case):
        """Loss from the carton size."""
        return self._no_record(self.env._(
            "the history of the carton size, and the measures of the sample carton"))

    @api.model
    def _evidence_d3_14(self, case):
        """Delay from packaging: the same records as L-M2."""
        return self._evidence_l_m2(case)

    @api.model
    def _evidence_d6_5(self, case):
        """Re-work after a wrong count: the event of the loading report."""
        if case.incident.rework_ref:
            return [supports("rework", self.env._(
                "The re-work %s is on record.", case.incident.rework_ref.display_name),
                record=case.incident.rework_ref)]
        return self._no_record(self.env._("the loading report with its re-work"))

    @api.model
    def _evidence_d6_6(self, case):
        """Wrong count that the customer found: complaint and loading report."""
        return self._no_record(self.env._("the loading report with both counts and the seal"))
