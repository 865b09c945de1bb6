from typing import NamedTuple

from odoo import models
from odoo.fields import Domain

# what each manager is asked for in the morning; the first board of a person is his first
BOARDS = {
    "general_manager": ("otif", "cause", "stage", "first_article", "fill", "refused"),
    "plan_manager": ("waiting", "cause", "workload", "stage", "first_article", "over_limit"),
    "sales_manager": ("otif", "customers", "waiting", "same_day", "decision", "samples"),
    "finance": ("to_sign", "sign_time", "amount", "remarks", "refused"),
    "production": ("output", "first_article", "floor_cause", "abnormality", "patrol_machine"),
    "packaging": ("output", "patrol_packing", "left_over", "over_limit", "fill"),
    "qc": ("first_article", "abnormality", "patrol_machine", "patrol_packing"),
    "hr": ("drivers", "driver_time", "deductions", "trips"),
}


class Measure(NamedTuple):
    """A figure of a chart: what is summed, how it is called, in what unit."""

    aggregate: str
    name: str
    unit: str
    in_headline: bool = True


class Chart(NamedTuple):
    """A question, and where its answer is read."""

    title: str
    model: str
    group: str
    bars: tuple
    domain: object = Domain.TRUE
    notes: tuple = ()
    empty: str = ""
    interval: str = ""
    is_ranked: bool = True
    # a rate: the worst of a ranking is the lowest, and colours say how good it is
    worst_is_low: bool = False
    good: float = 95
    fair: float = 80

    def tone(self, value):
        """Return the colour of a bar: rates are judged, amounts are not."""
        if not self.worst_is_low:
            return "plain"
        return "good" if value >= self.good else "fair" if value >= self.fair else "bad"


class DashboardChart(models.AbstractModel):
    """The questions of the dashboards, each with the report that answers it."""

    _name = "gendan.dashboard.chart"
    _description = "Questions of the dashboards"

    # --------------------------------------------------------------- the dates

    def _chart_otif(self, period):
        return Chart(
            self.env._("Do we keep our dates? First promise / revised promise"),
            "gendan.report.delivery", "revised_date",
            (Measure("order_first:avg", self.env._("First promise"), "percent"),
             Measure("order_revised:avg", self.env._("Revised promise"), "percent")),
            period.days("revised_date"), interval="month", worst_is_low=True,
            empty=self.env._("No order was due in this period."))

    def _chart_customers(self, period):
        return Chart(
            self.env._("Which customers did we keep waiting?"),
            "gendan.report.delivery", "partner_id",
            (Measure("order_first:avg", self.env._("Orders by the first promise"), "percent"),),
            period.days("revised_date") & Domain("orders_due_first", ">", 0),
            notes=(Measure("orders:sum", self.env._("Orders"), "count"),),
            worst_is_low=True, empty=self.env._("No order was due in this period."))

    def _chart_cause(self, period):
        return Chart(
            self.env._("Where did we lose days?"),
            "gendan.report.lateness", "code",
            (Measure("days_added:sum", self.env._("Days lost"), "days"),),
            period.days("due_date") & Domain("days_added", ">", 0),
            notes=(Measure("notice_id:count_distinct", self.env._("Orders"), "count"),),
            empty=self.env._("No step was late: nothing was lost."))

    def _chart_floor_cause(self, period):
        return self._chart_cause(period)._replace(
            title=self.env._("Where did the workshop lose days?"),
            domain=period.days("due_date") & Domain("days_added", ">", 0)
            & Domain("code", "in", ("plan", "first", "made")),
            empty=self.env._("Plan, first article and production were in time."))

    # ------------------------------------------------------------- the stages

    def _chart_waiting(self, period):
        return Chart(
            self.env._("Who waits for whom, and how long?"),
            "gendan.report.stage", "stage",
            (Measure("__count", self.env._("Orders waiting"), "orders"),),
            Domain("is_open", "=", True),
            notes=(Measure("longest:max", self.env._("Longest"), "hours"),),
            is_ranked=False, empty=self.env._("No order waits for anybody."))

    def _chart_stage(self, period):
        return Chart(
            self.env._("How long does each stage take?"),
            "gendan.report.stage", "stage",
            (Measure("hours:avg", self.env._("Mean"), "hours", in_headline=False),),
            period.days("ended_on"),
            notes=(Measure("__count", self.env._("Orders"), "count", in_headline=False),),
            is_ranked=False,
            empty=self.env._("No order went through a stage in this period."))

    def _chart_workload(self, period):
        return Chart(
            self.env._("Who follows how many orders?"),
            "gendan.report.workload", "merchandiser_id",
            (Measure("orders:sum", self.env._("Open orders"), "orders"),),
            Domain("is_open", "=", True),
            notes=(Measure("due_soon:sum", self.env._("Due within 7 days"), "count"),
                   Measure("overdue:sum", self.env._("Overdue"), "count")),
            empty=self.env._("No order is open."))

    # ------------------------------------------------------------ the workshop

    def _chart_first_article(self, period):
        return Chart(
            self.env._("How many first articles pass, machine by machine?"),
            "gendan.report.first.article", "workcenter_id",
            (Measure("passed:avg", self.env._("Passed"), "percent"),),
            period.days("decided_on"),
            notes=(Measure("__count", self.env._("Decisions"), "count"),),
            worst_is_low=True, good=90, fair=75,
            empty=self.env._("No first article was decided in this period."))

    def _chart_decision(self, period):
        return Chart(
            self.env._("How long does the machine wait for the salesperson's word?"),
            "gendan.report.first.article", "salesperson_id",
            (Measure("hours:avg", self.env._("Mean"), "hours"),), period.days("decided_on"),
            notes=(Measure("__count", self.env._("Decisions"), "count"),),
            empty=self.env._("No first article was decided in this period."))

    def _chart_output(self, period):
        return Chart(
            self.env._("How many cartons did we make?"),
            "gendan.report.output", "made_on",
            (Measure("cartons:sum", self.env._("Cartons"), "count"),), period.days("made_on"),
            interval="week", empty=self.env._("Nothing was finished in this period."))

    def _chart_abnormality(self, period):
        return Chart(
            self.env._("Which machines gave trouble?"),
            "gendan.abnormality", "workcenter_id",
            (Measure("__count", self.env._("Abnormalities"), "times"),),
            period.moments("create_date"),
            empty=self.env._("No abnormality was reported in this period."))

    def _patrols(self, period, title, areas):
        return Chart(
            title, "gendan.patrol", "kind",
            (Measure("__count", self.env._("Findings"), "times"),),
            period.moments("patrolled_at") & Domain("area", "in", areas)
            & Domain("kind", "not in", ("fine", "idea")),
            empty=self.env._("The patrols found nothing in this period."))

    def _chart_patrol_machine(self, period):
        return self._patrols(
            period, self.env._("What did the patrols find at the machines?"), ("machine",))

    def _chart_patrol_packing(self, period):
        return self._patrols(
            period, self.env._("What did the patrols find in packing?"),
            ("packing", "packaging_store", "finished_store", "dock"))

    # ----------------------------------------------------------- the packaging

    def _chart_over_limit(self, period):
        return Chart(
            self.env._("Which packaging was to be bought above the limit?"),
            "gendan.report.packaging", "product_id",
            (Measure("attempts:sum", self.env._("Refused"), "times"),),
            period.days("last_attempt_on") & Domain("attempts", ">", 0),
            empty=self.env._("Nobody tried to buy above the limit."))

    def _chart_left_over(self, period):
        return Chart(
            self.env._("Which packaging lies there without an order?"),
            "gendan.report.packaging", "product_id",
            (Measure("idle:sum", self.env._("Left over"), "count", in_headline=False),),
            Domain("idle", ">", 0),
            empty=self.env._("All packaging on stock is for open orders."))

    # ------------------------------------------------------------ the shipping

    def _chart_fill(self, period):
        return Chart(
            self.env._("How full do our containers leave?"),
            "gendan.report.loading", "container_type_id",
            (Measure("volume_rate:avg", self.env._("Volume"), "percent"),
             Measure("weight_rate:avg", self.env._("Weight"), "percent")),
            period.days("loaded_on") & Domain("container_type_id", "!=", False),
            notes=(Measure("right_first:avg", self.env._("Counted right at once"), "percent"),),
            empty=self.env._("No container was loaded in this period."))

    def _chart_same_day(self, period):
        return Chart(
            self.env._("Who asks for a truck on the very day?"),
            "gendan.report.shipping", "salesperson_id",
            (Measure("same_day:sum", self.env._("On the very day"), "times"),),
            period.days("ship_date"),
            notes=(Measure("notices:sum", self.env._("Notices in all"), "count"),),
            empty=self.env._("No shipping notice in this period."))

    def _chart_samples(self, period):
        return Chart(
            self.env._("How many days does a sample take?"),
            "gendan.report.sample", "received_on",
            (Measure("days:avg", self.env._("Mean"), "days"),), period.days("received_on"),
            notes=(Measure("in_time:avg", self.env._("By the day wanted"), "percent"),),
            interval="month", empty=self.env._("No sample was received in this period."))

    # -------------------------------------------------------------- the drivers

    def _chart_drivers(self, period):
        return Chart(
            self.env._("Which driver does best?"),
            "gendan.report.driver", "driver_id",
            (Measure("score:avg", self.env._("Mean score"), "score"),),
            period.days("month") & Domain("rank", ">", 0),
            notes=(Measure("deductions:sum", self.env._("Points off"), "count"),),
            empty=self.env._("No appraisal of a month with enough trips yet."))

    def _chart_driver_time(self, period):
        return Chart(
            self.env._("Who arrives in time?"),
            "gendan.report.driver", "driver_id",
            (Measure("punctual_rate:avg", self.env._("In time"), "percent"),),
            period.days("month") & Domain("stops", ">", 0),
            notes=(Measure("stops:sum", self.env._("Arrivals"), "count"),),
            worst_is_low=True, empty=self.env._("No arrival was noted in this period."))

    def _chart_deductions(self, period):
        return Chart(
            self.env._("For what were points taken off?"),
            "gendan.driver.fact", "kind",
            (Measure("__count", self.env._("Facts"), "times"),),
            period.days("date") & Domain("is_excluded", "=", False) & Domain("points", ">", 0),
            empty=self.env._("Nothing was noted against a driver in this period."))

    def _chart_trips(self, period):
        return Chart(
            self.env._("Who drove how much?"),
            "gendan.report.driver", "driver_id",
            (Measure("trips:sum", self.env._("Trips"), "times"),),
            period.days("month") & Domain("trips", ">", 0),
            notes=(Measure("distance:sum", "km", "count"),),
            empty=self.env._("No trip in this period."))

    # -------------------------------------------------------------- the finance

    def _chart_to_sign(self, period):
        return Chart(
            self.env._("Which customers' orders wait for a signature, how long?"),
            "gendan.report.stage", "partner_id",
            (Measure("longest:max", self.env._("Longest"), "hours"),),
            Domain("is_open", "=", True) & Domain("stage", "=", "2_sign"),
            notes=(Measure("__count", self.env._("Orders"), "count"),),
            empty=self.env._("No order waits for a signature."))

    def _chart_sign_time(self, period):
        return Chart(
            self.env._("How long do the signatures take?"),
            "gendan.report.stage", "ended_on",
            (Measure("hours:avg", self.env._("Mean"), "hours"),),
            period.days("ended_on") & Domain("stage", "=", "2_sign"), interval="month",
            empty=self.env._("Nothing was signed in this period."))

    def _chart_amount(self, period):
        return Chart(
            self.env._("How much money is in open orders?"),
            "gendan.report.workload", "partner_id",
            (Measure("amount:sum", self.env._("Untaxed"), "money"),),
            Domain("is_open", "=", True),
            notes=(Measure("orders:sum", self.env._("Orders"), "count"),),
            empty=self.env._("No order is open."))

    def _chart_remarks(self, period):
        return Chart(
            self.env._("Who got goods although money was due?"),
            "gendan.issue.slip", "partner_id",
            (Measure("__count", self.env._("Slips with a remark"), "times"),),
            period.moments("issued_at") & Domain("state", "=", "issued")
            & Domain("release_remark", "not in", (False, "")),
            empty=self.env._("Every slip of this period was paid for in time."))

    def _chart_refused(self, period):
        return Chart(
            self.env._("What was tried and refused?"),
            "gendan.report.refusal", "subject",
            (Measure("attempts:sum", self.env._("Attempts"), "times"),),
            period.days("occurred_on"),
            empty=self.env._("Nothing was refused in this period."))
