from odoo import models


class FirstArticle(models.Model):
    """A change of plan ends a run: the next start begins with a new sheet (D5.1)."""

    _inherit = "gendan.first.article"

    def _plan_move(self):
        """Return the row of this line that a later plan took off this machine or day, if any.

        Other quantities or another order within the day interrupt nothing.
        """
        self.ensure_one()
        rows = self.notice_line_id.plan_row_ids
        after = rows.filtered(lambda row: row.origin_id and row.state in (
            "proposed", "confirmed", "done", "replaced")).grouped("origin_id")
        return rows.filtered(
            lambda row: row.workcenter_id == self.workcenter_id
            and row.state == "replaced" and row.replaced_at > self.decided_at
            and not any(later.workcenter_id == row.workcenter_id and later.day == row.day
                        for later in after.get(row, ()))).sorted("replaced_at")[-1:]
