from odoo import fields, models
from odoo.exceptions import UserError


class SignatureMixin(models.AbstractModel):
    """A document that people sign.

    Serves the revision of an order and whatever else carries signatures. The user,
    the time and the digest are the server's; a caller gives only the role.
    """

    _name = "gendan.signature.mixin"
    _inherit = ["gendan.gate.mixin", "gendan.turn.mixin"]
    _description = "Signed document"

    cycle = fields.Integer(
        "Submission", default=0, readonly=True, copy=False,
        help="Counts the submissions; a signature counts only for the one it was given to.")
    digest = fields.Char("Content SHA-256", readonly=True, copy=False)

    def _signatures_in_force(self):
        """Return ``{id: signatures}`` of the present submission and content."""
        return self.env["gendan.signature"].sudo()._in_force(
            self,
            {record.id: record.cycle for record in self},
            {record.id: record.digest for record in self})

    def _sign(self, role, *, kind="sign", reason=False, withdrawn=None):
        """Add one signature row per document in the name of the present user.

        Access and conditions are the caller's gate; here the row is only written.

        :param str role: a key of `ROLES`
        """
        user = self.env.user
        if user.id in user._devices():
            raise UserError(self.env._(
                "%s is shared by many: one signs with his own login only.", user.name))
        principal = user if user._has_role(role) else user._principals(role)[:1]
        # no user may create signatures by any door: this method is the only one
        return self.env["gendan.signature"].sudo().create([{
            "res_model": record._name,
            "res_id": record.id,
            "role": role,
            "kind": kind,
            "cycle": record.cycle,
            "digest": record.digest,
            "user_id": self.env.uid,
            "for_user_id": principal.id if principal != user else False,
            "signed_at": fields.Datetime.now(),
            "reason": reason,
            "withdrawn_id": withdrawn and withdrawn.id,
        } for record in self])
