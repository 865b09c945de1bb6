from odoo import models


class CheckSheet(models.Model):
    """A check sheet on paper: forms 5 and 7 hold what belongs together on one page."""

    _inherit = "gendan.check.sheet"

    def _paper_title(self):
        """Return what the form is called on paper."""
        self.ensure_one()
        return {
            "start_check": self.env._("Start check and bag-fit form"),
            "bag_fit": self.env._("Bag and carton fit form"),
            "piece_count": self.env._("Packing check form"),
            "sorting": self.env._("Packing check form"),
        }.get(self.kind, self.sudo().template_id.name)

    def _paper_companions(self):
        """Return the sheets that the same form shows: the fit beside the start check, what was
        sorted out beside the counts of its day."""
        self.ensure_one()
        other = {"start_check": "bag_fit", "piece_count": "sorting"}.get(self.kind)
        if not other or not self.notice_line_id:
            return self.browse()
        sheets = self.search([
            ("notice_line_id", "=", self.notice_line_id.id), ("kind", "=", other),
            ("state", "!=", "cancel"), ("workcenter_id", "=", self.workcenter_id.id)])
        return sheets.filtered(lambda sheet: self.company_id._same_day(
            sheet.opened_at, self.opened_at))[:1]
