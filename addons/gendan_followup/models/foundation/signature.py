from odoo import fields, models


class Signature(models.Model):
    """Who put his name under what, when, in which role, for whom (D1.7–D1.12).

    Rows come only from `gendan.signature.mixin._sign`. Withdrawing is a second row
    that points at the first one.
    """

    _name = "gendan.signature"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Signature"
    _order = "signed_at, id"
    _rec_name = "user_id"
    _evidence_stamps = ("user_id", "signed_at")

    res_model = fields.Char("Document model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True, index=True)
    role = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("sign", "Signed"), ("refuse", "Refused"), ("withdraw", "Withdrawn")],
        required=True, readonly=True, default="sign")
    cycle = fields.Integer(
        readonly=True, help="Which submission of the document was signed; an earlier one counts "
        "no more.")
    digest = fields.Char("Content SHA-256", readonly=True)
    user_id = fields.Many2one("res.users", "Signed by", required=True, readonly=True,
                              ondelete="restrict", index=True)
    for_user_id = fields.Many2one(
        "res.users", "Signed for", readonly=True, ondelete="restrict",
        help="The absent person when a deputy signed.")
    signed_at = fields.Datetime("At", required=True, readonly=True)
    reason = fields.Text(readonly=True)
    withdrawn_id = fields.Many2one("gendan.signature", "Withdraws", readonly=True,
                                   index="btree_not_null", ondelete="restrict")
    withdrawal_ids = fields.One2many("gendan.signature", "withdrawn_id", readonly=True)

    _one_withdrawal = models.UniqueIndex("(withdrawn_id) WHERE withdrawn_id IS NOT NULL",
                                         "This signature has been withdrawn already.")
    _document = models.Index("(res_model, res_id, cycle)")

    def _in_force(self, documents, cycles, digests):
        """Return the signatures in force on ``documents``, in one query.

        :param documents: recordset of one model
        :param dict cycles: document id → the submission that counts
        :param dict digests: document id → the digest that counts
        :return: ``{document id: recordset of signatures}``
        """
        found = {id_: self.browse() for id_ in documents.ids}
        signatures = self.search_fetch([
            ("res_model", "=", documents._name), ("res_id", "in", documents.ids),
            ("kind", "=", "sign"), ("withdrawal_ids", "=", False),
        ], ["res_id", "cycle", "digest", "role", "user_id", "for_user_id"],
            order="id") if documents else self
        for signature in signatures:
            id_ = signature.res_id
            if signature.cycle == cycles[id_] and signature.digest == digests[id_]:
                found[id_] |= signature
        return found
