from odoo import api, fields, models
from odoo.fields import Command


class NoticeRequest(models.TransientModel):
    """The plan manager requests a production notice without an order (design 6.5)."""

    _name = "gendan.notice.request"
    _description = "Request of a production notice"

    notice_id = fields.Many2one("gendan.production.notice", readonly=True)
    purpose = fields.Selection([("sample", "Samples"), ("stock", "For stock")], required=True,
                               default="stock")
    purpose_reason = fields.Char("What for", required=True)
    merchandiser_id = fields.Many2one(
        "res.users", required=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref(
            "gendan_followup.group_merchandiser").ids), ("share", "=", False)])
    delivery_date = fields.Date("Needed on", required=True)
    line_ids = fields.One2many("gendan.notice.request.line", "request_id", "Products")

    @api.model
    def default_get(self, fields):
        """Begin with what stands on the draft that is corrected."""
        values = super().default_get(fields)
        notice = self.env["gendan.production.notice"].browse(values.get("notice_id"))
        if notice:
            values.update(
                purpose=notice.purpose, purpose_reason=notice.purpose_reason,
                merchandiser_id=notice.merchandiser_id.id, delivery_date=notice.delivery_date,
                line_ids=[Command.create({"product_id": line.product_id.id,
                                          "quantity": line.quantity})
                          for line in notice.line_ids if line.quantity])
        return values

    def action_save(self):
        """Make or correct the draft; the notice's own gate checks who may."""
        self.ensure_one()
        values = {name: self[name] for name in ("purpose", "purpose_reason", "delivery_date")}
        values["merchandiser_id"] = self.merchandiser_id.id
        rows = [{"product_id": line.product_id.id, "quantity": line.quantity}
                for line in self.line_ids]
        notice = self.notice_id
        if notice:
            notice.action_edit_request(values, rows)
        else:
            notice = notice.action_request(values, rows)
        return notice._action_open()
