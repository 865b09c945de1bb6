from odoo import api, fields, models
from odoo.fields import Domain

RUN_STATES = ("confirmed", "progress", "to_close")


class MrpWorkcenter(models.Model):
    """A machine on the phone: what it makes, and the light that says whether it may (D5.4)."""

    _inherit = "mrp.workcenter"

    phone_url = fields.Char(compute="_compute_phone_url",
                            help="What the QR code on the machine opens.")

    def _compute_phone_url(self):
        for machine in self:
            machine.phone_url = f"{machine.get_base_url()}/odoo/machines?machine={machine.id}"

    @api.model
    def phone_machines(self):
        """Return the machines of the company, each with what is to be made on it.

        The light of each line of a notice is what the gate says: ``go``, ``waiting`` (for the
        salesperson), ``trial``, ``rejected``, ``none`` (no first article yet) or ``stop``.
        """
        machines = self.search([("company_id", "in", (self.env.company.id, False))])
        # the workshop may read neither plan nor every order; the page shows no price of them
        works = machines.sudo()._phone_works()
        stops = self.env["gendan.abnormality"]._phone_stops(machines)
        return [{"id": machine.id, "name": machine.name, "code": machine.code or "",
                 "stop": stops.get(machine.id, ""), "works": works.get(machine.id, [])}
                for machine in machines]

    def _phone_works(self):
        orders = self.env["mrp.workorder"].search(
            Domain("workcenter_id", "in", self.ids) & Domain("state", "not in", (
                "done", "cancel")) & Domain("production_id.state", "in", RUN_STATES)
            & Domain("production_id.notice_line_id", "!=", False))
        lines = orders.production_id.notice_line_id
        articles = self.env["gendan.first.article"]._of_lines(lines)
        unmet = (orders.production_id - articles.trial_production_id)._gate_unmet("_gate_run")
        planned, checks = self._phone_planned(lines), self._phone_start_checks(lines)
        warnings = self.env["gendan.need"]._start_warnings(lines)
        works = {}
        for (machine, line), own in orders.grouped(
                lambda order: (order.workcenter_id, order.production_id.notice_line_id)).items():
            article = articles.filtered(
                lambda one, line=line, machine=machine: one.notice_line_id == line
                and one.workcenter_id == machine)[-1:]
            mass = own.production_id - articles.trial_production_id
            works.setdefault(machine.id, []).append({
                **line._phone_work(), **article._phone_light(mass, unmet),
                "day": planned.get((machine, line), ""),
                "quantity": sum(mass.mapped("product_qty")),
                "running": "progress" in own.mapped("state"),
                "start": checks.get((machine, line), ""),
                "warning": "\n".join(map(str, warnings.get(line, ()))),
            })
        for rows in works.values():
            rows.sort(key=lambda row: (not row["running"], row["day"] or "9", row["notice"]))
        return works

    def _phone_planned(self, lines):
        """Return the next planned day of each machine and line, as ``MM-DD``."""
        today = self.env.company._company_today()
        planned = {}
        for line in self.env["gendan.plan.line"].search([
                ("workcenter_id", "in", self.ids), ("notice_line_id", "in", lines.ids),
                ("state", "in", ("proposed", "confirmed")), ("day", ">=", today)], order="day"):
            planned.setdefault((line.workcenter_id, line.notice_line_id), f"{line.day:%m-%d}")
        return planned

    def _phone_start_checks(self, lines):
        """Return the result of the last start check of each machine and line (L-O1)."""
        sheets = self.env["gendan.check.sheet"].search([
            ("kind", "=", "start_check"), ("workcenter_id", "in", self.ids),
            ("notice_line_id", "in", lines.ids), ("state", "!=", "cancel")], order="id")
        return {(sheet.workcenter_id, sheet.notice_line_id): sheet.result for sheet in sheets}
