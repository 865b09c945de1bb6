from odoo import api, models

from .fact import contradicts, missing, supports


class LiabilityEvidence(models.AbstractModel):
    """L-Q1 to L-Q3: what quality control did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_q1(self, case):
        """Bag or carton not tried: the fit test; the bag alone is not enough."""
        return self._check_facts(case, "bag_fit", "qc")

    @api.model
    def _evidence_l_q2(self, case):
        """Not found, or found and neither solved nor reported: the log of abnormalities."""
        if not case.abnormalities:
            if not case.machines:
                return self._no_record(self.env._(
                    "the patrols and inspections: seen when, reported when, solved when"))
            return [missing("not_found", self.env._(
                "%s: nobody noted an abnormality before it was discovered.",
                self._names(case.machines)), case.machines[0], proves=True)]
        return [self._reaction_fact(case, record) for record in case.abnormalities]

    def _reaction_fact(self, case, record):
        words = {"record": record.display_name, "when": self._when(record.event_at),
                 "person": record.employee_id.name or "",
                 "acted": self._when(record.instructed_at)}
        if record.instructed_at and record.instructed_at <= case.at:
            return contradicts("acted", self.env._(
                "%(record)s: known at %(when)s, quality control acted at %(acted)s.", **words),
                record.instructed_at, record)
        seen_by_qc = record.employee_id.user_id._has_role("qc")
        named = record.employee_id if seen_by_qc else record.instructed_by_id
        return supports("not_acted", self.env._(
            "%(record)s: known to %(person)s since %(when)s; nothing was ordered by the time of "
            "the fault.", **words), record.event_at, record, **({"qc": named} if named else {}))

    @api.model
    def _evidence_l_q3(self, case):
        """Drawn material not re-checked: the sheets of re-check, and slips whose sheet is open."""
        open_slips = case.issued(False).filtered(
            lambda slip: slip.recheck_id not in case.sheets_of("issue_recheck"))
        facts = [missing("no_recheck", self.env._(
            "%(slip)s: %(product)s handed out at %(when)s; nobody of quality control re-checked "
            "it (%(sheet)s).", slip=slip.name, product=slip.product_id.display_name,
            when=self._when(slip.event_at), sheet=slip.recheck_id.name or ""), slip, proves=True)
            for slip in open_slips]
        if facts and not case.sheets_of("issue_recheck"):
            return facts
        return facts + self._check_facts(case, "issue_recheck", "qc")
