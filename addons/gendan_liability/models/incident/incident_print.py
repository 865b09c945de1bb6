from odoo import models
from odoo.tools import format_amount, format_datetime

from odoo.addons.gendan_followup.calc.text import plain_number


class Incident(models.Model):
    """What 质量事故责任认定书 prints (form 14); amounts as far as the reader may see them."""

    _inherit = "gendan.incident"

    def _print_language(self):
        """Return Chinese where it is installed: the sheet quotes the Chinese rule."""
        installed = dict(self.env["res.lang"].get_installed())
        return "zh_CN" if "zh_CN" in installed else self.env.lang

    def _sheet(self, only=None):
        """Return the content of the sheet.

        :param only: an employee: then nobody else's amounts are printed
        """
        self.ensure_one()
        decision = self.decision_id
        lines = decision.line_ids or self.share_ids
        words = {name: dict(self._fields[name]._description_selection(self.env))
                 for name in ("state", "discovered_in")}
        return {
            "state": words["state"][self.state],
            "discovered_in": words["discovered_in"][self.discovered_in],
            "event_at": self._printed(self.event_at),
            "discovered_at": self._printed(self.discovered_at),
            "reported_at": self._printed(self.reported_at),
            "loss": self._printed_money(self.loss_shown),
            "losses": [{
                "what": loss.description,
                "reckoned": " ".join([
                    plain_number(loss.quantity), "×", plain_number(loss.price),
                    loss.currency_id.name]),
                "amount": self._printed_money(loss.amount_company),
            } for loss in self.loss_ids],
            "facts": self._printed_facts(),
            "rules": [{"code": rule.code, "text": rule.text_zh}
                      for rule in decision.rule_ids or self.match_ids.rule_id],
            "persons": [self._printed_person(line, only) for line in lines if line.percent or
                        line.employee_id],
            "unassigned": self._printed_unassigned(lines),
            "decided_by": (decision.decided_for_id | decision.decided_by_id)[:1].name,
            "decided_at": self._printed(decision.decided_at),
            "severity": dict(decision._fields["severity"]._description_selection(self.env)).get(
                decision.severity),
            "departure": decision.departure if self.sees_amounts and not only else "",
            "objections": [
                f"{objection.employee_id.name}, {self._printed(objection.objected_at)}: "
                f"{objection.text}" for objection in self.objection_ids
                if not only or objection.employee_id == only],
            "days": self.percentage_id.objection_days,
        }

    def _printed_facts(self):
        """Return the facts of the matched rules, each record once."""
        rules = self.decision_id.rule_ids or self.match_ids.rule_id
        facts = self.present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id in rules).fact_ids
        signs = dict(facts._fields["verdict"]._description_selection(self.env))
        return list(dict.fromkeys(
            f"[{signs[fact.verdict]}] {fact.sentence}" for fact in facts))

    def _printed_person(self, line, only):
        visible = not only or line.employee_id == only
        words = {name: dict(line._fields[name]._description_selection(self.env))
                 for name in ("role", "share_code")}
        known = line.sudo()
        own = visible and (line.amount_shown or self.sees_amounts)
        return {
            "role": words["role"][line.role],
            "name": known.employee_id.name or self.env._("not known"),
            "share": words["share_code"][line.share_code],
            "percent": f"{round(line.percent, 4):.12g}%",
            "share_amount": self._printed_money(
                known["share_amount" if "share_amount" in known._fields else "amount"])
            if own else "",
            "amount": self._printed_money(line.amount_shown)
            if own and line._name == "gendan.incident.decision.line" else "",
        }

    def _printed_unassigned(self, lines):
        rest = 100 - sum(line.percent for line in lines if line.sudo().employee_id)
        return f"{round(rest, 4):.12g}%" if lines and round(rest, 4) > 0 else ""

    def _printed(self, moment):
        return format_datetime(self.env, moment, tz=self.company_id.gendan_tz,
                               dt_format="yyyy-MM-dd HH:mm") if moment else ""

    def _printed_money(self, amount):
        return format_amount(self.env, amount, self.company_currency_id) if amount else ""
