from odoo import models
from odoo.exceptions import UserError


class ShippingNoticeReport(models.AbstractModel):
    """出运通知单 in its labelled copies; each printing is counted (D8.7, A22)."""

    _name = "report.gendan_followup.report_shipping_notice"
    _inherit = ["gendan.shipping.paper"]
    _description = "Printed shipping notice"
    _paper_model = "gendan.shipping.notice"

    def _get_report_values(self, docids, data=None):
        """Return a page per copy; who may read the notice may print it.

        :raise UserError: before the notice is accepted
        """
        values = super()._get_report_values(docids, data)
        notices = values["docs"]
        numbers = notices._count_print()
        return {**values, "pages": [
            (notice, label, numbers[notice.id])
            for notice in notices for label in notice._copy_labels()]}

    def _check_printable(self, docs):
        for notice in docs:
            if notice.state not in notice._printable_states():
                raise UserError(self.env._(
                    "%(notice)s is %(state)s: its copies are printed when it is accepted.",
                    notice=notice.name, state=notice._state_label(notice.state)))
