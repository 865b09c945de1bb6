from odoo import api, fields, models
from odoo.exceptions import UserError


class ToldMixin(models.AbstractModel):
    """Who was told of something, when, and when he read it (X5, X8).

    Told but unread is told: the time of reading is a fact of its own.
    """

    _name = "gendan.told.mixin"
    _inherit = ["gendan.system.mixin"]
    _description = "Told of something"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Told", required=True, readonly=True, index=True,
                              ondelete="restrict")
    sent_at = fields.Datetime("Sent at", required=True, readonly=True)
    read_at = fields.Datetime("Read at", readonly=True)
    read_by_id = fields.Many2one("res.users", "Read by", readonly=True, ondelete="restrict")

    def write(self, vals):
        """Only the reading is added, once (X5)."""
        self._check_system_only()
        if vals.keys() - {"read_at", "read_by_id"} or any(row.read_at for row in self):
            raise UserError(self.env._("Who was told what, and when, stays as it was noted."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Who was told what, and when, stays as it was noted."))
