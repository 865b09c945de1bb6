from odoo import api, models
from odoo.fields import Command


class IncidentSourceMixin(models.AbstractModel):
    """A document that knows what an incident about it is linked to (L-G1).

    A kind of document extends `_prepare_incident`; button, menu entry and the short report
    are the same for all.
    """

    _name = "gendan.incident.source.mixin"
    _description = "Incidents are reported from here"

    def _prepare_incident(self):
        """Return the values of an incident about this one document.

        Called under sudo, for whoever may read the document: extend it by origin, kind,
        time of the fault and every record that belongs to it.

        :return: dict of values of `gendan.incident`
        """
        self.ensure_one()
        return {"link_ids": [Command.create({"record": f"{self._name},{self.id}"})]}

    @api.model
    def _cause(self, code):
        """Return the id of the kind of incident of ``code``."""
        return self.env.ref(f"gendan_liability.cause_{code}").id

    def action_report_incident(self):
        """Open the short report, with everything that this document knows filled in."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "gendan_liability.action_incident_new"),
            "context": {"default_source": f"{self._name},{self.id}"},
        }
