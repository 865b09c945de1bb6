from collections import Counter
from contextlib import contextmanager
from typing import NamedTuple

from odoo import models

from ...calc.text import bullet_list

PASSED = "gendan_followup.gates_passed"


class Gate(NamedTuple):
    """A sentence "X may not happen until Y" of the source text."""

    name: str
    clause: str


class Unmet(NamedTuple):
    """One condition that is not met.

    ``code`` is stable (tests, lights), ``missing`` says which document and figure,
    ``remedy`` who must do what. ``users`` are the ids of who must act.
    """

    code: str
    missing: str
    remedy: str
    users: tuple = ()

    def __str__(self):
        return f"{self.missing} → {self.remedy}" if self.remedy else self.missing


def gate(name, clause):
    """Declare a method as a gate.

    The method is called on the records concerned, all at once, changes nothing and
    returns ``{record id: [Unmet, …]}``; an id that is absent has nothing against it.

    :param name: technical name, ``<document>.<operation>``
    :param clause: ids of the clauses of the requirements that it serves
    """

    def declare(method):
        method.gate = Gate(name, clause)
        return method

    return declare


class GateMixin(models.AbstractModel):
    """Refuse an operation until its conditions are met, by whatever door it comes.

    The one place that turns conditions into a refusal: the same method that shows
    beforehand what is missing (`_gate_unmet`) refuses afterwards (`_pass_gate`).
    """

    _name = "gendan.gate.mixin"
    _description = "Gate"

    def _gendan_on(self):
        """Return the records whose company uses 跟单 (X20)."""
        companies = self.env["res.company"]._timezones_on()
        return self.filtered(lambda record: record.sudo().company_id.id in companies)

    def _gate_unmet(self, method):
        """Return ``{id: [Unmet, …]}`` of the gate ``method`` for the records that fail."""
        records = self
        if passed := self.env.cr.cache.get(PASSED):
            records = self.browse(id_ for id_ in self._ids
                                  if not passed.get((self._name, method, id_)))
        records = records._gendan_on() if records else records
        unmet = getattr(records, method)() if records else {}
        return {id_: conditions for id_, conditions in unmet.items() if conditions}

    def _pass_gate(self, method):
        """Let the operation go on, or refuse it for the whole recordset.

        :param method: name of a method declared with :func:`gate`
        :raise UserError: with every unmet condition of every record
        """
        unmet = self._gate_unmet(method)
        if not unmet:
            return
        blocked = self.browse(unmet)
        texts = [
            self.env._("%(document)s: not possible yet.\n%(conditions)s",
              document=record._gate_document_name(),
              conditions=bullet_list(unmet[record.id]))
            for record in blocked.sudo()
        ]
        self.env["gendan.audit"]._refuse(self._gate_of(method), blocked, "\n".join(texts))

    @contextmanager
    def _gate_passed(self, method):
        """Within this block the gate ``method`` is not asked again for these records.

        An operation that consists of guarded ones asks at its beginning, once. The mark
        lies in the memory of the cursor, out of reach of any caller, and ends with the block.
        """
        passed = self.env.cr.cache.setdefault(PASSED, Counter())
        marks = [(self._name, method, id_) for id_ in self.ids]
        passed.update(marks)
        try:
            yield
        finally:
            passed.subtract(marks)

    def _gate_document_name(self):
        """Return how a message names this document."""
        self.ensure_one()
        return self.display_name

    def _gate_of(self, method):
        for klass in type(self).__mro__:
            declared = getattr(klass.__dict__.get(method), "gate", None)
            if declared:
                return declared
        raise AttributeError(f"{self._name}.{method} is no gate")
