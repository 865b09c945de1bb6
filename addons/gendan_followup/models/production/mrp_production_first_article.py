from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate

BEGUN = ("progress", "to_close", "done")


class MrpProduction(models.Model):
    """Beyond its trial nothing is made before the salesperson's word (D5.4).

    Judged per line of the notice and machine, so that splitting an order, back-orders and
    new orders change nothing. The sheets are read, never a flag of the order.
    """

    _inherit = "mrp.production"

    run_missing = fields.Text("Before production", compute="_compute_run_missing")
    may_run = fields.Boolean(compute="_compute_run_missing")

    @api.depends_context("uid", "lang")
    @api.depends("state", "notice_id", "workorder_ids.workcenter_id")
    def _compute_run_missing(self):
        """What the screen shows beforehand is what the gate would refuse."""
        pending = self.filtered(lambda production: production.ids and production.state not in (
            "done", "cancel", "draft"))
        unmet = pending._gate_unmet("_gate_run") if pending else {}
        for production in self:
            conditions = unmet.get(production.id, [])
            production.run_missing = "\n".join(map(str, conditions)) or False
            production.may_run = not conditions

    # ------------------------------------------------------------------- gates

    @gate("production.run", "D1.10 D1.11 D3.13 D5.4")
    def _gate_run(self):
        """Neither without a notice in force nor without an accepted first article."""
        return self._with_first_article(super()._gate_run())

    @gate("production.start", "D1.10 D3.13 D5.1 D5.4")
    def _gate_start(self):
        """A start after a rest, or on another lot, needs a new first article as well (D5.1)."""
        return self._with_first_article(self._run_conditions(), starting=True)

    @gate("production.output", "D5.4")
    def _gate_output(self):
        """What is booked is within the trial, or accepted (D5.4)."""
        return self._with_first_article({}, booking=True)

    def _with_first_article(self, unmet, *, starting=False, booking=False):
        """Add what the first articles have against these orders.

        :param dict unmet: conditions found so far
        :param bool starting: whether a machine is about to start
        :param bool booking: whether the quantities on the output are about to be booked
        """
        made_for_line = self.sudo().filtered("notice_line_id")
        if not made_for_line:
            return unmet
        # the workshop need not be able to read the sheets of every notice
        articles = self.env["gendan.first.article"].sudo()._of_lines(made_for_line.notice_line_id)
        by_line = articles.grouped("notice_line_id")
        if starting or not all(production._is_running() for production in made_for_line):
            # read together what each start is asked about
            articles.mapped("lot_ids")
            articles.notice_line_id.mapped("plan_row_ids")
            articles.notice_line_id.mapped("deviation_ids")
        for production in made_for_line:
            own = by_line.get(production.notice_line_id, articles.browse())
            unmet[production.id] = unmet.get(production.id, []) + (
                production._first_article_conditions(own, starting, booking))
        return unmet

    def _first_article_conditions(self, articles, starting, booking):
        """Return what the sheets of this order's line have against it."""
        self.ensure_one()
        trial = articles.filtered(lambda article: article.trial_production_id == self)
        if trial and trial.decision != "accepted":
            return self._trial_conditions(trial)
        machines = self.workorder_ids.workcenter_id or articles.workcenter_id
        if not machines:
            return [self._no_first_article_unmet(self.env["mrp.workcenter"])]
        return [unmet for machine in machines for unmet in self._machine_conditions(
            machine, articles.filtered(lambda one, machine=machine: one.workcenter_id == machine),
            starting or not self._is_running(machine), booking)]

    @api.model_create_multi
    def create(self, vals_list):
        """An order is not born with packs that somebody counted (X4)."""
        productions = super().create(vals_list)
        productions.filtered(lambda production: production.qty_producing > 0)._pass_gate(
            "_gate_run")
        return productions

    def write(self, vals):
        """Who counts the packs of an order that does not run, starts it (D5.1, D5.4)."""
        if vals.get("qty_producing"):
            self.filtered(lambda production: not production._is_running())._pass_gate("_gate_run")
        return super().write(vals)

    def _machine_conditions(self, machine, articles, starting, booking):
        decided = articles.filtered("decided_at").sorted("decided_at")[-1:]
        if decided.decision == "accepted":
            return decided._phone_conditions() + (
                self._restart_conditions(decided) if starting else [])
        if decided.decision == "withdrawn" and not starting and (
                self._is_within_made(decided, booking)):
            return []
        pending = articles.filtered(
            lambda one: one.decision == "pending" and one.state == "open")[-1:]
        last = pending or articles.filtered(lambda one: one.decision != "pending")[-1:]
        if not last:
            return [self._no_first_article_unmet(machine)]
        return [last._not_accepted_unmet()] + (
            last._deviation_conditions() if last.decision == "rejected" else [])

    def _no_first_article_unmet(self, machine):
        who = self.notice_id.merchandiser_id
        return Unmet(
            "first_article", self.env._(
                "%(line)s has no accepted first article on %(machine)s",
                line=self.notice_line_id.display_name,
                machine=machine.name or self.env._("any machine")),
            self.env._("%s takes a sample from the trial, the salesperson accepts it",
                       who.name or self.env._("the merchandiser")), tuple(who.ids))

    def _is_within_made(self, article, booking):
        """Whether this running order books only what was made before the withdrawal."""
        booked = article._booked_mass() + (
            0 if self.state == "done" else self._quantity_to_book(booking))
        return self.state in BEGUN and float_compare(
            booked, article.made_quantity, precision_digits=2) <= 0

    def _quantity_to_book(self, booking):
        """Return the most that is about to be booked for this order, or is booked already.

        Until it is booked, the quantity on the output is a proposal of core's.
        """
        self.ensure_one()
        moves = self.move_finished_ids.filtered(
            lambda move: move.product_id == self.product_id and (
                booking or move.picked or move.state == "done") and move.state != "cancel")
        return max(self.qty_producing, sum(moves.mapped("quantity")),
                   *self.workorder_ids.mapped("qty_produced"), 0)

    def _trial_conditions(self, article):
        """Return what is beyond the trial, or would not wait where trial packs wait (D5.4)."""
        self.ensure_one()
        if article.decision != "pending":
            return [article._not_accepted_unmet()]
        conditions, making = [], self._quantity_to_book(booking=True)
        if float_compare(making, article.trial_quantity, precision_digits=2) > 0:
            conditions.append(Unmet("over_trial", self.env._(
                "%(production)s is a trial of %(trial)s packs, not %(making)s: no accepted first "
                "article", production=self.name, trial=plain_number(article.trial_quantity),
                making=plain_number(making)),
                self.env._("%s decides first", article._decider_name())))
        moves = self.move_finished_ids.filtered(lambda move: move.product_id == self.product_id)
        places = self.location_dest_id | moves.location_dest_id | (
            moves.move_line_ids.location_dest_id)
        if not all(places.mapped("is_trial_hold")):
            conditions.append(Unmet("hold", self.env._(
                "%s: trial packs go where they wait, not into stock", self.name),
                self.env._("set the destination back")))
        return conditions

    def _restart_conditions(self, article):
        """Return why this start needs a new first article (D5.1)."""
        company = self.company_id
        conditions = []
        days, now = company.first_article_rest_days, fields.Datetime.now()
        if days and now - article.decided_at > timedelta(days=days):
            last = self._last_run(article)
            if now - last > timedelta(days=days):
                conditions.append(article._restart_unmet(self.env._(
                    "%(machine)s rested %(rest)s days, at most %(days)s",
                    machine=article.workcenter_id.name, rest=(now - last).days, days=days)))
        moved = company.first_article_new_plan and article._plan_move()
        if moved and self._last_run(article) < moved.replaced_at:
            conditions.append(article._restart_unmet(self.env._(
                "the plan of %(row)s was changed after the acceptance", row=moved.display_name)))
        lots = company.first_article_new_lot and self._raw_lots()
        if lots and article.lot_ids and (lots := lots - article.lot_ids):
            conditions.append(article._restart_unmet(self.env._(
                "lot %s was not there at the acceptance", ", ".join(lots.mapped("name")))))
        return conditions + article._deviation_conditions()

    def _last_run(self, article):
        """Return when this line last ran on the machine of ``article``."""
        logs = self.notice_line_id.production_ids.workorder_ids.filtered(
            lambda order: order.workcenter_id == article.workcenter_id).time_ids
        ends = [log.date_end or fields.Datetime.now() for log in logs]
        return max([article.decided_at, *ends])

    def _raw_lots(self):
        """Return the raw-material lots, packaging left out, that these orders take or took."""
        return self.move_raw_ids.filtered(
            lambda move: move.state != "cancel" and not move.product_id.packaging_kind
        ).move_line_ids.lot_id

    def _over_release_conditions(self):
        """Trial packs that were rejected are made again: they are nothing of the order's."""
        conditions = super()._over_release_conditions()
        if not conditions:
            return conditions
        line = self.sudo().notice_line_id
        articles = self.env["gendan.first.article"].sudo()._of_lines(line)
        scrapped = articles.filtered(lambda one: one.decision == "rejected" or (
            one.decision == "ended" and not one.decided_at)).trial_production_id
        planned = sum(
            production.product_uom_qty for production in line.production_ids - scrapped
            if production.state not in ("draft", "cancel") or production == self.sudo())
        return conditions if float_compare(
            planned, line.released_quantity, precision_digits=2) > 0 else []

    # ------------------------------------------------------------------- trial

    def _wait_for_first_article(self, machine):
        """Make this order a trial: on the machine of its sheet, its packs beside the stock."""
        self.ensure_one()
        hold = self.company_id._trial_location()
        self.location_dest_id = hold
        # done elsewhere core would cut the delivery off anyway: the acceptance links it again
        self.move_finished_ids.write({
            "location_dest_id": hold.id, "move_dest_ids": [Command.clear()]})
        self.workorder_ids.filtered(
            lambda order: order.state not in ("progress", "done", "cancel")
            and order.workcenter_id != machine).workcenter_id = machine

    def _book_trial(self, quantity=None):
        """Book the packs of this trial as the present user; what lacks goes back to the rest."""
        self.ensure_one()
        if self.state == "done":
            return
        planned = self.product_qty
        made = planned if quantity is None else quantity
        if not 0 < made <= planned:
            raise UserError(self.env._(
                "%(production)s: %(made)s packs of a trial of %(planned)s. Type how many came out "
                "of the machine.", production=self.name, made=f"{made:g}",
                planned=plain_number(planned)))
        if made < planned:
            self.sudo()._give_back(planned - made)
        self.qty_producing = made
        if self.product_tracking != "none" and not self.lot_producing_ids:
            self.action_generate_serial()
        self.move_raw_ids.picked = True
        self.with_context(skip_consumption=True).button_mark_done()

    def _give_back(self, quantity):
        """Make ``quantity`` less in this trial and as much more in the rest of the line."""
        self._make_less(quantity)
        self._make_again(quantity)

    def _make_again(self, quantity):
        """Let the open order of this line make ``quantity`` more; without one it is short."""
        line = self.notice_line_id
        rest = (line.production_ids - self).filtered(
            lambda production: production.state in ("confirmed", "progress", "to_close"))
        rest -= self.env["gendan.first.article"]._trials_of(line)
        if rest:
            rest = rest.sorted("product_qty")[-1:]
            rest._make_less(-quantity)
        else:
            line.write({"released_quantity": line.released_quantity - quantity,
                        "to_make_quantity": line.to_make_quantity + quantity})

    def _produced_lots(self):
        """Return the lots that came out of these orders."""
        return self.move_finished_ids.filtered(
            lambda move: move.state == "done").move_line_ids.lot_id

    def _release_trial(self):
        """Bring accepted trial packs into stock, linked with the delivery again (traps 7.5)."""
        for production in self.filtered(lambda one: one.state == "done"):
            made = production.move_finished_ids.filtered(
                lambda move, production=production: move.state == "done"
                and move.product_id == production.product_id)
            move = self.env["stock.move"].create(production._prepare_release(made))
            move._action_confirm()
            move.picked = True
            move._action_done()

    def _prepare_release(self, made):
        self.ensure_one()
        stock = self.picking_type_id.default_location_dest_id or (
            self.location_src_id.warehouse_id.lot_stock_id)
        hold = made.location_dest_id
        return {
            "origin": self.name, "company_id": self.company_id.id,
            "product_id": self.product_id.id, "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": sum(made.mapped("product_qty")),
            "location_id": hold.id, "location_dest_id": stock.id,
            "reference_ids": [Command.set(self.reference_ids.ids)],
            "move_dest_ids": [Command.set(self.notice_line_id._delivery_moves().ids)],
            "move_line_ids": [Command.create({
                "product_id": line.product_id.id, "product_uom_id": line.product_uom_id.id,
                "quantity": line.quantity, "lot_id": line.lot_id.id, "location_id": hold.id,
                "location_dest_id": stock.id, "company_id": self.company_id.id,
            }) for line in made.move_line_ids],
        }

    def _scrap_trial(self, article):
        """Scrap rejected trial packs and make as many again (design 6.7)."""
        for production in self:
            if production.state != "done":
                production.action_cancel()
                production._make_again(production.product_uom_qty)
                continue
            lines = production.move_finished_ids.filtered(
                lambda move, production=production: move.state == "done"
                and move.product_id == production.product_id).move_line_ids
            for line in lines:
                self.env["stock.scrap"].create({
                    "origin": article.name, "company_id": production.company_id.id,
                    "product_id": line.product_id.id, "lot_id": line.lot_id.id,
                    "scrap_qty": line.quantity, "product_uom_id": line.product_uom_id.id,
                    "location_id": line.location_dest_id.id,
                }).do_scrap()
            production._make_again(production.qty_produced)
