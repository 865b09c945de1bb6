from odoo import models


class ProductionNotice(models.Model):
    """A notice whose order shrank makes less (design 6.9)."""

    _inherit = "gendan.production.notice"

    def _become_valid(self, revision):
        """Bring what is being made in line with the revision that is in force now."""
        result = super()._become_valid(revision)
        self.line_ids._shrink_productions()
        # what is made less is needed less
        self._follow_needs()
        return result

    def _await_revision(self, revision):
        """A stop by hand outlasts a change: only its merchandiser lifts it."""
        if self.hold_kind == "manual":
            return None
        return super()._await_revision(revision)
