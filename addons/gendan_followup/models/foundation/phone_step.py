from odoo import fields, models


class PhoneStep(models.Model):
    """A step that a phone noted, perhaps without a network, and that has arrived (X11, X17).

    Its key makes what arrives twice count once; its two times show how late it came.
    """

    _name = "gendan.phone.step"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Step from a phone"
    _order = "arrived_at desc, id desc"
    _rec_name = "kind"
    _evidence_stamps = ("user_id", "arrived_at")

    key = fields.Char(required=True, readonly=True)
    kind = fields.Char(required=True, readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True,
                                      index=True)
    user_id = fields.Many2one("res.users", "Login", required=True, readonly=True,
                              ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True, index="btree_not_null",
                                  ondelete="restrict")
    noted_at = fields.Datetime("Noted at", readonly=True)
    arrived_at = fields.Datetime("Arrived at", required=True, readonly=True)

    _key = models.Constraint("UNIQUE (key)", "This step has arrived already.")
