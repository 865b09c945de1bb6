from odoo import fields, models

from ..models.foundation.gate_mixin import Gate


class CutoverVersion(models.TransientModel):
    """One packaging version: its status when the work began, and its artwork."""

    _name = "gendan.cutover.version"
    _description = "Packaging version at the cut-over"

    wizard_id = fields.Many2one("gendan.cutover.wizard", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", "Version", required=True, ondelete="cascade",
                                 domain=[("packaging_kind", "!=", False)])
    packaging_state = fields.Selection(
        [("new", "New"), ("regular", "Regular"), ("withdrawn", "Withdrawn")], "Status")
    artwork = fields.Binary(attachment=False)
    artwork_name = fields.Char("Artwork file")

    def _set_status(self):
        """Write status and artwork to the versions; lines left empty change nothing."""
        for line in self:
            values = {"packaging_state": line.packaging_state} if line.packaging_state else {}
            if line.artwork:
                values.update(artwork=line.artwork, artwork_name=line.artwork_name)
            versions = line.product_id.filtered("packaging_kind")
            if values and versions:
                # nobody types a status (A14); the gate of the cut-over has passed
                versions.sudo().write(values)
                label = dict(line._fields["packaging_state"]._description_selection(
                    self.env)).get(line.packaging_state, "")
                self.env["gendan.audit"]._note(
                    "cutover", Gate("cutover.version", "X16"), versions,
                    self.env._("Status: %(status)s; artwork: %(artwork)s", status=label,
                               artwork=line.artwork_name or ""))
