from odoo import api, models

from .fact import contradicts, supports


class LiabilityEvidence(models.AbstractModel):
    """D3.10, D3.14, D6.5, D6.6: losses that the duties of the merchandiser name."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_d3_10(self, case):
        """Loss from the carton size: who set it, from what, and whether a sample was tried."""
        then = case.carton_sizes.filtered(lambda size: size.set_at <= case.at)
        latest = then.grouped("specification_id").values()
        return [self._size_fact(sizes[-1]) for sizes in latest] or self._no_record(
            self.env._("the history of the carton size, and the measures of the sample carton"))

    def _size_fact(self, size):
        sample = size.specification_id.sample_ids.filtered(
            lambda one: one.result == "fits" and one.tried_at <= size.set_at)[-1:]
        words = {
            "carton": size.specification_id.display_name, "person": size.user_id.name,
            "size": f"{size.size_length}×{size.size_width}×{size.size_height}",
            "when": self._when(size.set_at),
            "tried": self._when(sample.tried_at), "packs": sample.packs_tried,
        }
        if size.source == "sample" and sample:
            return contradicts("sample_fits", self.env._(
                "%(carton)s: %(size)s set by %(person)s at %(when)s after a sample carton took "
                "%(packs)s packs at %(tried)s.", **words), size.set_at, size)
        if size.source == "customer":
            return contradicts("size_of_customer", self.env._(
                "%(carton)s: %(size)s, set by %(person)s at %(when)s, is the customer's own.",
                **words), size.set_at, size)
        return supports("size_without_sample", self.env._(
            "%(carton)s: %(size)s set by %(person)s at %(when)s without a sample carton.",
            **words), size.set_at, size, merchandiser=self._employee(size.user_id))

    @api.model
    def _evidence_d3_14(self, case):
        """Delay from packaging: the same records as L-M2."""
        return self._evidence_l_m2(case)

    @api.model
    def _evidence_d6_5(self, case):
        """Re-work after a wrong count: the events of the loading report (A18)."""
        return [self._rework_fact(event) for event in case.reworks] or self._no_record(
            self.env._("the loading report with its re-work"))

    def _rework_fact(self, event):
        words = {"report": event.report_id.name, "event": event.description,
                 "person": event.responsible_id.name or "",
                 "when": self._when(event.reported_at), "cartons": event.unloaded_cartons}
        if event.cause == "count" and event.unloaded_cartons:
            return supports("rework", self.env._(
                "%(report)s, %(when)s: counted wrongly by %(person)s, %(cartons)s cartons "
                "unloaded again: %(event)s.", **words), event.reported_at, event,
                merchandiser=self._employee(event.responsible_id))
        return contradicts("no_rework", self.env._(
            "%(report)s, %(when)s: no re-work by the fault of %(person)s: %(event)s.", **words),
            event.reported_at, event)

    @api.model
    def _evidence_d6_6(self, case):
        """Wrong count that the customer found: the report that was closed, and whose it was."""
        report = case.loading_report
        if not report:
            return self._no_record(self.env._("the loading report with both counts and the seal"))
        if case.incident.discovered_in != "customer":
            return [contradicts("found_here", self.env._(
                "%s: the error was found in our house, not by the customer.", report.name),
                report.closed_at, report)]
        return [supports("loading_report", self.env._(
            "%(report)s, closed at %(when)s by %(person)s: %(cartons)s cartons, container "
            "%(container)s, seal %(seal)s.", report=report.name,
            when=self._when(report.closed_at), person=report.supervisor_id.name or "",
            cartons=report.loaded_cartons, container=report.container_no or "",
            seal=report.seal_no or ""), report.closed_at, report,
            merchandiser=self._employee(report.supervisor_id))]
