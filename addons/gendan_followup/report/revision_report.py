from odoo import api, models


class RevisionReport(models.AbstractModel):
    """The paper of any revision, old ones marked void: what was made by it stays provable."""

    _name = "report.gendan_followup.report_revision"
    _description = "Printed revision (report)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the sheets of these revisions, from their frozen content."""
        revisions = self.env["gendan.revision"].browse(docids)
        revisions.check_access("read")
        return {
            "docs": revisions,
            "sheets": self.env["gendan.notice.sheet"]._sheets([
                (revision, revision.sudo().order_id.notice_id or revision.sudo().notice_id,
                 revision) for revision in revisions]),
        }
