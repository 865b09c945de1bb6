from odoo import api, fields, models
from odoo.exceptions import UserError

LINKABLE = (
    "gendan.production.notice", "gendan.production.notice.line", "gendan.stock.check",
    "mrp.production", "mrp.workorder", "purchase.order", "stock.picking", "stock.lot",
    "sale.order", "product.product",
)


class IncidentLink(models.Model):
    """Any other record that an incident speaks of; the rooms name theirs in `_linkable`."""

    _name = "gendan.incident.link"
    _inherit = ["gendan.incident.child.mixin"]
    _description = "Record of an incident"
    _order = "incident_id, id"
    _rec_name = "label"

    incident_id = fields.Many2one("gendan.incident", required=True, index=True,
                                  ondelete="restrict")
    record = fields.Reference("_linkable", required=True)
    label = fields.Char("Was called", readonly=True, help="As it was called when it was linked.")

    _once = models.UniqueIndex("(incident_id, record)", "That record is linked already.")

    @api.model
    def _linkable(self):
        """Return ``[(model, name)]`` of what an incident may be linked to.

        Every document of order follow-up, and of Odoo what the shop floor works with.
        """
        models_ = self.env["ir.model"].sudo().search(
            ["|", ("model", "in", LINKABLE), ("model", "=like", "gendan.%")])
        own = ("gendan.incident", "gendan.liability")
        return [(model.model, model.name) for model in models_
                if not model.model.startswith(own) and not model.transient
                and not self.env[model.model]._abstract]

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the name that the record has now.

        :raise UserError: for a record that the user may not read himself
        """
        return super().create([
            {**vals, "label": self._linked(vals.get("record")).display_name}
            for vals in vals_list])

    def write(self, vals):
        """Link another record, under the name that it has now."""
        if not self:
            # core's merge of partners writes on whatever refers to them, often on nothing
            return True
        vals = {name: value for name, value in vals.items() if name != "label"}
        if "record" in vals:
            vals = {**vals, "label": self._linked(vals["record"]).display_name}
        return super().write(vals)

    @api.model
    def _linked(self, value):
        """Return the record behind the value of a reference.

        :raise UserError: when there is none
        """
        model, _sep, id_ = str(value or "").partition(",")
        record = self.env[model].browse(int(id_)).exists() if (
            model in dict(self._linkable()) and id_.isdigit()) else None
        if not record:
            raise UserError(self.env._("There is no such record to link."))
        record.check_access("read")
        return record
