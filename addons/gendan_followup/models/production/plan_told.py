from odoo import api, fields, models
from odoo.exceptions import UserError


class PlanTold(models.Model):
    """Who was told of a revision of the plan, when, and when he read it (D4.3, L-M4).

    Told but unread is told (X8): the time of reading is a fact of its own.
    """

    _name = "gendan.plan.told"
    _inherit = ["gendan.system.mixin"]
    _description = "Told of a plan revision"
    _order = "revision_id desc, id"
    _rec_name = "user_id"

    revision_id = fields.Many2one("gendan.plan.revision", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    company_id = fields.Many2one(related="revision_id.company_id", store=True, precompute=True,
                                 index=True)
    user_id = fields.Many2one("res.users", "Told", required=True, readonly=True, index=True,
                              ondelete="restrict")
    role = fields.Selection(
        [("salesperson", "Salesperson"), ("production", "Production"), ("packaging", "Packing")],
        required=True, readonly=True)
    notice_ids = fields.Many2many("gendan.production.notice", string="Notices touched",
                                  readonly=True)
    sent_at = fields.Datetime("Sent at", required=True, readonly=True)
    read_at = fields.Datetime("Read at", readonly=True)
    read_by_id = fields.Many2one("res.users", "Read by", readonly=True, ondelete="restrict")

    _once = models.Constraint("UNIQUE (revision_id, user_id)", "Told once.")

    def write(self, vals):
        """Only the reading is added, once (X5)."""
        self._check_system_only()
        if vals.keys() - {"read_at", "read_by_id"} or any(row.read_at for row in self):
            raise UserError(self.env._("Who was told what, and when, stays as it was noted."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Who was told what, and when, stays as it was noted."))
