from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class IncidentNew(models.TransientModel):
    """The short report: what happened, on a phone and in one step (L-G1).

    Opened from a document, it takes every link from there; the rest is one sentence, one
    tap on the kind, a photo, and the loss if it is known already.
    """

    _name = "gendan.incident.new"
    _description = "Report an incident"

    source = fields.Reference("_sources", "About", readonly=True)
    company_id = fields.Many2one("res.company", required=True,
                                 default=lambda self: self.env.company)
    subject = fields.Char("What happened", required=True)
    cause_id = fields.Many2one("gendan.incident.cause", "Kind")
    event_at = fields.Datetime("Fault at", required=True, default=fields.Datetime.now)
    discovered_in = fields.Selection(
        [("yard", "In our house"), ("customer", "By the customer")], "Discovered",
        required=True, default="yard")
    is_complaint = fields.Boolean("Formal complaint")
    notice_id = fields.Many2one("gendan.production.notice", "Production notice",
                                domain="[('company_id', '=', company_id)]")
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine",
                                    domain="[('company_id', '=', company_id)]")
    description = fields.Text("What was seen")
    currency_id = fields.Many2one("res.currency", required=True,
                                  default=lambda self: self.env.company.currency_id)
    loss = fields.Monetary("Loss, as far as known")
    photo = fields.Image(max_width=1600, max_height=1600)

    @api.model
    def _sources(self):
        """Return ``[(model, name)]`` of the documents that an incident is reported from."""
        mixin = self.pool["gendan.incident.source.mixin"]
        names = [name for name, model in self.env.registry.items()
                 if issubclass(model, mixin) and not model._abstract]
        return [(row.model, row.name) for row in self.env["ir.model"].sudo().search(
            [("model", "in", names)], order="model")]

    @api.model
    def default_get(self, fields_list):
        """Fill in what the document knows from which the report was opened."""
        values = super().default_get(fields_list)
        source = self._source_of(values.get("source"))
        if source:
            known = source.sudo()._prepare_incident()
            values.update({name: known[name] for name in fields_list if known.get(name)},
                          source=f"{source._name},{source.id}")
        return values

    @api.model
    def _source_of(self, value):
        """Return the document behind a reference, else the one on which the action stands.

        :raise AccessError: when the user may not read it himself
        """
        model, _sep, id_ = str(value or "").partition(",")
        if not value:
            model, id_ = self.env.context.get("active_model"), self.env.context.get("active_id")
        if model not in dict(self._sources()) or not str(id_ or "").isdigit():
            return None
        source = self.env[model].browse(int(id_)).exists()
        source.check_access("read")
        return source

    def action_report(self):
        """Report it, and show the case with what the records say.

        :raise UserError: for who does not report (section 12)
        """
        self.ensure_one()
        incident = self.env["gendan.incident"].create(self._prepare_incident())
        if self.photo:
            self.env["ir.attachment"].create({
                "name": self.env._("Photo.jpg"), "datas": self.photo,
                "res_model": incident._name, "res_id": incident.id})
        return {"type": "ir.actions.act_window", "res_model": incident._name,
                "res_id": incident.id, "view_mode": "form", "views": [(False, "form")]}

    def _prepare_incident(self):
        """Return the values of the incident: the links of the document, the words of the user."""
        source = self._source_of(self.source and f"{self.source._name},{self.source.id}" or "-")
        values = source.sudo()._prepare_incident() if source else {}
        own = {name: self[name] for name in ("subject", "event_at", "discovered_in",
                                             "is_complaint", "description") if self[name]}
        own |= {name: self[name].id for name in ("company_id", "cause_id", "notice_id",
                                                 "workcenter_id") if self[name]}
        if self.loss < 0:
            raise UserError(self.env._("A loss is not below 0."))
        if self.loss:
            own["loss_ids"] = [Command.create({
                "kind": "other", "description": self.subject, "quantity": 1,
                "price": self.loss, "currency_id": self.currency_id.id})]
        return {**values, **own}
