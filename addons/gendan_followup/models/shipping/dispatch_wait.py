from odoo import api, fields, models
from odoo.exceptions import UserError


class DispatchWait(models.Model):
    """Minutes that a truck waited, and for what (D8.9)."""

    _name = "gendan.dispatch.wait"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Waiting of a truck"
    _order = "dispatch_id, id"
    _evidence_stamps = ("user_id", "noted_at")

    dispatch_id = fields.Many2one("gendan.dispatch", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    cause = fields.Selection(
        [("goods", "Goods not ready"), ("papers", "Papers"), ("vehicle", "Vehicle"),
         ("driver", "Driver"), ("traffic", "Traffic"), ("customer", "Customer"),
         ("other", "Other")],
        required=True, readonly=True)
    minutes = fields.Integer(required=True, readonly=True)
    remark = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, required=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True, ondelete="restrict",
                                  index="btree_not_null")
    noted_at = fields.Datetime(readonly=True, required=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Note a wait of a sensible length."""
        for vals in vals_list:
            if not 0 < vals.get("minutes", 0) <= 24 * 60:
                raise UserError(self.env._("%s minutes is no wait of one day.",
                                           vals.get("minutes", 0)))
        return super().create(vals_list)
