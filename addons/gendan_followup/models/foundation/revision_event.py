from odoo import fields, models


class RevisionEvent(models.Model):
    """What happened to a revision, one row a step: the proof for L-S1 and L-M1."""

    _name = "gendan.revision.event"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Revision step"
    _order = "happened_at, id"
    _rec_name = "kind"
    _evidence_stamps = ("user_id", "happened_at")

    revision_id = fields.Many2one("gendan.revision", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    kind = fields.Selection(
        [
            ("draft", "Opened"),
            ("submit", "Submitted"),
            ("resubmit_unchanged", "Submitted unchanged"),
            ("withdraw", "Withdrawn"),
            ("return", "Returned"),
            ("verify", "Verified"),
            ("sign", "Signed"),
            ("refuse", "Signature refused"),
            ("unsign", "Signature withdrawn"),
            ("valid", "Valid"),
            ("void", "Void"),
            ("hold", "Put on hold"),
            ("resume", "Resumed"),
            ("cancel", "Cancelled"),
            ("discard", "Change discarded"),
        ],
        required=True,
        readonly=True,
    )
    role = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    happened_at = fields.Datetime("At", required=True, readonly=True)
    reason = fields.Text(readonly=True)
    # the revision keeps its last submission only: what an earlier one said is proof too (L-S1)
    payload = fields.Text("Submitted content", readonly=True)
    # kept apart from the revision's own: a later submission of it may bring another document
    document_ids = fields.Many2many("ir.attachment", "gendan_revision_event_document_rel",
                                    string="Submitted with", readonly=True)
