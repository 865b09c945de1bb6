from odoo import api, models

from .fact import contradicts, missing, supports

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
        """Did not tell quality control, or ran on after its stop: the abnormality log."""
        if not case.abnormalities:
            if not case.machines:
                return self._no_record(self.env._(
                    "the log of the abnormality: who was told when, and when the stop was ordered"))
            return [missing("not_told", self.env._(
                "%s: nobody told quality control of an abnormality.",
                self._names(case.machines)), case.machines[0], proves=True)]
        return [self._stop_fact(record) for record in case.abnormalities]

    def _stop_fact(self, record):
        words = {"record": record.display_name, "when": self._when(record.event_at),
                 "qc": record.instructed_by_id.name or "",
                 "told": self._when(record.instructed_at), "count": record.ran_on_count}
        if record.ran_on_count:
            operator = record.stopped_by_id
            named = {"operator": operator} if operator and not operator.user_id else {}
            return supports("ran_on", self.env._(
                "%(record)s: %(qc)s ordered the stop at %(told)s; %(count)s pieces ran after it.",
                **words), record.instructed_at, record, **named)
        if record.instruction == "stop" and record.state == "closed":
            return contradicts("stopped", self.env._(
                "%(record)s: stopped at the word of %(qc)s at %(told)s.", **words),
                record.instructed_at, record)
        if record.instruction:
            return contradicts("allowed", self.env._(
                "%(record)s: %(qc)s let it go on at %(told)s.", **words),
                record.instructed_at, record)
        return contradicts("told_qc", self.env._(
            "%(record)s: noted at %(when)s; quality control had not answered.", **words),
            record.event_at, record)

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
