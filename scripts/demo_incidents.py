"""Incidents of the demo factory, in every state, made by doing the work (section 12).

The months before are there too, so that trend, Pareto and repeats show something.
"""

from datetime import time, timedelta
from typing import NamedTuple

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.gendan_followup.calc.working_time import utc
from odoo.addons.gendan_followup.demo.steps.pictures import picture

TZ = "Asia/Shanghai"
CHAIR, GENERAL_MANAGER, QUALITY_HEAD, HR = "E09", "E01", "E20", "E27"


class Past(NamedTuple):
    """A closed case of an earlier month."""

    days_ago: int
    subject: str
    cause: str
    rule: str
    product: str
    loss: float
    operator: str = ""


PAST = (
    Past(160, "袋内少片, 超市退回", "packing", "L-P2", "F01", 1440),
    Past(148, "热封温度错, 漏液", "machine", "L-O1", "F03", 1200, "E17"),
    Past(131, "发错旧版袋", "packaging_use", "L-K4", "F01", 960.01),
    Past(117, "小熊印反, 来料未检", "raw_material", "L-R2", "F11", 384),
    Past(104, "袋内多片", "packing", "L-P2", "F01", 520),
    Past(92, "账面 5,000 实际 4,300, 包装停线", "stock_book", "L-K3", "F15", 450),
    Past(78, "日期格式错: MM.DD", "coding", "L-K2", "F02", 333.33),
    Past(66, "幅宽不足, 来料未检", "raw_material", "L-R2", "F11", 820),
    Past(55, "纸箱未试装, 24 包装不下", "bag_fit", "L-Q1", "F03", 900),
    Past(47, "脏污围兜混入成品", "packing", "L-P3", "F12", 260.5),
    Past(39, "印刷偏色, 来料未检", "raw_material", "L-R2", "F11", 610),
    Past(33, "漏液 09:00 看到, 14:00 才报", "found_late", "L-Q2", "F01", 2160),
)


def past_months(book):
    """Cases of the last half year, decided as proposed and final."""
    for past in PAST:
        day = book.today - timedelta(days=past.days_ago)
        with _clock(book, day, "11:00"):
            if past.operator:
                _on_shift(book, past.operator, day)
            incident = _report(book, QUALITY_HEAD, past.subject, past.cause, past.rule,
                               past.loss, product=past.product, event_at=_moment(day, "10:00"))
            book.by(incident, QUALITY_HEAD).action_propose()
        with _clock(book, day + timedelta(days=2), "15:00"):
            chair = GENERAL_MANAGER if _is_party(book, incident, CHAIR) else CHAIR
            book.by(incident, chair).action_decide(
                _as_proposed(book, incident), "按条款, 记录与当事人说明一致")
            _hand_over(book, incident)
        with _clock(book, day + timedelta(days=13), "09:00"):
            book.by(incident, CHAIR).action_finalize()


def run_against_the_order(book):
    """黄勇 cut 180 mm for 200 mm: decided, told on paper, final (L-O1)."""
    day = book.days[10]
    with book.at(11, "11:20"):
        _on_shift(book, "E17", day)
        incident = _report(book, "E12", "湿巾1线切长 180 mm, 订单 200 mm", "machine", "L-O1",
                           1200, product="F01", event_at=_moment(day, "10:10"),
                           workcenter=book.factory.ref("machine_wet1"))
        book.by(incident, "E12").action_propose()
    with book.at(10, "15:00"):
        book.by(incident, CHAIR).action_decide(
            _as_proposed(book, incident), "开机点检未对照通知单")
        _hand_over(book, incident)
    with book.at(2, "09:00"):
        book.by(incident, CHAIR).action_finalize()


def customer_counts_short(book):
    """C06 counts ten cartons short and complains; 李娜 objects to the amount (D6.6, S09)."""
    order = book.env["sale.order"].search([("client_order_ref", "=", "BL-1051")])
    with book.at(4, "10:30"):
        incident = _report(
            book, "E05", "贝乐点收少 10 箱", "loading", "D6.6", 2136,
            notice_id=order.sudo().notice_id.id, product="F01", origin="complaint",
            is_complaint=True, discovered_in="customer", event_at=_moment(book.days[4], "09:40"))
        book.by(incident, "E05").action_propose()
    with book.at(3, "15:00"):
        lines = _as_proposed(book, incident)
        lines[0]["amount"] = 300
        book.by(incident, CHAIR).action_decide(lines, "点数与仓管一致后未复核", severity="normal")
    with book.at(2, "16:20"):
        book.by(incident, _number_of(book, incident)).action_object(
            "装车时仓管也点了 100 箱, 差额应在运输途中查")


def packing_stopped(book):
    """Book 5,000, actual 4,300: decided, the term is running (L-K3)."""
    with book.at(3, "10:40"):
        incident = _report(book, "E13", "棉柔巾袋账面 5,000 实际 4,300, 包装停 1 小时",
                           "stock_book", "L-K3", 450, product="F15",
                           event_at=_moment(book.days[2], "09:30"))
        book.by(incident, "E13").action_propose()
    with book.at(2, "15:10"):
        book.by(incident, CHAIR).action_decide(_as_proposed(book, incident), "月底盘点未做")


def old_bags_packed(book):
    """2,400 old bags were issued and packed; the panel has it before it (S10, L-K4)."""
    notice = book.env["sale.order"].search([
        ("client_order_ref", "=", "HJ-3391")]).sudo().notice_id
    with book.at(1, "14:20"):
        incident = _report(
            book, "E21", "旧版袋 v2 装了 2,400 包", "packaging_use", "L-K4", 960.01,
            notice_id=notice.id, product="F01", event_at=_moment(book.days[0], "13:30"),
            lot_ids=book.env["stock.lot"].search([
                ("product_id", "=", book.factory.ref("PK02_v2").id)], limit=1).ids,
            description="包装时发现袋面为旧版, 当场停线, 2,400 包拆包重装。")
        book.by(incident, "E21").action_propose()


def bear_upside_down(book):
    """李娜 sees the bear upside down on the bib line and reports it on the phone (S14)."""
    with book.at(1, "10:40"):
        sheet = book.by(book.env["gendan.incident.new"], "E11").create({
            "subject": "围兜线小熊印反, 整卷不良", "loss": 384,
            "cause_id": book.env.ref("gendan_liability.cause_raw_material").id,
            "event_at": _moment(book.days[0], "10:15"),
            "workcenter_id": book.factory.ref("machine_bib").id,
            "photo": picture("film")})
        incident = book.env["gendan.incident"].browse(sheet.action_report()["res_id"])
        book.by(incident, "E11").lot_ids = book.env["stock.lot"].search(
            [("product_id", "=", book.factory.ref("RM08").id)], limit=1)
        book.by(incident, "E11").action_trace()


def pressed_without_signature(book):
    """They tried to run C04's order unsigned; nothing came of it: a breach note (L-M1)."""
    order = book.env["sale.order"].search([("client_order_ref", "=", "HK-0419")])
    with book.at(1, "17:05"):
        incident = _report(
            book, QUALITY_HEAD, "未签完就催生产", "order", None, None,
            notice_id=order.sudo().notice_id.id, event_at=_moment(book.days[0], "16:40"))
        book.by(incident, QUALITY_HEAD).action_breach("系统已拒绝, 没有投产, 没有损失")


def ran_on_after_the_stop(book):
    """罗刚 has no login: decided, and his printed sheet waits for HR (L-O2, S14)."""
    with book.at(4, "10:10"):
        _on_shift(book, "E18", book.days[3])
        log = book.by(book.env["gendan.abnormality"], QUALITY_HEAD).create({
            "workcenter_id": book.factory.ref("machine_bib").id, "counter": 3100,
            "description": "小熊印反"})
    with book.at(4, "10:22"):
        book.by(log, QUALITY_HEAD).action_instruct("stop", 3200)
    with book.at(4, "10:26"):
        book.by(log, "E12").action_stop(3800)
    with book.at(4, "11:00"):
        incident = _report(book, QUALITY_HEAD, "停机指示后又开了 600 片", "machine", "L-O2", 72,
                           product="F11", event_at=_moment(book.days[3], "10:24"),
                           workcenter=book.factory.ref("machine_bib"))
        book.by(incident, QUALITY_HEAD).action_propose()
    with book.at(3, "15:30"):
        book.by(incident, CHAIR).action_decide(
            _as_proposed(book, incident), "质检 10:22 指示停机, 10:26 才停")


def reported_twice(book):
    """The same stop reported a second time: withdrawn with its reason."""
    with book.at(3, "11:30"):
        incident = _report(book, "E12", "围兜线多开 600 片", "machine", None, 72,
                           event_at=_moment(book.days[3], "10:24"))
        book.by(incident, "E12").action_cancel("与前一份重复上报")


def month_for_hr(book):
    """HR has last month's list of decided amounts (L-G7)."""
    with book.at(1, "16:00"):
        book.by(book.env["gendan.recovery.month"], HR).action_prepare()


INCIDENTS = (
    past_months, run_against_the_order, customer_counts_short, packing_stopped,
    old_bags_packed, bear_upside_down, pressed_without_signature, ran_on_after_the_stop,
    reported_twice, month_for_hr,
)


# ------------------------------------------------------------------------- verbs


def _moment(day, clock):
    return utc(day, time.fromisoformat(clock), TZ)


def _clock(book, day, clock):
    """Freeze the clock on a day of earlier months."""
    book.env.flush_all()
    book.env.invalidate_all()
    return freeze_time(_moment(day, clock))


def _on_shift(book, number, day):
    book.by(book.env["gendan.shift"], "E12").create({
        "employee_id": book.factory.ref(number).id, "role": "operator",
        "company_id": book.factory.company.id,
        "date_from": _moment(day, "08:00"), "date_to": _moment(day, "17:00")})


def _report(book, number, subject, cause, rule, loss, product=None, workcenter=None, **values):
    """Report a case; ``rule`` is matched by hand unless the records lead to it themselves."""
    lines = [Command.create({
        "description": subject, "price": loss,
        "currency_id": book.factory.company.currency_id.id})] if loss else []
    incident = book.by(book.env["gendan.incident"], number).create({
        "subject": subject, "company_id": book.factory.company.id,
        "cause_id": book.env.ref(f"gendan_liability.cause_{cause}").id,
        "product_id": product and book.factory.ref(product).id,
        "workcenter_id": workcenter and workcenter.id, "loss_ids": lines, **values})
    if rule and incident.sudo().leading_rule_id.code != rule:
        book.by(incident.match_ids, number).unlink()
        book.by(book.env["gendan.incident.match"], number).create({
            "incident_id": incident.id, "is_leading": True, "reason": "现场事实与条款相符",
            "rule_id": book.env["gendan.liability.rule"]._by_code(rule).id})
    return incident


def _as_proposed(book, incident):
    """Return the proposal as lines of a decision; quality names who was on duty."""
    lines = [{"role": share.role, "employee_id": share.employee_id.id, "percent": share.percent,
              "share_code": share.share_code} for share in incident.sudo().share_ids]
    for line in lines:
        if not line["employee_id"] and line["role"] == "qc":
            line["employee_id"] = book.factory.ref("E21").id
    return lines


def _is_party(book, incident, number):
    return book.factory.ref(f"user_{number}") in incident.sudo().party_user_ids


def _hand_over(book, incident):
    """Hand the printed sheet to everybody without a login."""
    for person in incident.sudo().decision_id.line_ids.employee_id.filtered(
            lambda person: not person.user_id):
        book.by(incident, HR).action_hand_over(person.id)


def _number_of(book, incident):
    """Return the number of the first person whom the decision names."""
    person = incident.sudo().decision_id.line_ids.employee_id[:1]
    return next(code for code in ("E10", "E11") if book.factory.ref(code) == person)
