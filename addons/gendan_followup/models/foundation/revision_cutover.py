from odoo import api, fields, models
from odoo.exceptions import UserError

PAPER_FIELDS = {"signature_kind", "paper_finance", "paper_sales_manager", "paper_signed_on"}


class Revision(models.Model):
    """Revisions that were signed on paper before the cut-over was closed (X16)."""

    _inherit = "gendan.revision"

    paper_finance = fields.Char("Signed on paper by finance", readonly=True)
    paper_sales_manager = fields.Char("Signed on paper by the sales manager", readonly=True)
    paper_signed_on = fields.Date("Signed on paper on", readonly=True)

    @api.depends("signature_kind")
    def _compute_missing_signatures(self):
        """On paper both have signed."""
        paper = self.filtered(lambda revision: revision.signature_kind == "paper")
        paper.missing_signatures = ""
        return super(Revision, self - paper)._compute_missing_signatures()

    @api.model_create_multi
    def create(self, vals_list):
        """A revision is signed here; paper comes in by the cut-over's own step (X16).

        :raise UserError: when a caller wants it otherwise, sudo included
        """
        self._check_system_only()
        if any(vals.get("signature_kind") == "paper" for vals in vals_list):
            raise UserError(self._paper_message())
        # given explicitly, so that a default in the context cannot get in
        system = {**dict.fromkeys(PAPER_FIELDS, False), "signature_kind": "system"}
        return super().create([{**vals, **system} for vals in vals_list])

    def write(self, vals):
        """Put nobody's signature on paper, sudo included (X4, X16)."""
        if PAPER_FIELDS & vals.keys() and self:
            self._check_system_only()
            raise UserError(self._paper_message())
        return super().write(vals)

    def _paper_message(self):
        return self.env._("That a revision was signed on paper is recorded by the cut-over window "
                          "only, until the general manager closes it.")

    # pylint: disable-next=missing-return
    def _sign_on_paper(self, paper):
        """Make the submitted revisions valid, because the paper with both signatures is here.

        The caller's gate has passed; that the cut-over is open is checked here once more.

        :param paper: values of `PAPER_FIELDS` but the kind
        :raise UserError: when the cut-over is closed, or without the scan
        """
        companies = self.company_id
        companies._keep_cutover_open()
        companies.invalidate_recordset(["cutover_closed_at"])
        if companies.filtered("cutover_closed_at") or not all(
                revision.state == "submitted" and revision.document_ids for revision in self):
            raise UserError(self._paper_message())
        # the only way round the guard above
        # pylint: disable-next=super-method-mismatch
        super().write({**paper, "signature_kind": "paper"})
        now = fields.Datetime.now()
        self.write({"state": "verified", "verified_by_id": self.env.uid, "verified_at": now})
        self._log_event("verify", role="merchandiser")
        self.write({"state": "valid", "valid_at": now, "todo_stale": True})
        self._log_event("valid", reason=self.env._(
            "signed on paper on %(day)s: %(finance)s (finance), %(manager)s (sales manager)",
            day=paper["paper_signed_on"], finance=paper["paper_finance"],
            manager=paper["paper_sales_manager"]))
