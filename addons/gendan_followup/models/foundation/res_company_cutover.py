from odoo import api, fields, models
from odoo.tools import SQL

from .gate_mixin import Gate

CUTOVER_FIELDS = {"cutover_closed_at", "cutover_closed_by_id"}


class ResCompany(models.Model):
    """The cut-over 期初建账 is open once, and closed for good (X16)."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        """A company begins with its cut-over open.

        :raise UserError: when a caller wants it otherwise
        """
        for vals in vals_list:
            if any(vals.get(name) for name in CUTOVER_FIELDS):
                self._refuse_cutover_write()
        # given explicitly, so that a default in the context cannot get in
        return super().create([
            {**vals, **dict.fromkeys(CUTOVER_FIELDS, False)} for vals in vals_list])

    def write(self, vals):
        """Keep the closing out of everybody's reach, sudo included (X4, X16)."""
        if CUTOVER_FIELDS & vals.keys():
            self._refuse_cutover_write()
        return super().write(vals)

    def _refuse_cutover_write(self):
        self.env["gendan.audit"]._refuse(Gate("cutover.write", "X16"), self, self.env._(
            "The cut-over is closed by the general manager in its own window, once and for good; "
            "nobody writes or reopens it."))

    def _close_cutover(self):
        """Close the cut-over in the name of the present user; the caller's gate has passed."""
        # the only way round the guard above
        # pylint: disable-next=super-method-mismatch
        return super().write({
            "cutover_closed_at": fields.Datetime.now(), "cutover_closed_by_id": self.env.uid})

    def _keep_cutover_open(self):
        """Hold the door until this transaction ends, or learn that it has just been shut (X6).

        Closing updates the row: whoever loads with an older view of it then gets a
        serialization failure, which the server retries with a fresh view.
        """
        self.env.cr.execute(SQL(
            "SELECT FROM res_company WHERE id = ANY(%s) FOR SHARE", list(self.ids)))

    def _cutover_closed_text(self):
        """Return when and by whom the cut-over was closed."""
        self.ensure_one()
        closed = self.sudo()
        day = fields.Datetime.context_timestamp(
            self.with_context(tz=self.gendan_tz), closed.cutover_closed_at)
        return self.env._("the cut-over was closed on %(day)s by %(user)s",
                          day=day.strftime("%Y-%m-%d %H:%M"),
                          user=closed.cutover_closed_by_id.name)
