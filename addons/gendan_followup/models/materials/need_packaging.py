from odoo import models

from ..foundation.gate_mixin import Unmet


class Need(models.Model):
    """What stands between a need of packaging and its order."""

    _inherit = "gendan.need"

    def _notice_unmet(self):
        """Return ``{notice id: [Unmet, …]}``: raw material answered, process settled."""
        return self.notice_id._plan_unmet()

    def _carton_unmet(self):
        """Return ``{need id: [Unmet, …]}`` of carton needs whose specification is not ready."""
        specs = self.env["gendan.carton.specification"].sudo().search_fetch(
            [("notice_line_id", "in", self.notice_line_id.ids)])
        unmet = specs._order_unmet()
        by_line = specs.grouped("notice_line_id")
        return {need.id: unmet[by_line[need.notice_line_id].id]
                if need.notice_line_id in by_line else [need._no_carton_unmet()]
                for need in self.sudo()}

    def _no_carton_unmet(self):
        owner = self.notice_id.merchandiser_id
        return Unmet("carton_spec", self.env._(
            "%s: no carton specification (mark, grade, packing, size)", self.display_name),
            self.env._("%s writes it", owner.name or self.env._("the merchandiser")),
            tuple(owner.ids))
