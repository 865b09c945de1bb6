from odoo import api, fields, models


class CartonSizeWizard(models.TransientModel):
    """Type length, width and height of a carton; the specification has the rules (D3.8)."""

    _name = "gendan.carton.size.wizard"
    _description = "Set the carton size"

    size_length = fields.Integer("Length (mm)", required=True)
    size_width = fields.Integer("Width (mm)", required=True)
    size_height = fields.Integer("Height (mm)", required=True)
    source = fields.Selection(
        lambda self: self.env["gendan.carton.size"]._fields["source"]._description_selection(
            self.env), required=True, default="known")

    @api.model
    def default_get(self, fields_list):
        """Propose what was measured on the sample that fits."""
        values = super().default_get(fields_list)
        spec = self.env["gendan.carton.specification"].browse(
            self.env.context.get("active_id", 0)).exists()
        sample = spec.sample_ids.filtered(lambda one: one.result == "fits")[:1]
        if sample:
            values.update(size_length=sample.measured_length, size_width=sample.measured_width,
                          size_height=sample.measured_height, source="sample")
        return values

    def action_confirm(self):
        """Hand the size to the specification."""
        self.ensure_one()
        self.env["gendan.carton.specification"].browse(
            self.env.context.get("active_ids", [])).action_set_size(
                self.size_length, self.size_width, self.size_height, self.source)
        return {"type": "ir.actions.act_window_close"}
