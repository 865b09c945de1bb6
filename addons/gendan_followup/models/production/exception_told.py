from odoo import api, fields, models
from odoo.exceptions import UserError


class ExceptionTold(models.Model):
    """Who was told of an emergency, when, and when he or his deputy took note (D4.2, X8)."""

    _name = "gendan.exception.told"
    _inherit = ["gendan.system.mixin"]
    _description = "Told of an emergency"
    _order = "exception_id desc, id"
    _rec_name = "user_id"

    exception_id = fields.Many2one("gendan.exception", required=True, readonly=True, index=True,
                                   ondelete="restrict")
    company_id = fields.Many2one(related="exception_id.company_id", store=True, precompute=True,
                                 index=True)
    user_id = fields.Many2one("res.users", "Told", required=True, readonly=True, index=True,
                              ondelete="restrict")
    role = fields.Selection([("production", "Production"), ("packaging", "Packing")],
                            required=True, readonly=True)
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
