from bisect import bisect_left, bisect_right

from odoo import api, fields, models
from odoo.fields import Domain

from ...calc.milestones import Fact, back_schedule, judge, state_of
from ...calc.working_time import company_date
from .milestone_lead import STEPS

CODES = [code for code, _label in STEPS]
OPEN_STATES = ("draft", "valid", "released")
# what a step waits for when nobody is named on the notice
OWNER_ROLES = {"sign": "sales_manager", "raw": "raw_keeper", "made": "production"}
BATCH = 100
# what the policy leaves on the notice
STAND = ("first_promise", "forecast_date", "next_milestone", "blocked_by", "is_late", "is_at_risk",
         "part_forecast", "part_left_on")
# fields of the notice that move its steps
MOVING = {"state", "delivery_date", "postponed_to", "valid_at", "stock_check_id", "merchandiser_id",
          "first_part_date", "first_part_quantity"}


class ProductionNotice(models.Model):
    """Milestones of a notice: refreshed from the records, many notices at once (D4.1)."""

    _inherit = "gendan.production.notice"

    milestone_ids = fields.One2many("gendan.milestone", "notice_id", "Milestones", readonly=True)
    milestones_stale = fields.Boolean(readonly=True, copy=False, default=True)
    milestones_on = fields.Date("Milestones judged on", readonly=True, copy=False, index=True)
    milestones_version = fields.Char(
        "Milestones judged as of", readonly=True, copy=False,
        help="Which version of the records behind the notice was judged.")
    first_promise = fields.Date(readonly=True, copy=False,
                                help="The delivery date of the first valid revision.")
    forecast_date = fields.Date("Forecast delivery", readonly=True, copy=False)
    next_milestone = fields.Selection(STEPS, readonly=True, copy=False)
    blocked_by = fields.Selection(STEPS, readonly=True, copy=False)
    is_late = fields.Boolean("Late", readonly=True, copy=False, index=True)
    is_at_risk = fields.Boolean("Delivery at risk", readonly=True, copy=False, index=True)
    milestone_line = fields.Json(compute="_compute_milestone_line")

    _milestones_stale = models.Index("(id) WHERE milestones_stale")

    def write(self, vals):
        """Leave a mark for the job when something moves the steps, in the same statement."""
        if vals.keys() & MOVING and "milestones_stale" not in vals:
            vals = {**vals, "milestones_stale": True}
        return super().write(vals)

    def _become_valid(self, revision):
        """Keep the day that was promised first: every later one is judged beside it."""
        result = super()._become_valid(revision)
        for notice in self:
            if not notice.first_promise and notice.delivery_date:
                notice.first_promise = notice.delivery_date
        return result

    def _mark_milestones_stale(self):
        """Have the job look at these notices again; nobody waits for it."""
        # the mark is the system's, whoever moved a record that counts
        self.sudo().filtered(lambda notice: not notice.milestones_stale).write(
            {"milestones_stale": True})

    # -------------------------------------------------------------------- refresh

    @api.model
    def _cron_refresh_milestones(self):
        """Refresh what has changed, and once a day everything that is open.

        What is done is stamped with its day, so that a run that was cut off goes on there.
        """
        jobs = self.env["ir.cron"]
        for company in self.env["res.company"].browse(self.env["res.company"]._timezones_on()):
            today = company._company_today()
            self._mark_moved(company)
            domain = Domain("company_id", "=", company.id) & (
                Domain("milestones_stale", "=", True) | Domain("state", "in", OPEN_STATES)
                & (Domain("milestones_on", "=", False) | Domain("milestones_on", "<", today)))
            jobs._commit_progress(remaining=self.search_count(domain))
            last = 0
            while found := self.search(domain & Domain("id", ">", last), limit=BATCH, order="id"):
                last = found[-1].id
                locked = found.try_lock_for_update()
                locked._refresh_milestones()
                # a date in danger is told in advance (D4.7), in the company's language
                locked = locked.with_context(lang=company.partner_id.lang or self.env.lang)
                locked.env["gendan.delay.notice"]._detect(locked)
                if not jobs._commit_progress(len(found)):
                    return

    @api.model
    def _mark_moved(self, company):
        """Mark the open notices behind which any record has moved since they were judged."""
        notices = self.search([("company_id", "=", company.id), ("state", "in", OPEN_STATES),
                               ("milestones_stale", "=", False)])
        versions = self.env["gendan.today.version"]._of_notices(notices.ids)
        notices.filtered(lambda notice: notice.milestones_version != versions[
            notice.id])._mark_milestones_stale()

    def _refresh_milestones(self):
        """Bring the milestones of these notices in line, with a constant number of queries."""
        for company, notices in self.grouped("company_id").items():
            notices._refresh_of_company(company)

    def _refresh_of_company(self, company):
        today = company._company_today()
        versions = self.env["gendan.today.version"]._of_notices(self.ids)
        rows = {(row.notice_id.id, row.code): row for row in self.milestone_ids}
        judged, new = self._judge_milestones(company), []
        for notice in self:
            as_of = {"milestones_stale": False, "milestones_on": today,
                     "milestones_version": versions[notice.id]}
            if notice not in judged:
                notice.write(as_of)
                continue
            planned, verdict, owners = judged[notice]
            for sequence, step in enumerate(verdict.steps):
                values = {
                    "planned": planned[step.code], "forecast": step.forecast,
                    "actual": step.forecast if step.status == "done" else False,
                    "status": step.status, "owner_id": owners[step.code].id,
                    "owner_role": OWNER_ROLES.get(step.code, "merchandiser"),
                }
                if row := rows.get((notice.id, step.code)):
                    row.write(values)
                else:
                    new.append({**values, "notice_id": notice.id, "code": step.code,
                                "sequence": sequence, "first_planned": values["planned"]})
            notice.write({**notice._prepare_verdict(verdict), **as_of})
        self.env["gendan.milestone"].create(new)

    def _judge_milestones(self, company):
        """Return ``{notice: (planned, verdict, owners)}`` by the records as they are now.

        A constant number of queries; notices without a delivery date are left out. Writes
        nothing.

        :param company: the company of all these notices
        """
        today = company._company_today()
        dated = self.filtered("delivery_date")
        if not dated:
            return {}
        days = [notice._due_day() for notice in dated]
        working = company._working_days_between(
            fields.Date.subtract(min(days), days=400), max(days))
        leads = self.env["gendan.milestone.lead"].search(
            [("company_id", "in", (False, company.id))])
        of_kind = {kind: leads._leads(company, kind) for kind in set(dated.mapped("kind"))}
        facts = dated._milestone_facts(company)
        holders = {role: self.env["res.users"]._users_of_role(role, company)[:1]
                   for role in OWNER_ROLES.values()}
        judged = {}
        for notice in dated:
            planned = back_schedule(notice._due_day(), {
                code: of_kind[notice.kind].get(code, 0) for code in CODES},
                working.__contains__, company_date(
                    notice.submitted_at or notice.create_date, company.gendan_tz))
            verdict = judge([Fact(code, planned[code], **facts[code].get(notice.id, {}))
                             for code in CODES], notice._due_day(), today)
            judged[notice] = planned, verdict, {
                code: notice._milestone_owner(code, holders) for code in CODES}
        return judged

    def _milestone_states(self):
        """Return ``{notice id: state}``: late, blocked by, at risk, by the one policy (D4.1).

        What the nightly job judged is read; what has changed since is judged at once, so
        that a list never shows yesterday's answer. Each state is a dict:

        * ``state``: ``done``, ``on_time``, ``late`` (a step is behind) or ``at_risk`` (the
          forecast lies after the delivery date); False without a delivery date
        * ``is_late``, ``is_at_risk``, ``due``, ``first_promise``, ``forecast`` (dates)
        * ``part_due`` and ``part_forecast``: dates of the part that leaves first, while it waits
        * ``blocker`` and ``next``: codes of ``STEPS`` or False, with ``blocker_label``,
          ``next_label``
        * ``owner_id`` and ``owner``: who has to act on the blocker, or on the next step
        * ``idle_days``: working days on which no step was done, and ``is_idle``: more than
          the company lets pass (D4.1)
        """
        result, labels = {}, dict(self.env["gendan.milestone"]._fields[
            "code"]._description_selection(self.env))
        # who may see the notice may see how it stands; the records behind are not his
        for company, notices in self.sudo().grouped("company_id").items():
            today = company._company_today()
            changed = notices._changed_since_judged(today)
            judged = changed._judge_milestones(company)
            rows = self.env["gendan.milestone"].sudo().search_fetch(
                [("notice_id", "in", (notices - changed).ids)],
                ["notice_id", "code", "owner_id", "actual"])
            owners = {(row.notice_id, row.code): row.owner_id for row in rows}
            moved = {notice: [row.actual for row in of_notice if row.actual]
                     for notice, of_notice in rows.grouped("notice_id").items()}
            moved |= {notice: [step.forecast for step in verdict.steps if step.status == "done"]
                      for notice, (_planned, verdict, _owners) in judged.items()}
            idle = notices._idle_days(company, today, moved)
            for notice in notices:
                if notice in judged:
                    _planned, verdict, of_notice = judged[notice]
                    stand = notice._prepare_verdict(verdict)
                    who = of_notice.get
                else:
                    stand = {name: notice[name] for name in STAND}

                    def who(code, notice=notice):
                        return owners.get((notice, code))
                result[notice.id] = {
                    **notice._milestone_state(stand, who, labels),
                    "idle_days": idle.get(notice, 0),
                    "is_idle": idle.get(notice, 0) >= company.idle_days}
        return result

    def _changed_since_judged(self, today):
        """Return those that the job has not judged as their records are now."""
        fresh = self.filtered(lambda notice: not notice.milestones_stale
                              and notice.milestones_on == today)
        versions = self.env["gendan.today.version"]._of_notices(fresh.ids)
        return self - fresh.filtered(
            lambda notice: notice.milestones_version == versions[notice.id])

    def _idle_days(self, company, today, moved):
        """Return ``{notice: whole working days since its last step}`` of the open ones (D4.1).

        :param dict moved: notice → days on which steps were done
        """
        last = {notice: max(days) for notice, days in moved.items()
                if days and notice.state in OPEN_STATES}
        if not last:
            return {}
        working = sorted(company._working_days_between(min(last.values()), today))
        return {notice: bisect_left(working, today) - bisect_right(working, day)
                if day < today else 0 for notice, day in last.items()}

    def _milestone_state(self, stand, who, labels):
        is_open = self.state in OPEN_STATES
        blocker, following = stand["blocked_by"], is_open and stand["next_milestone"]
        owner = who(blocker or following) or self.env["res.users"]
        return {
            "state": bool(self.delivery_date) and state_of(
                is_open, stand["is_late"], stand["is_at_risk"]),
            "is_late": stand["is_late"], "is_at_risk": stand["is_at_risk"],
            "due": self._due_day(), "first_promise": stand["first_promise"],
            "forecast": stand["forecast_date"], "blocker": blocker,
            "part_due": not stand["part_left_on"] and self.first_part_date,
            "part_forecast": stand["part_forecast"],
            "blocker_label": labels.get(blocker, ""), "next": following,
            "next_label": labels.get(following, ""), "owner_id": owner.id,
            "owner": owner.name or "",
        }

    def _prepare_verdict(self, verdict):
        open_ = self.state in OPEN_STATES
        return {
            "first_promise": self.first_promise or (self.valid_at and self.delivery_date),
            "forecast_date": verdict.forecast, "next_milestone": verdict.next_code or False,
            "blocked_by": open_ and verdict.blocked_by or False,
            "is_late": open_ and verdict.is_late, "is_at_risk": open_ and verdict.is_at_risk,
            "part_forecast": verdict.part_forecast or False,
            "part_left_on": verdict.part_left_on or False,
        }

    def _milestone_owner(self, code, owners):
        self.ensure_one()
        if code == "first":
            return self.salesperson_id
        return owners[OWNER_ROLES[code]] if code in OWNER_ROLES else self.merchandiser_id

    # ---------------------------------------------------------------------- facts

    def _milestone_facts(self, company):
        """Return ``{code: {notice id: values of a Fact}}``, one query per kind of record."""
        def day(moment):
            return moment and company_date(moment, company.gendan_tz)

        nothing_to_make = {notice.id for notice in self if notice.stock_check_id
                           and notice.state == "valid" and notice._is_covered()}
        facts = {code: {} for code in CODES}
        for notice in self:
            facts["sign"][notice.id] = {"actual": day(notice.valid_at)}
            facts["stock"][notice.id] = {"actual": day(notice.stock_check_id.checked_at)}
        facts["raw"] = self._raw_facts(day)
        facts["bag"] = self._packaging_facts(("bag", "film"), day)
        facts["carton"] = self._packaging_facts(("carton",), day)
        facts["plan"] = self._plan_facts(day)
        for id_ in self._begun_unplanned():
            facts["plan"][id_] = {"needed": False}
        facts["first"] = {notice.id: {"actual": day(moment)} for notice, moment in self.env[
            "gendan.first.article"]._read_group(
                [("notice_id", "in", self.ids), ("decision", "=", "accepted")],
                ["notice_id"], ["decided_at:min"])}
        facts["made"] = self._made_facts(day, self._forecast_finish())
        facts["ship"] = self._ship_facts(day)
        for code in ("raw", "bag", "carton", "plan", "first", "made"):
            for id_ in nothing_to_make:
                facts[code][id_] = {"needed": False}
        return facts

    def _raw_facts(self, day):
        """Raw material is settled when every need is there or its day has come (D2.5)."""
        enquiries = self.env["gendan.eta.enquiry"].search(
            [("notice_id", "in", self.ids), ("answered_at", "!=", False)], order="id")
        answered = {enquiry.need_id: enquiry for enquiry in enquiries}
        needs = self.env["gendan.need"].search(
            [("notice_id", "in", self.ids), ("kind", "=", "raw")])
        facts = {}
        for notice, of_notice in needs.grouped("notice_id").items():
            open_needs = of_notice.filtered(lambda need: need.net > 0)
            rows = [answered[need] for need in open_needs if need in answered]
            promised = [row.promised_date for row in rows if row.promised_date]
            settled = len(rows) == len(open_needs) and not promised
            facts[notice.id] = {
                "promised": max(promised, default=None),
                "actual": settled and rows and day(max(row.answered_at for row in rows)) or None,
                "needed": bool(open_needs)}
        return facts

    def _packaging_facts(self, kinds, day):
        """Packaging is there when what was bought for the need was received (D3.13)."""
        needs = self.env["gendan.need"].search(
            [("notice_id", "in", self.ids), ("kind", "in", kinds)])
        moves = dict(self.env["stock.move"]._read_group(
            [("purchase_line_id", "in", needs.allocation_ids.purchase_line_id.ids),
             ("state", "=", "done")], ["purchase_line_id"], ["date:max"]))
        # of all notices at once: reached from one need, a line is read alone
        placed = needs.allocation_ids.purchase_line_id.filtered(
            lambda line: line.order_id.state == "purchase")
        facts = {}
        for notice, of_notice in needs.grouped("notice_id").items():
            open_needs = of_notice.filtered(lambda need: need.net > 0)
            lines = open_needs.allocation_ids.purchase_line_id & placed
            there = open_needs and all(
                sum(row.quantity * min(1, row.purchase_line_id.qty_received
                                       / (row.purchase_line_id.product_qty or 1))
                    for row in need.allocation_ids if row.purchase_line_id in lines) >= need.net
                for need in open_needs)
            dates = [line.date_planned for line in lines if line.date_planned]
            facts[notice.id] = {
                "needed": bool(open_needs),
                "promised": day(max(dates)) if dates else None,
                "actual": there and day(max(moves[line] for line in lines if line in moves))
                or None}
        return facts

    def _plan_facts(self, day):
        """The plan stands when production and packaging have confirmed all that is made."""
        rows = self.env["gendan.plan.line"]._read_group(
            [("notice_id", "in", self.ids), ("state", "in", ("confirmed", "done"))],
            ["notice_id"], ["quantity:sum", "production_at:max", "packaging_at:max"])
        return {notice.id: {"actual": day(max(production, packaging))}
                for notice, quantity, production, packaging in rows
                if quantity >= sum(notice.line_ids.mapped("released_quantity"))}

    def _begun_unplanned(self):
        """Return the ids of those that stand at the machine, never planned: nobody plans them now.

        The board judges them by the same rule.
        """
        begun = self.env["gendan.first.article"]._read_group(
            [("notice_id", "in", self.ids)], ["notice_id"])
        planned = self.env["gendan.plan.line"]._read_group(
            [("notice_id", "in", self.ids),
             ("state", "in", ("draft", "proposed", "confirmed", "done"))], ["notice_id"])
        return {notice.id for notice, in begun} - {notice.id for notice, in planned}

    def _made_facts(self, day, forecasts):
        """Made when every manufacturing order is done; until then the plan and real progress."""
        facts = {notice.id: {"promised": end} for notice, end in forecasts.items()}
        rows = self.env["mrp.production"]._read_group(
            [("notice_id", "in", self.ids), ("state", "!=", "cancel")], ["notice_id", "state"],
            ["date_finished:max"])
        states = {}
        for notice, state, moment in rows:
            states.setdefault(notice.id, {})[state] = moment
        for id_, found in states.items():
            if set(found) == {"done"}:
                facts[id_] = {"actual": day(found["done"])}
        return facts

    def _ship_facts(self, day):
        rows = self.env["gendan.shipping.notice"]._read_group(
            [("notice_id", "in", self.ids), ("state", "in", ("accepted", "loading", "shipped"))],
            ["notice_id", "state"], ["shipped_at:max", "ship_date:max"])
        facts = {}
        for notice, state, shipped_at, ship_date in rows:
            if state == "shipped":
                if notice.first_part_date and notice.state != "done":
                    # the rest is still to leave
                    continue
                if "promised" not in facts.get(notice.id, {}):
                    facts[notice.id] = {"actual": day(shipped_at)}
            else:
                facts[notice.id] = {"promised": ship_date}
        return facts

    # --------------------------------------------------------------------- screen

    @api.depends("milestone_ids.status", "milestone_ids.forecast")
    def _compute_milestone_line(self):
        labels = dict(self.env["gendan.milestone"]._fields["code"]._description_selection(
            self.env))
        # how the sample stands is shown to whoever may see the notice
        stand = self.env["gendan.first.article"].sudo()._stand_of(self)
        for notice in self:
            notice.milestone_line = [{
                "key": row.code, "label": labels[row.code], "status": row.status,
                "planned": fields.Date.to_string(row.planned),
                "date": fields.Date.to_string(row.actual or row.forecast),
                "who": row.sudo().owner_id.name or "",
                "blocks": row.code == notice.blocked_by,
                **(stand.get(notice.id, {}) if row.code == "first" and row.status != "done"
                   else {}),
            } for row in notice.milestone_ids.sorted("sequence") if row.status != "none"]
