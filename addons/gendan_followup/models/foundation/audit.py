import json
import logging
import sys
from functools import partial

import odoo
from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

PENDING = "gendan_followup.audit"
COLUMNS = (
    "kind", "gate", "clause", "res_model", "res_ids", "document", "company_id_int",
    "user_id_int", "user_name", "message", "occurred_at",
)


class Audit(models.Model):
    """What was refused, overridden or switched, by whom and when (X5, X7, X20).

    A refusal rolls its own transaction back, so its row is written afterwards by a
    cursor of its own. It holds no foreign key, because what it speaks of may have
    been rolled back with the transaction.
    """

    _name = "gendan.audit"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Audit log entry"
    _order = "occurred_at desc, id desc"
    _rec_name = "document"
    _log_access = False

    kind = fields.Selection(
        [("refused", "Refused"), ("override", "Overridden"), ("setting", "Setting changed"),
         ("cutover", "Cut-over"), ("warned", "Went through with a warning")],
        required=True, readonly=True, index=True)
    gate = fields.Char(readonly=True, index=True)
    clause = fields.Char(readonly=True)
    res_model = fields.Char("Model", readonly=True, index=True)
    res_ids = fields.Char("Record ids", readonly=True)
    document = fields.Char(readonly=True)
    company_id_int = fields.Integer("Company id", readonly=True, index=True)
    user_id_int = fields.Integer("User id", readonly=True, index=True)
    user_name = fields.Char("User", readonly=True)
    message = fields.Text(readonly=True)
    occurred_at = fields.Datetime("At", readonly=True, index=True)

    @api.model
    def _refuse(self, gate, records, message, error=UserError):
        """Refuse an operation and see to it that the attempt is on record.

        :param gate: a :class:`Gate` (name and clause)
        :param records: the documents concerned
        :param str message: what the person reads
        :param error: the exception to raise
        :raise UserError: always
        """
        self._collect(self._prepare_row("refused", gate, records, message))
        raise error(message)

    @api.model
    def _note(self, kind, gate, records, message):
        """Write an entry in the present transaction: the operation went through.

        :param str kind: ``override``, ``setting``, ``cutover`` or ``warned``
        """
        return self._note_each(kind, gate, {records: message})

    @api.model
    def _note_each(self, kind, gate, messages):
        """Write an entry for each of several documents, as `_note` does for one.

        :param dict messages: records → what is on record about them
        """
        # users may not create entries by any door; this is the only writer
        return self.sudo().create([
            self._prepare_row(kind, gate, records, message)
            for records, message in messages.items()])

    @api.model
    def _prepare_row(self, kind, gate, records, message):
        companies = {"res.company": lambda: records}.get(
            records._name, lambda: records.sudo().company_id if "company_id" in records._fields
            else self.env.company)
        company = companies()[:1]
        return {
            "kind": kind,
            "gate": gate.name,
            "clause": gate.clause,
            "res_model": records._name,
            "res_ids": json.dumps([id_ for id_ in records.ids if isinstance(id_, int)][:50]),
            "document": ", ".join(filter(None, records[:5].sudo().mapped("display_name")))
            or records._description,
            "company_id_int": (company or self.env.company).id,
            "user_id_int": self.env.uid,
            "user_name": self.env.user.sudo().display_name,
            "message": message,
            "occurred_at": fields.Datetime.now(),
        }

    @api.model
    def _collect(self, row):
        """Keep ``row`` until the transaction has ended, however it ends.

        A refusal usually rolls back, but `load` catches the error and commits, and
        so do some wizards. Within one transaction the same refusal counts once
        (`load` tries each row twice).
        """
        cr = self.env.cr
        key = (row["gate"], row["user_id_int"], row["document"], row["message"])
        for callbacks in (cr.postrollback, cr.postcommit):
            pending = callbacks.data.get(PENDING)
            if pending is None:
                pending = callbacks.data[PENDING] = {}
                callbacks.add(partial(_flush, cr.dbname, callbacks))
            pending[key] = row


def _flush(dbname, callbacks):
    """Write the collected rows in a cursor of their own; never raise."""
    rows = list(callbacks.data.pop(PENDING, {}).values())
    if not rows or _is_retry():
        return
    try:
        with odoo.sql_db.db_connect(dbname).cursor() as cr:
            cr.execute(SQL(
                "INSERT INTO gendan_audit (%s) VALUES %s",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                SQL(", ").join(
                    SQL("(%s)", SQL(", ").join(SQL("%s", row[name]) for name in COLUMNS))
                    for row in rows
                ),
            ))
    except Exception:
        # the person has his error already; losing the row must not cost him more
        _logger.exception("a refused attempt could not be recorded: %s", rows)


def _is_retry():
    """Whether the rollback belongs to a failure that the server tries again (`retrying`)."""
    return isinstance(sys.exc_info()[1], (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError))
