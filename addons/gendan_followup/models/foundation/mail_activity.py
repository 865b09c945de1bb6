from odoo import models


class MailActivity(models.Model):
    """A to-do is called by what is to be done."""

    _inherit = "mail.activity"

    def _to_store_defaults(self, target):
        """Send the name too: the chatter shows it where a to-do has no summary.

        Core's component reads it and core does not send it: "today:  assigned to 李娜".
        """
        return [*super()._to_store_defaults(target), "display_name"]
