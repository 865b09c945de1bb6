from odoo import api, fields, models

# the order in which a person reads a specification; also what the payload freezes
SPEC_FIELDS = (
    "size_width", "size_length", "gsm", "fibre", "pattern", "colour", "surface",
    "print_colours", "print_direction", "pieces_per_pack", "bag_version_id",
    "carton_version_id", "packs_per_carton", "packing_method", "mark_front", "mark_side",
    "code_text", "code_format", "shelf_life_months", "print_remark",
)
# which of them each point of the verification looks at (D1.2–D1.5)
SPEC_GROUPS = {
    "1_size": ("size_width", "size_length"),
    "3_material": ("gsm", "fibre", "pattern", "colour", "surface", "print_colours",
                   "print_direction"),
    "4_basic": ("pieces_per_pack", "bag_version_id", "carton_version_id", "packs_per_carton",
                "packing_method", "mark_front", "mark_side", "code_text", "code_format",
                "shelf_life_months", "print_remark"),
}


class SpecMixin(models.AbstractModel):
    """What a nonwoven product is: on the product, on the order line, on the notice line."""

    _name = "gendan.spec.mixin"
    _description = "Product specification"

    size_width = fields.Integer("Width (mm)", help="Across the machine.")
    size_length = fields.Integer("Length (mm)", help="Along the machine.")
    gsm = fields.Float("Grammage (g/m²)", digits=(8, 1))
    fibre = fields.Char(help="Composition, e.g. 70% viscose / 30% polyester.")
    pattern = fields.Char()
    colour = fields.Char()
    surface = fields.Selection(
        [("hydrophilic", "Hydrophilic"), ("repellent", "Water-repellent"), ("none", "None")])
    print_colours = fields.Char("Print colours")
    print_direction = fields.Selection(
        [("none", "Not printed"), ("head", "Head first"), ("foot", "Foot first")],
        string="Print direction")
    pieces_per_pack = fields.Integer("Pieces per pack")
    bag_version_id = fields.Many2one(
        "product.product", "Bag version", index=False, ondelete="restrict",
        domain=[("packaging_kind", "in", ("bag", "film"))])
    carton_version_id = fields.Many2one(
        "product.product", "Carton", index=False, ondelete="restrict",
        domain=[("packaging_kind", "=", "carton")])
    packs_per_carton = fields.Integer("Packs per carton")
    packing_method = fields.Char("Packing method")
    mark_front = fields.Text("Front mark")
    mark_side = fields.Text("Side mark")
    code_text = fields.Char("Code text", help="What is printed on bag and carton.")
    code_format = fields.Char("Code format", help="e.g. LOT NPyymmdd + EXP DD.MM.YYYY")
    shelf_life_months = fields.Integer("Shelf life (months)")
    print_remark = fields.Text("Production remark", help="Printed on the notice, so controlled.")
    size_text = fields.Char("Size", compute="_compute_size_text")

    @api.depends("size_width", "size_length")
    def _compute_size_text(self):
        for record in self:
            known = record.size_width and record.size_length
            record.size_text = f"{record.size_width}×{record.size_length} mm" if known else False

    def _spec_values(self):
        """Return the specification of one record as values for another one."""
        self.ensure_one()
        return {name: self._fields[name].convert_to_write(self[name], self) for name in SPEC_FIELDS}

    def _spec_label(self, name):
        """Return the label of a specification field in the user's language."""
        return self._fields[name]._description_string(self.env)

    def _spec_text(self, name):
        """Return the value of one specification field as people read it."""
        self.ensure_one()
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return value.sudo().display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "float":
            return f"{value:.12g}" if value else ""
        return str(value or "").strip()
