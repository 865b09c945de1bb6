import logging
from functools import partial

import psycopg2

import odoo
from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from .revision import SIGNING_ROLES

_logger = logging.getLogger(__name__)

AWAKE = "gendan_followup.todos"
BATCH = 100
# the kinds of to-do, each an activity type of its own (see data/activity_types.xml)
KINDS = ("verify", "correct", *(f"sign_{role}" for role in SIGNING_ROLES), "release")


class Revision(models.Model):
    """Who must act now, as activities in his own list (D1.1, X8).

    A step only leaves its mark on the revision; a job brings the activities in line
    afterwards, many at once. Nobody waits for it while he signs.
    """

    _inherit = "gendan.revision"

    def write(self, vals):
        """Wake the job when a step has changed who must act."""
        result = super().write(vals)
        if vals.get("todo_stale"):
            self._wake_todos()
        return result

    def _mark_todos_stale(self):
        """Say that somebody else may have to act now, though no step was taken."""
        # the mark is the system's, whoever changed deputies, assignments or notices
        self.sudo().filtered(lambda revision: not revision.todo_stale).write({"todo_stale": True})

    def _wake_todos(self):
        """Start the job when this transaction has been committed, once for all its steps.

        In a cursor of its own: a signature has no query to spare.
        """
        postcommit = self.env.cr.postcommit
        if not postcommit.data.get(AWAKE):
            postcommit.data[AWAKE] = True
            postcommit.add(partial(_trigger_job, self.env.cr.dbname))

    # -------------------------------------------------------------------- job

    @api.model
    def _cron_sync_todos(self):
        """Bring the to-dos in line where a step has been taken."""
        self._sync_in_batches(Domain("todo_stale", "=", True))

    @api.model
    def _cron_refresh_todos(self):
        """Bring all open to-dos in line: deputies come and go by the clock.

        It also puts back what somebody ticked off without doing it.
        """
        self._sync_in_batches(
            Domain("state", "in", ("submitted", "returned", "verified"))
            | Domain("state", "=", "valid") & Domain("order_id.notice_id.state", "=", "valid"))

    def _sync_in_batches(self, domain):
        """Work through ``domain`` in id order; what is done stays done when it is cut off."""
        jobs = self.env["ir.cron"]
        jobs._commit_progress(remaining=self.search_count(domain))
        last = 0
        while found := self.search(domain & Domain("id", ">", last), limit=BATCH, order="id"):
            last = found[-1].id
            # a revision that is being signed right now wakes the job again
            found.try_lock_for_update()._sync_or_log()
            if not jobs._commit_progress(len(found)):
                break

    def _sync_or_log(self):
        """Bring these in line; one that fails does not keep the others waiting."""
        try:
            with self.env.cr.savepoint():
                self._sync_todos()
        except psycopg2.OperationalError:
            raise
        except Exception:
            if len(self) > 1:
                for revision in self:
                    revision._sync_or_log()
            else:
                _logger.exception("the to-dos of revision %s could not be made", self.id)

    # --------------------------------------------------------------- activity

    def _sync_todos(self):
        """Bring the activities of these revisions' documents in line with who must act."""
        for documents in (self.order_id, self.notice_id):
            if documents:
                self._sync_documents(documents)
        self.filtered("todo_stale").write({"todo_stale": False})

    @api.model
    def _sync_documents(self, documents):
        types = self._todo_types()
        activities = self.env["mail.activity"].search([
            ("res_model", "=", documents._name), ("res_id", "in", documents.ids),
            ("activity_type_id", "in", [type_.id for type_ in types.values()])])
        there = {(a.res_id, a.activity_type_id.id, a.user_id.id): a for a in activities}
        wanted = {(document.id, types[kind].id, user.id): document
                  for document in documents
                  for kind, users in document.revision_id._todos().items() for user in users}
        self.env["mail.activity"].concat(*(
            activity for key, activity in there.items() if key not in wanted)).unlink()
        # quiet: no e-mail for each of them, they stand in everybody's own list
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create([
            document._prepare_todo(type_id, user_id)
            for (_id, type_id, user_id), document in wanted.items()
            if (document.id, type_id, user_id) not in there])

    @api.model
    def _todo_types(self):
        return {kind: self.env.ref(f"gendan_followup.activity_{kind}") for kind in KINDS}

    def _todos(self):
        """Return ``{kind: users}``: what is to be done about this latest revision, by whom."""
        if not self:
            return {}
        self.ensure_one()
        document = self.order_id or self.notice_id
        if self.state == "submitted":
            return {"verify": self._asked(document._verifiers(), document._own_work())}
        if self.state == "returned":
            return {"correct": self._asked(
                document._responsible_users()[0] or self.submitted_by_id)}
        if self.state == "verified":
            return self._signing_todos(document)
        return document._todos_in_force()

    def _signing_todos(self, document):
        """Return the signatures that are missing; nobody is asked for both."""
        in_force = self._signatures_in_force()[self.id]
        others = document._own_work() | self.verified_by_id | in_force.user_id
        return {
            f"sign_{role}": self._asked(document._signers(role).sorted("id") - others, others)
            for role in SIGNING_ROLES if role not in in_force.mapped("role")}

    @api.model
    def _asked(self, users, excluded=()):
        """Return the first of ``users``, and who stands in for him now.

        One person is asked, so that nobody waits for another; whoever else may do it
        finds the document in the list of what waits.
        """
        first = users.filtered("active")[:1]
        deputies = self.env["gendan.deputy"]._deputies_of(first, fields.Datetime.now())
        return first | deputies.deputy_id.filtered(lambda user: user not in excluded)


def _trigger_job(dbname):
    """Have the job run now; never raise, the step has been taken."""
    try:
        with odoo.sql_db.db_connect(dbname).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            if job := env.ref("gendan_followup.cron_todos", raise_if_not_found=False):
                job._trigger()
    except Exception:
        # it runs every few minutes anyway
        _logger.exception("the job of the to-dos could not be started")
