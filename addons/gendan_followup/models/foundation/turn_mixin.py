from odoo import fields, models
from odoo.tools import SQL


class TurnMixin(models.AbstractModel):
    """A record on which one transaction decides after the other (X6)."""

    _name = "gendan.turn.mixin"
    _description = "Decided one after the other"

    hand_count = fields.Integer(
        default=0, required=True, readonly=True, copy=False,
        help="Raised before anything is looked at, so that two people in the same second come "
        "one after the other.")

    def _take_turn(self):
        """UPDATE the counters, in id order, before anything is read or summed.

        Under REPEATABLE READ a lock alone lets the waiting buyer sum what he saw before
        he waited. An update makes him fail with a serialization error instead, which the
        server retries with a fresh view.

        The same statement gives the rows back, because what follows reads them at once.
        """
        self.flush_recordset()
        columns = [field for field in self._fields.values()
                   if field.column_type and field.store and field.prefetch is True
                   and not field.translate and not field.company_dependent]
        # only what the statement gives back: the rest was read in the same snapshot
        self.invalidate_recordset([field.name for field in columns])
        rows = self.env.execute_query(SQL(
            """
            WITH turn AS (SELECT id FROM %(table)s WHERE id = ANY(%(ids)s)
                          ORDER BY id FOR NO KEY UPDATE)
            UPDATE %(table)s t SET hand_count = hand_count + 1 FROM turn WHERE t.id = turn.id
            RETURNING t.id, %(columns)s
            """,
            table=SQL.identifier(self._table), ids=list(self.ids),
            columns=SQL(", ").join(SQL.identifier("t", field.name) for field in columns)))
        ids, *values = zip(*rows, strict=True) if rows else [()]
        for field, of_field in zip(columns, values, strict=bool(rows)):
            field._insert_cache(self.browse(ids), of_field)
