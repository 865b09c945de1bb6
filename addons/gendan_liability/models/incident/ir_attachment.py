from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """What proves a loss or an incident is not deleted or exchanged (X5)."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Refuse to exchange a file that lies with a loss or an incident."""
        if vals.keys() & {"raw", "datas", "db_datas", "store_fname", "url", "res_model", "res_id"}:
            self._check_incident_evidence()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_incident_evidence(self):
        self._check_incident_evidence()

    def _check_incident_evidence(self):
        """Refuse for files of incidents, and of losses by their link table.

        :raise UserError: naming the incident
        """
        if not self.ids:
            return
        # whose evidence it is must be known even where the user may not read the case
        files = self.sudo().exists()
        incidents = self.env["gendan.incident"].sudo().browse(
            file.res_id for file in files
            if file.res_model == "gendan.incident" and file.res_id and not file.res_field)
        incidents |= self.env["gendan.incident.loss"].sudo().search(
            [("evidence_ids", "in", files.ids)]).incident_id
        if incidents:
            raise UserError(self.env._(
                "The file is evidence in %s: it is neither exchanged nor deleted.",
                incidents[0].display_name))
