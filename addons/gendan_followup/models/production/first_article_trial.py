from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import float_compare

from ...calc.text import plain_number

OPEN_STATES = ("confirmed", "progress", "to_close")
# who may set the machine going for the trial: those who stand beside it
TRIAL_ROLES = ("operator", "production", "qc", "merchandiser")


class FirstArticle(models.Model):
    """The trial is a manufacturing order of its own; its packs wait outside the stock (D5.4).

    The acceptance brings them to the stock, where they count; a rejection scraps them, and
    the rest order grows by as many.
    """

    _inherit = "gendan.first.article"

    trial_production_id = fields.Many2one(
        "mrp.production", "Trial order", readonly=True, copy=False, index="btree_not_null",
        ondelete="restrict")
    trial_quantity = fields.Float("Trial packs", digits="Product Unit", readonly=True, copy=False)
    trial_state = fields.Selection(related="trial_production_id.state", string="Trial")
    made_quantity = fields.Float(
        "Made until the withdrawal", digits="Product Unit", readonly=True, copy=False,
        help="What may still be booked after an acceptance was withdrawn.")
    lot_ids = fields.Many2many("stock.lot", string="Material lots", readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    end_reason = fields.Char("New one needed because", readonly=True, copy=False)

    # -------------------------------------------------------------------- steps

    def action_start_trial(self):
        """Split the trial off and start the machine for it (D5.2, D5.4).

        :raise UserError: when a trial of this machine waits already, or nothing is released
        """
        self._check_roles(TRIAL_ROLES, "first_article.trial", "D5.2 D5.4")
        self._check_pending()
        for article in self:
            article._split_trial()
            production = article.trial_production_id.sudo(False)
            production.workorder_ids.filtered(
                lambda order: order.state not in ("progress", "done", "cancel")).button_start()
        return True

    def _split_trial(self):
        self.ensure_one()
        article = self.sudo()
        article._check_one_trial()
        source = article._trial_source()
        wanted = article.company_id.trial_quantity
        if not wanted:
            raise UserError(self.env._(
                "%s: no trial packs are booked here; take the sample from the set-up.",
                article.name))
        trial = source
        if float_compare(source.product_qty, wanted, precision_digits=2) > 0:
            trial = source._split_productions(
                {source: [source.product_qty - wanted, wanted]})[-1]
        trial._wait_for_first_article(article.workcenter_id)
        self._assign_trial(trial, source)
        article.write({"trial_production_id": trial.id, "trial_quantity": trial.product_uom_qty})

    @api.model
    def _assign_trial(self, trial, source):
        """The trial runs now: material goes to it before the rest, which may hold all there is."""
        trial.action_assign()
        if trial != source and trial.reservation_state != "assigned":
            source.do_unreserve()
            trial.action_assign()
            source.action_assign()

    def _check_one_trial(self):
        """Refuse a second trial on a machine while the first one waits (cumulative, D5.4)."""
        if self.trial_production_id:
            raise UserError(self.env._(
                "%(sheet)s has its trial %(production)s already.", sheet=self.name,
                production=self.trial_production_id.name))
        waiting = self.search([
            ("notice_line_id", "=", self.notice_line_id.id),
            ("workcenter_id", "=", self.workcenter_id.id), ("decision", "=", "pending"),
            ("trial_production_id", "!=", False),
            ("trial_production_id.state", "!=", "cancel")], limit=1)
        if waiting:
            raise UserError(self.env._(
                "%(machine)s: the %(quantity)s trial packs of %(sheet)s wait for %(who)s; no more "
                "may be made before.", machine=self.workcenter_id.name, sheet=waiting.name,
                quantity=plain_number(waiting.trial_quantity), who=waiting._decider_name()))

    def _trial_source(self):
        """Return the open order that the trial is taken from: this machine's own first."""
        orders = self.notice_line_id.production_ids.filtered(
            lambda production: production.state in OPEN_STATES
            and production not in self._trials_of(self.notice_line_id))
        if not orders:
            raise UserError(self.env._(
                "%(line)s has no open manufacturing order: %(who)s releases the notice first.",
                line=self.notice_line_id.display_name,
                who=self.notice_id.merchandiser_id.name or self.env._("the merchandiser")))
        return orders.sorted(lambda production: (
            self.workcenter_id not in production.workorder_ids.workcenter_id,
            -production.product_qty))[:1]

    def _trials_of(self, lines):
        """Return the trial orders of notice lines."""
        return self._of_lines(lines).trial_production_id

    def _of_lines(self, lines):
        """Return the first articles of notice lines, the oldest first, in one query."""
        return self.search_fetch(
            Domain("notice_line_id", "in", lines.ids),
            ["decision", "trial_production_id", "trial_quantity", "decided_at", "sheet_id",
             "made_quantity", "decision_reason", "end_reason", "by_phone", "countersigned_at",
             "countersign_until"], order="id")

    def action_finish_trial(self, quantity=None):
        """Book the trial packs; they go where they wait (D5.2).

        :param float quantity: packs that came out; default all of the trial
        """
        self._check_roles(TRIAL_ROLES, "first_article.trial", "D5.2 D5.4")
        self._check_pending()
        for article in self:
            if not article.trial_production_id:
                raise UserError(self.env._("%s: start the trial first.", article.name))
            article.trial_production_id._book_trial(quantity)
        return True

    def _check_sampling(self):
        """Refuse a sample while its trial has not run (D5.2)."""
        result = super()._check_sampling()
        if self.company_id.trial_quantity and self.sudo().trial_production_id.state != "done":
            raise UserError(self.env._(
                "%s: the trial has not run on the machine yet. Start it and book its packs; a "
                "sample made by hand proves nothing.", self.name))
        trial = self.sudo().trial_production_id
        if trial and float_compare(
                self.sample_quantity, trial.qty_produced, precision_digits=2) > 0:
            raise UserError(self.env._(
                "%(sheet)s: %(samples)s samples out of %(packs)s trial packs: not more are there.",
                sheet=self.name, samples=plain_number(self.sample_quantity),
                packs=plain_number(trial.qty_produced)))
        return result

    def _check_no_trial(self, sheets):
        """Refuse to put sheets aside whose trial packs wait: somebody decides about them."""
        waiting = self.sudo().search([
            ("sheet_id", "in", sheets.ids), ("decision", "=", "pending"),
            ("trial_production_id.state", "not in", (False, "cancel"))], limit=1)
        if waiting:
            raise UserError(self.env._(
                "%(sheet)s has %(quantity)s trial packs waiting: %(who)s accepts or rejects them.",
                sheet=waiting.name, quantity=plain_number(waiting.trial_quantity),
                who=waiting._decider_name()))

    # ------------------------------------------------------------------ effects

    def _after_decision(self, decision):
        """Acceptance moves the trial packs to stock, rejection scraps them (design 6.7)."""
        result = super()._after_decision(decision)
        for article in self:
            if decision == "accepted":
                article.lot_ids = [Command.set(article.notice_line_id._raw_lots().ids)]
                article.trial_production_id._release_trial()
                article.notice_line_id._use_versions(article)
            elif decision == "rejected":
                article.trial_production_id._scrap_trial(article)
        return result

    def _made_until_now(self, made):
        """Return what stays made: what is booked, and what the counter shows or was typed."""
        running = self.notice_line_id.production_ids.filtered(
            lambda production: production.state in OPEN_STATES
            and self.workcenter_id in production.workorder_ids.workcenter_id)
        begun = sum(production._quantity_begun() for production in running)
        planned = sum(running.mapped("product_uom_qty"))
        if made and not 0 <= made <= planned:
            raise UserError(self.env._(
                "%(sheet)s: %(made)s packs made, %(planned)s are on the machine. Type what its "
                "counter shows.", sheet=self.name, made=f"{made:g}",
                planned=plain_number(planned)))
        return self._booked_mass() + max(made or 0, begun)

    def _booked_mass(self):
        """Return what was booked on this machine for this line besides trials."""
        trials = self._trials_of(self.notice_line_id)
        done = (self.notice_line_id.production_ids - trials).filtered(
            lambda production: production.state == "done"
            and self.workcenter_id in production.workorder_ids.workcenter_id)
        return sum(done.mapped("qty_produced"))

    def _end(self, reason):
        """Let first articles count no more: the next start needs a new one (D5.1, D1.11).

        :param str reason: what changed
        """
        for article in self.sudo().filtered(lambda one: one.decision in ("pending", "accepted")):
            pending = article.decision == "pending"
            article._step("ended", ended_at=fields.Datetime.now(), end_reason=reason)
            if pending:
                article.trial_production_id._scrap_trial(article)
                article.activity_unlink(["mail.mail_activity_data_todo"])
