from odoo import fields, models
from odoo.tools import SQL

from .gate_mixin import Gate


class SignatureMixin(models.AbstractModel):
    """A document that people sign.

    Serves the revision of an order and whatever else carries signatures. The user,
    the time and the digest are the server's; a caller gives only the role.
    """

    _name = "gendan.signature.mixin"
    _inherit = ["gendan.gate.mixin"]
    _description = "Signed document"

    cycle = fields.Integer(
        "Submission", default=0, readonly=True, copy=False,
        help="Counts the submissions; a signature counts only for the one it was given to.")
    digest = fields.Char("Content SHA-256", readonly=True, copy=False)
    hand_count = fields.Integer(
        default=0, required=True, readonly=True, copy=False,
        help="Raised by every signature first, so that two signers in the same second come "
        "one after the other.")

    def _signatures_in_force(self):
        """Return ``{id: signatures}`` of the present submission and content."""
        return self.env["gendan.signature"].sudo()._in_force(
            self,
            {record.id: record.cycle for record in self},
            {record.id: record.digest for record in self})

    def _take_turn(self):
        """Come one after the other: UPDATE the counter before anything is read (X6).

        Under REPEATABLE READ the later of two transactions gets a serialization
        failure here, which the server retries with a fresh view.
        """
        self.flush_recordset()
        for id_ in sorted(self.ids):
            self.env.cr.execute(SQL(
                "UPDATE %s SET hand_count = hand_count + 1 WHERE id = %s",
                SQL.identifier(self._table), id_))
        self.invalidate_recordset()

    def _sign(self, role, *, kind="sign", reason=False, withdrawn=None):
        """Add one signature row per document in the name of the present user.

        Access and conditions are the caller's gate; here the row is only written.

        :param str role: a key of `ROLES`
        """
        principals = self.env.user._principals(role)
        principal = self.env.user if self.env.user in principals else principals[:1]
        # no user may create signatures by any door: this method is the only one
        return self.env["gendan.signature"].sudo().create([{
            "res_model": record._name,
            "res_id": record.id,
            "role": role,
            "kind": kind,
            "cycle": record.cycle,
            "digest": record.digest,
            "user_id": self.env.uid,
            "for_user_id": principal.id if principal != self.env.user else False,
            "signed_at": fields.Datetime.now(),
            "reason": reason,
            "withdrawn_id": withdrawn and withdrawn.id,
        } for record in self])

    def _refuse_role(self, role, records):
        """Refuse because the user has not got ``role``, nor stands in for someone who has."""
        from .role import ROLES

        holders = self.env.user._users_of_role(role, records.sudo().company_id[:1])
        self.env["gendan.audit"]._refuse(
            Gate(f"role.{role}", "D1.7 D1.8 X4"), records,
            self.env._("%(user)s cannot do this on %(document)s: it is the part of %(role)s (%(holders)s).",
              user=self.env.user.name, document=", ".join(records.sudo().mapped("display_name")),
              role=str(ROLES[role]), holders=", ".join(holders.mapped("name")) or self.env._("nobody yet")))
