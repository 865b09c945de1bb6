from odoo import api, models
from odoo.exceptions import UserError


class IncidentChildMixin(models.AbstractModel):
    """A row under an incident that is open as long as the incident is (L-G1).

    While the facts are being gathered the people of the case write it; afterwards nobody
    does, and what was once there is not deleted.
    """

    _name = "gendan.incident.child.mixin"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Part of an incident"

    # states of the incident in which these rows may be written
    _child_states = ("reported",)

    @api.model_create_multi
    def create(self, vals_list):
        """Add to an open case only.

        :raise UserError: when the case is closed for these rows
        """
        rows = super().create(vals_list)
        rows._check_case()
        return rows

    def write(self, vals):
        """Change an open case only; a row does not move to another case.

        :raise UserError: when the case is closed for these rows
        """
        if vals:
            self._check_case()
            if "incident_id" in vals and any(
                    row.incident_id.id != vals["incident_id"] for row in self):
                raise UserError(self.env._("%(kind)s %(record)s stays with its incident.",
                                           kind=self._description,
                                           record=self[:1].display_name or ""))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_case()

    def _check_case(self):
        # the state of the case must be known even where the user may not read it
        closed = self.sudo().incident_id.filtered(
            lambda incident: incident.state not in self._child_states)
        if closed and not self._is_step():
            raise UserError(closed[0]._locked_message())

    def _is_step(self):
        """Whether a step of the system is at work here, which knows the state itself."""
        return False
