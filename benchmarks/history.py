"""Years of work in seconds: rows that the real workflow made, multiplied in bulk SQL."""

from contextlib import contextmanager

from odoo.tools import SQL

OPEN_NOTICES = 1000
TRIPS_A_DAY = 60
YEAR = 365


class History:
    """Multiplies rows of a scratch database; what is multiplied was made by its own steps."""

    def __init__(self, env):
        self.env = env

    @contextmanager
    def bulk(self, *models):
        """Insert without foreign keys and searching indexes; both stand again afterwards.

        The keys come back unchecked (what is multiplied refers to what the template refers
        to), the indexes are built by one sort each, and the planner counts the rows.
        """
        tables = [self.env[model]._table for model in models]
        self.env.flush_all()
        keys = self.env.execute_query(SQL(
            """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
                 FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)""",
            tables))
        indexes = self.env.execute_query(SQL(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
                WHERE indrelid::regclass::text = ANY(%s) AND NOT indisunique""", tables))
        for table, name, _definition in keys:
            self.env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL.identifier(table),
                                    SQL.identifier(name)))
        for name, _definition in indexes:
            self.env.cr.execute(SQL("DROP INDEX %s", SQL(name)))
        yield
        for _name, definition in indexes:
            self.env.cr.execute(definition)
        for table, name, definition in keys:
            self.env.cr.execute(SQL(
                "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID", SQL.identifier(table),
                SQL.identifier(name), SQL(definition)))
        for table in tables:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def multiply(self, model, template, count, **columns):
        """Insert ``count`` copies of ``template``; return their ids.

        :param columns: column → SQL expression over ``g``, the number of the copy from 1 on;
            every other column is the template's
        """
        self.env.flush_all()
        names = [name for name, field in self.env[model]._fields.items()
                 if field.store and field.column_type and name != "id"]
        values = [SQL(columns[name]) if name in columns else SQL.identifier("t", name)
                  for name in names]
        table = SQL.identifier(self.env[model]._table)
        rows = self.env.execute_query(SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) g "
            "WHERE t.id = %s RETURNING id",
            table, SQL(", ").join(map(SQL.identifier, names)), SQL(", ").join(values), table,
            count, template.id))
        self.env.invalidate_all()
        return [id_ for (id_,) in rows]

    def open_shipping(self, shipping, dispatch):
        """Add the notices that are open now, and the trips of today, two stops each."""
        self._notices(shipping, OPEN_NOTICES, state="'accepted'", day="current_date + mod(g, 5)",
                      prefix="open")
        self._trips(dispatch, TRIPS_A_DAY, state="'confirmed'", day="current_date", prefix="now")

    def past_shipping(self, shipping, dispatch):
        """Add a year of trips that are back and of notices that were shipped."""
        count = TRIPS_A_DAY * YEAR
        day = f"current_date - 1 - (g - 1) / {TRIPS_A_DAY}"
        # an index is not used by the transaction that built it; the database is dropped anyway
        self.env.cr.commit()
        with self.bulk("gendan.shipping.notice", "gendan.shipping.notice.line", "gendan.dispatch",
                       "gendan.dispatch.stop"):
            self._notices(shipping, count, state="'shipped'", day=day, prefix="past")
            self._trips(dispatch, count, state="'done'", day=day, prefix="past")
        self.env.cr.execute("ANALYZE")
        self.env.cr.commit()

    def _notices(self, shipping, count, *, state, day, prefix):
        ids = self.multiply(
            "gendan.shipping.notice", shipping, count, state=state, ship_date=day,
            name=f"'{prefix}-' || g")
        self.multiply("gendan.shipping.notice.line", shipping.line_ids[:1], count,
                      shipping_id=f"{ids[0] - 1} + g")
        return ids

    def _trips(self, dispatch, count, *, state, day, prefix):
        ids = self.multiply("gendan.dispatch", dispatch, count, state=state, day=day,
                            name=f"'{prefix}-' || g", plate="'T' || mod(g, 6)")
        for stop in dispatch.stop_ids:
            self.multiply("gendan.dispatch.stop", stop, count, day=day,
                          dispatch_id=f"{ids[0] - 1} + g")
        return ids

    def incidents(self, incident, count):
        """Add incidents of two years, with their parts as the template has them."""
        ids = self.multiply(
            "gendan.incident", incident, count, name="'past-' || g",
            occurred_at="now() - g * interval '100 minutes'")
        for name, field in incident._fields.items():
            if field.type == "one2many" and field.store is not False and field.inverse_name:
                for part in incident[name]:
                    column = part._fields[field.inverse_name]
                    if column.type == "many2one" and column.store and part._auto:
                        self.multiply(part._name, part, count,
                                      **{field.inverse_name: f"{ids[0] - 1} + g"})
        return ids
