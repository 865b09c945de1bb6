from odoo import api, models

RUNNING_STATES = ("progress", "done")


class MrpWorkorder(models.Model):
    """A work order runs only while its manufacturing order may (D1.10)."""

    _inherit = "mrp.workorder"

    def button_start(self, raise_on_invalid_state=False):
        """Start the machine only for a notice in force, with a first article (D1.10, D5.4)."""
        productions = self.production_id
        productions._pass_gate("_gate_start")
        # core starts them one by one, and each start asks again about its order and notice;
        # what a start asks is all that running asks, and more
        with productions._noting_start_warnings(), productions._gate_passed("_gate_run"), (
                productions.sudo().notice_id._gate_passed("_gate_work")):
            return super().button_start(raise_on_invalid_state=raise_on_invalid_state)

    def button_finish(self):
        """Finish only what may run; otherwise everything planned would count as produced."""
        productions = self.production_id
        productions._pass_gate("_gate_run")
        with productions._gate_passed("_gate_run"):
            return super().button_finish()

    def action_cancel(self):
        """Cancel with the analytic lines, which the workshop may not read (traps 1.13)."""
        self.check_access("write")
        return super(MrpWorkorder, self.sudo()).action_cancel()

    def unlink(self):
        """Delete with the analytic lines, which the workshop may not read (traps 1.13)."""
        self.check_access("unlink")
        return super(MrpWorkorder, self.sudo()).unlink()

    def _create_or_update_analytic_entry(self):
        """Reckon the machine's hours in sudo: core writes analytic lines here (traps 1.13)."""
        return super(MrpWorkorder, self.sudo())._create_or_update_analytic_entry()

    @api.model_create_multi
    def create(self, vals_list):
        """A work order is not born running (X4)."""
        workorders = super().create(vals_list)
        workorders.filtered(
            lambda workorder: workorder.state in RUNNING_STATES or workorder.qty_produced
        ).production_id._pass_gate("_gate_run")
        return workorders

    def write(self, vals):
        """Guard what a caller could write instead of pressing a button (X4)."""
        if vals.get("state") in RUNNING_STATES or vals.get("qty_produced"):
            self.production_id._pass_gate("_gate_run")
        return super().write(vals)
