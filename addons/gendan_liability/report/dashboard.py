from odoo import api, models

# who is asked every morning what bad quality cost; of quality control it is the head
BOARDS = ("general_manager", "plan_manager", "qc")


class Dashboard(models.AbstractModel):
    """The general manager, the chair and the head of quality see it every morning."""

    _inherit = "gendan.dashboard"

    @api.model
    def _board_keys(self, board):
        """Append the losses for whoever may read all of them."""
        keys = super()._board_keys(board)
        if board in BOARDS and self.env["gendan.incident.report"].has_access("read"):
            return (*keys, "incident_rule")
        return keys
