from odoo import api, fields, models
from odoo.exceptions import UserError


class LoadingPhoto(models.Model):
    """A photo of a stage of the loading (D6.1); written once, by the server's clock."""

    _name = "gendan.loading.photo"
    _inherit = ["gendan.photo.mixin", "gendan.evidence.mixin"]
    _description = "Loading photo"
    _order = "report_id, id"
    _rec_name = "stage"
    _evidence_stamps = ("user_id", "taken_at")

    report_id = fields.Many2one("gendan.loading.report", required=True, readonly=True, index=True,
                                ondelete="restrict")
    stage = fields.Selection(
        [("empty", "Empty"), ("half", "Half full"), ("full", "Full"), ("door", "Door closed"),
         ("seal", "Seal"), ("damage", "Damage"), ("other", "Other")],
        required=True, readonly=True)
    image = fields.Image(required=True, max_width=1600, max_height=1600, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True, ondelete="restrict",
                                  help="Who held the shared phone, or whose login it was.")
    taken_at = fields.Datetime(required=True, readonly=True)
    client_key = fields.Char(readonly=True)

    _client_key = models.UniqueIndex("(client_key) WHERE client_key IS NOT NULL",
                                     "This photo has arrived already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Keep photos of a running loading only."""
        photos = super().create(vals_list)
        photos._check_photos_open()
        return photos

    def _check_photos_open(self):
        """Refuse when the report is closed (X5)."""
        for report in self.report_id:
            if report.state not in ("draft", "running"):
                raise UserError(report._locked_message())
