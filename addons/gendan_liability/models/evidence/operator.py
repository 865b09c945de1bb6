from odoo import api, models

from .fact import contradicts

RECHECKED = ("check_point_start_check_material",)
RUNNING = ("check_point_start_check_notice", "check_point_start_check_width",
           "check_point_start_check_length", "check_point_start_check_pieces",
           "check_point_start_check_parameters")


class LiabilityEvidence(models.AbstractModel):
    """L-O1 to L-O4: what the machine operator did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_o1(self, case):
        """Ran against the order: the start check of the machine."""
        return self._check_facts(case, "start_check", "operator", RUNNING)

    @api.model
    def _evidence_l_o2(self, case):
        """Ran on: abnormality log and stop instruction."""
        return self._no_record(self.env._(
            "the log of the abnormality: who was told when, and when the stop was ordered"))

    @api.model
    def _evidence_l_o3(self, case):
        """New product started without bag-fit; one that ran before is L-Q1 alone."""
        if before := case.made_before:
            return [contradicts("not_new", self.env._(
                "%(product)s is no new product: %(order)s made it at %(when)s.",
                product=before.product_id.display_name, order=before.name,
                when=self._when(before.date_finished)), before.date_finished, before)]
        return self._check_facts(case, "bag_fit", "qc")

    @api.model
    def _evidence_l_o4(self, case):
        """Material not re-checked before it ran."""
        return self._check_facts(case, "start_check", "operator", RECHECKED)
