from odoo import api, models
from odoo.fields import Domain

# sharing a document with the customer changes nothing in it, nor does the small picture of
# it that the screen draws and stores
FREE_FIELDS = {"access_token", "thumbnail"}


class IrAttachment(models.Model):
    """The customer's own document is what people sign against: it stays as it was (X19)."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Refuse to edit or exchange a document that was ever submitted, sudo included (X5)."""
        if vals.keys() - FREE_FIELDS:
            self._check_no_signed_document()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed_document(self):
        self._check_no_signed_document()

    def _check_no_signed_document(self):
        if not self.ids:
            return
        # whoever edits the file need not be allowed to see the revision; one that came back
        # and was submitted with another document keeps the first one with its first submission
        revisions = self.env["gendan.revision"].sudo().search(
            Domain("document_ids", "in", self.ids)
            | Domain("event_ids.document_ids", "in", self.ids))
        revisions.order_id._pass_gate("_gate_document")
