from odoo import models


class ProductionNotice(models.Model):
    """A notice whose order shrank makes less (design 6.9)."""

    _inherit = "gendan.production.notice"

    def _become_valid(self, revision):
        """Bring what is being made in line with the revision that is in force now."""
        again = bool(self.valid_at)
        if again and revision.change_class != "commercial":
            self._end_first_articles(self.env._(
                "revision %s changed what is made", revision.letter))
        result = super()._become_valid(revision)
        if not again:
            # nothing can have been released of a notice that was never valid: a need that
            # stands there all the same falls away
            if self.sudo().need_ids:
                self._follow_needs()
            return result
        self.line_ids._shrink_productions()
        # what is made less is needed less
        self._follow_needs()
        return result

    def _end_first_articles(self, reason):
        """Let every machine of these notices begin with a new first article (D1.11, D5.1).

        :param str reason: what changed
        """
        self.env["gendan.first.article"].sudo().search([
            ("notice_id", "in", self.ids), ("decision", "in", ("pending", "accepted"))
        ])._end(reason)

    def _await_revision(self, revision):
        """A stop by hand outlasts a change: only its merchandiser lifts it."""
        if self.hold_kind == "manual":
            return None
        return super()._await_revision(revision)
