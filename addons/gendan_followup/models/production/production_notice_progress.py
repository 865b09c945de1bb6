from odoo import models


class ProductionNotice(models.Model):
    """When a notice will be made, by its plan and by what was really made (D4.7)."""

    _inherit = "gendan.production.notice"

    def _forecast_finish(self):
        """Return ``{notice: day}``: the last of its lines counts."""
        finish = {}
        lines = self.line_ids
        for line_id, day in lines._forecast_finish().items():
            notice = lines.browse(line_id).notice_id
            finish[notice] = max(day, finish.get(notice, day))
        return finish
