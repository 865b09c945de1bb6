from odoo import api, fields, models
from odoo.exceptions import UserError

from ..calc.working_time import local


class ShippingNoticeReport(models.AbstractModel):
    """出运通知单 in its labelled copies; each printing is counted (D8.7, A22)."""

    _name = "report.gendan_followup.report_shipping_notice"
    _description = "Printed shipping notice"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return a page per copy; who may read the notice may print it.

        :raise UserError: before the notice is accepted
        """
        notices = self.env["gendan.shipping.notice"].browse(docids)
        notices.check_access("read")
        for notice in notices:
            if notice.state not in notice._printable_states():
                raise UserError(self.env._(
                    "%(notice)s is %(state)s: its copies are printed when it is accepted.",
                    notice=notice.name, state=notice._state_label(notice.state)))
        numbers = notices._count_print()
        return {
            "docs": notices,
            "pages": [(notice, label, numbers[notice.id])
                      for notice in notices for label in notice._copy_labels()],
            "moment": self._moment,
            "now": fields.Datetime.now(),
        }

    @api.model
    def _moment(self, notice, value):
        """Return a time as the factory reads it."""
        return local(value, notice.company_id.gendan_tz).strftime("%Y-%m-%d %H:%M") if value else ""
