from odoo import api, fields, models

from ..calc.text import plain_number
from ..calc.working_time import local


class ShippingPaper(models.AbstractModel):
    """What papers have in common: days, times and quantities as the factory writes them."""

    _name = "gendan.shipping.paper"
    _description = "Paper of the shipping room"

    # the document on the paper; each paper names its own
    _paper_model = None

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the documents that the reader may see, ready for the paper.

        :raise UserError: for a document that is no paper yet
        """
        docs = self.env[self._paper_model].browse(docids)
        docs.check_access("read")
        self._check_printable(docs)
        return {"docs": docs, "moment": self._moment, "hour": self._hour, "label": self._label,
                "number": plain_number, "now": fields.Datetime.now()}

    def _check_printable(self, docs):
        """Refuse documents that are no paper yet."""

    @api.model
    def _moment(self, record, value):
        """Return a time as the factory reads it."""
        return local(value, record.company_id.gendan_tz).strftime("%Y-%m-%d %H:%M") if value else ""

    @api.model
    def _hour(self, value):
        """Return hours as a clock shows them: 8.5 is 08:30."""
        minutes = round(value * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    @api.model
    def _label(self, record, name):
        """Return the word for the choice in field ``name`` of ``record``."""
        choices = dict(record._fields[name]._description_selection(self.env))
        return choices.get(record[name], "")
