from odoo import api, models
from odoo.exceptions import UserError

MEGABYTE = 1024 * 1024


class PhotoMixin(models.AbstractModel):
    """Photos from a phone: of a size that a workshop's network carries (X11)."""

    _name = "gendan.photo.mixin"
    _description = "Carries photos"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a photo above the company's limit before it is worked on."""
        for vals in vals_list:
            self._check_photo_size(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse a photo above the company's limit before it is worked on."""
        self._check_photo_size(vals)
        return super().write(vals)

    def _check_photo_size(self, vals):
        """Refuse a photo above the limit.

        :param dict vals: values about to be written; photos as base64
        :raise UserError: with its size, the limit, and what to do
        """
        limit = self.env.company.photo_limit or 0
        for name in vals:
            field = self._fields.get(name)
            if not (limit and vals[name] and field and field.type == "binary"):
                continue
            size = len(vals[name]) * 3 / 4 / MEGABYTE
            if size > limit:
                raise UserError(self.env._(
                    "%(field)s: the photo has %(size)s MB, at most %(limit)s MB are taken. Take it "
                    "again with a lower resolution.",
                    field=field._description_string(self.env), size=f"{size:.1f}",
                    limit=limit))
