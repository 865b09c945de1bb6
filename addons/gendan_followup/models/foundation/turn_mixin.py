from odoo import fields, models
from odoo.tools import SQL


class TurnMixin(models.AbstractModel):
    """A record whose limit is checked by one transaction after the other (X6)."""

    _name = "gendan.turn.mixin"
    _description = "Checked one after the other"

    hand_count = fields.Integer(
        default=0, required=True, readonly=True, copy=False,
        help="Raised before a limit is looked at, so that two buyers in the same second come "
        "one after the other.")

    def _take_turn(self):
        """UPDATE the counters, in id order, before anything is summed.

        Under REPEATABLE READ a lock alone lets the waiting buyer sum what he saw before
        he waited. An update makes him fail with a serialization error instead, which the
        server retries with a fresh view.
        """
        self.flush_recordset()
        for id_ in sorted(self.ids):
            self.env.cr.execute(SQL(
                "UPDATE %s SET hand_count = hand_count + 1 WHERE id = %s",
                SQL.identifier(self._table), id_))
        self.invalidate_recordset()
