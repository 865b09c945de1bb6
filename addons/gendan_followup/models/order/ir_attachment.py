from odoo import api, models

# sharing a document with the customer changes nothing in it, nor does the small picture of
# it that the screen draws and stores
FREE_FIELDS = {"access_token", "thumbnail"}


class IrAttachment(models.Model):
    """The customer's own document is what people sign against: it stays as it was (X19)."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Refuse to edit or exchange a document of a submitted revision, sudo included (X5)."""
        if vals.keys() - FREE_FIELDS:
            self._check_no_signed_document()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed_document(self):
        self._check_no_signed_document()

    def _check_no_signed_document(self):
        # whoever edits the file need not be allowed to see the revision
        revisions = self.env["gendan.revision"].sudo().search(
            [("document_ids", "in", self.ids)]) if self.ids else self.env["gendan.revision"]
        revisions.order_id._pass_gate("_gate_document")
