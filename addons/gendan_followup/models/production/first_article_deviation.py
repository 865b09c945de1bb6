from odoo import models

from ..foundation.gate_mixin import Unmet


class FirstArticle(models.Model):
    """No restart while a deviation of this machine is open (D5.5, D5.6)."""

    _inherit = "gendan.first.article"

    def _deviation_conditions(self):
        """Return the deviations on this line and machine that nobody has settled."""
        self.ensure_one()
        conditions = super()._deviation_conditions()
        # through the line, so that many orders cost one query
        for deviation in self.notice_line_id.deviation_ids.filtered(
                lambda one: one.workcenter_id == self.workcenter_id
                and one.state in ("asked", "relayed")):
            if deviation.state == "relayed":
                who = deviation.relayed_to_id
            elif deviation.production_result:
                who = self.merchandiser_id
            else:
                who = deviation.addressee_id
            conditions.append(Unmet("deviation", self.env._(
                "%(deviation)s is open: %(question)s", deviation=deviation.display_name,
                question=deviation.question), self.env._("%s answers or passes it on",
                                                         who.name or ""), tuple(who.ids)))
        return conditions

    def action_open_deviation(self):
        """Open a deviation about this sheet, for production first (D5.5)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "res_model": "gendan.deviation",
            "views": [[False, "form"]], "target": "current",
            "context": {"default_notice_line_id": self.notice_line_id.id,
                        "default_workcenter_id": self.workcenter_id.id,
                        "default_question": self.decision_reason or ""},
        }

    def action_open_again(self):
        """Open the next sheet of the same line and machine: the cause is mended (D5.5)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "res_model": self._name,
            "views": [[False, "form"]], "target": "current",
            "context": {"default_notice_line_id": self.notice_line_id.id,
                        "default_workcenter_id": self.workcenter_id.id},
        }
