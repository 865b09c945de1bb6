from odoo import api, models
from odoo.exceptions import AccessError

from .gate_mixin import Gate

SETTING = Gate("reckoned.write", "X4 X5")


class ReckonedMixin(models.AbstractModel):
    """What the server reckons, numbers or notes, no user writes (X4, X5).

    ``readonly=True`` keeps a field from being typed on a screen and from nothing else: core
    takes it by RPC, by import, and as a default in the context. So a forged sum would stay in
    the column until one of its parts changed, and whatever is judged by it would be judged
    wrongly. Refused here, for whatever a user sends:

    * on writing, every field that is read only
    * on creation, those that are computed and stored; a default in the context is not heard

    On a document of core only our own computed fields: core's steps write its fields in the
    name of the user.
    """

    _name = "gendan.reckoned.mixin"
    _description = "Reckoned by the server"

    @api.model_create_multi
    def create(self, vals_list):
        """Do not hear a default of the client for what is reckoned: it may come from anywhere."""
        heard = {key: value for key, value in self.env.context.items()
                 if not (key.startswith("default_") and key[8:] in self._fields
                         and self._is_reckoned(self._fields[key[8:]]))}
        if len(heard) == len(self.env.context):
            return super().create(vals_list)
        # keys are taken away, which keywords cannot
        # pylint: disable-next=context-overridden
        deaf = self.with_context(heard)
        return super(ReckonedMixin, deaf).create(vals_list).with_env(self.env)

    @api.model
    def _check_field_access(self, field, operation):
        """Refuse what is the server's to say; the steps write it in sudo behind their gates.

        :raise AccessError: and the attempt is on record (X5)
        """
        if operation == "write" and not self.env.su and self._is_reckoned(field):
            self.env["gendan.audit"]._refuse(SETTING, self, self.env._(
                "%(document)s: “%(field)s” is reckoned or noted by the system and written by "
                "nobody.", document=self[:1].sudo().display_name or self._description,
                field=field._description_string(self.env)), AccessError)
        return super()._check_field_access(field, operation)

    def _is_reckoned(self, field):
        """Whether ``field`` of these records, or of a new one, is not a user's to write."""
        if not (field.readonly and field.store) or field.inverse:
            return False
        if not self._name.startswith("gendan."):
            return bool(field.compute) and field._modules[0].startswith("gendan_")
        return bool(field.compute or self)
