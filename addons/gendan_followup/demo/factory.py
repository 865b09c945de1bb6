"""Builds the demo factory from its tables; the one door for demo data, scripts and tests."""

from odoo import SUPERUSER_ID

from .steps import STEPS
from .steps.company import choose_company
from .tables import people

MODULE = "gendan_followup"
PREFIX = "demo_"
# nobody follows what a script builds, and nobody is invited by e-mail
QUIET = {
    "lang": "en_US",
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "no_reset_password": True,
}


class Factory:
    """The master data of the demo factory: 27 people, 20 products and all they need.

    Every record carries the external id ``gendan_followup.demo_<code>``; what has one is
    never touched again, so a person may change his demo data and build on.

    >>> factory = Factory(env).ensure()  # doctest: +SKIP
    >>> factory.ref("E10").name  # doctest: +SKIP
    '王芳'
    """

    #: (role, login, name) of everybody who logs in; the password is the login
    LOGINS = people.logins()

    def __init__(self, env, company=None):
        self._asker = env
        self._ids = self._read_ids(env)
        self._new = set()
        self._company = env["res.company"].browse(self._ids["company"][1]) if self.has(
            "company") else company
        if company and company != self._company:
            raise ValueError(f"the demo factory is {self._company.display_name} already")

    # -------------------------------------------------------------- for users

    @property
    def company(self):
        """Return the company of the factory (None before the first `ensure`)."""
        return self._company

    @property
    def env(self):
        """Return the asker's environment in the factory's company."""
        if self._asker.company == self._company:
            return self._asker
        return self._asker(context={
            **self._asker.context, "allowed_company_ids": self._company.ids})

    def ensure(self):
        """Build what is missing.

        :return: self
        """
        if self._company is None:
            self._company = choose_company(self._asker)
        if not self.has("company"):
            self.register({"company": self._company})
        for step in STEPS:
            step(self)
        self.builder["gendan.demo.factory"]._complete(self)
        return self

    def ref(self, code):
        """Return the record of ``code``, e.g. ``E10``, ``user_E10``, ``F02`` or ``PK01_v2``.

        :raise KeyError: when there is none
        """
        model, id_ = self._ids[code]
        return self.env[model].browse(id_)

    def has(self, code):
        """Whether the record of ``code`` exists."""
        return code in self._ids

    # -------------------------------------------------------------- for steps

    @property
    def builder(self):
        """Return the environment in which the steps create."""
        return self._asker(user=SUPERUSER_ID, context={
            **QUIET, "allowed_company_ids": self._company.ids})

    def is_new(self, code):
        """Whether the record of ``code`` was made by this very `ensure`."""
        return code in self._new

    def make(self, model, rows, prepare):
        """Create the missing ones of ``rows`` in one batch.

        :param dict rows: code → row of a table
        :param prepare: returns the values of a record from its row
        :return: {code: new record}
        """
        missing = {code: row for code, row in rows.items() if not self.has(code)}
        if not missing:
            return {}
        records = self.builder[model].create([prepare(row) for row in missing.values()])
        made = dict(zip(missing, records, strict=True))
        self.register(made)
        return made

    def register(self, records):
        """Give each of ``records`` (code → record) its external id."""
        self._asker["ir.model.data"].sudo()._update_xmlids([
            {"xml_id": f"{MODULE}.{PREFIX}{code}", "record": record, "noupdate": True}
            for code, record in records.items()])
        self._ids.update({code: (record._name, record.id) for code, record in records.items()})
        self._new.update(records)

    def id(self, code):
        """Return the database id behind ``code``; an external id is taken as it is."""
        return self._asker.ref(code).id if "." in code else self._ids[code][1]

    @staticmethod
    def _read_ids(env):
        """Return ``{code: (model, id)}`` of what was built before."""
        # not by `env.ref`: one query instead of hundreds
        env.cr.execute(
            "SELECT name, model, res_id FROM ir_model_data"
            " WHERE module = %s AND starts_with(name, %s)", (MODULE, PREFIX))
        return {name[len(PREFIX):]: (model, id_) for name, model, id_ in env.cr.fetchall()}
