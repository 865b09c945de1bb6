from odoo import models

from ..models.shipping.driver_appraisal import GROUP_POINTS
from ..models.shipping.driver_fact import GROUPS


class DriverAppraisalReport(models.AbstractModel):
    """司机考核表: the sheet that the driver without a login reads and signs (form 13)."""

    _name = "report.gendan_followup.report_driver_appraisal"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed driver appraisal"
    _paper_model = "gendan.driver.appraisal"

    def _get_report_values(self, docids, data=None):
        """Return the sheets with their groups: possible points, deductions, what is left."""
        values = super()._get_report_values(docids, data)
        return {**values, "groups": self._groups}

    def _groups(self, sheet):
        words = dict(sheet.line_ids._fields["group"]._description_selection(self.env))
        return [(words[key], GROUP_POINTS[key], sheet[f"{key}_score"],
                 sheet.line_ids.filtered(lambda line, key=key: line.group == key))
                for key, _label in GROUPS]
