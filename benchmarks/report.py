"""The figures as tables, beside the goals."""

import statistics
from datetime import date
from typing import NamedTuple


class Goal(NamedTuple):
    """How much a step may cost more than in bare Odoo: CPU ratio, SQL more by batch size."""

    text: str = ""
    cpu: float | None = None
    queries: dict = {}  # noqa: RUF012 (never changed)


PARITY = Goal("CPU ≤ ×1.05, ≤ +1 SQL at n=10", 1.05, {10: 1, 100: 1})
# beside one statement per document, 0.2 for each of its two lines
PARITY_OF_2 = Goal("CPU ≤ ×1.05, ≤ +1.4 SQL at n=10", 1.05, {10: 1.4, 100: 1.4})
GOALS = {
    "order create": Goal(),
    "order confirm, Odoo's default": Goal("fewer SQL, less CPU", 1, {1: 0, 10: 0, 100: 0}),
    "order confirm, manual reservation": Goal(
        "≤ +5 SQL at n=1, ≤ +1 at n=10", None, {1: 5, 10: 1, 100: 1}),
    "MO create": Goal(),
    "MO confirm": PARITY,
    "work order start": PARITY,
    "MO done": PARITY,
    "release": Goal("CPU ≤ ×1.1 of MO create + confirm", 1.1),
    "delivery": PARITY,
    "purchase confirm": PARITY,
    "receipt": PARITY,
    "packaging confirm": PARITY_OF_2,
    "packaging receipt": PARITY_OF_2,
}  # fmt: skip
# one purchase of a hundred lines: one statement, and 0.2 for each line
LARGE = {"packaging confirm, 100 lines": Goal("CPU ≤ ×1.05, ≤ +21 SQL", 1.05, {50: 21})}
SIGNATURE = 10


def markdown(results):
    """Return the whole report; ``results`` is ``{n: {side: [figures of each round]}}``."""
    parts = [
        f"# Measured on {date.today():%Y-%m-%d}", "",
        "Odoo without and with the addon, A-B-B-A in one process (`make bench`). SQL counts are "
        "exact; the CPU ratio is the median of the groups, beside their range."]
    for n, sides in results.items():
        title = "One document" if n == 1 else f"{n} documents at once, per document"
        parts += ["", f"## {title}", "", *_compared(n, sides), "", *_own(sides)]
    return "\n".join(parts) + "\n"


def large(n, sides):
    """Return the table of one large purchase; ``sides`` is ``{side: [figures of each round]}``."""
    return "\n".join([f"# One large purchase, {date.today():%Y-%m-%d}", "",
                      "`make bench ARGS=--purchase`", "", *_compared(n, sides, LARGE), ""])


def _compared(n, sides, goals=GOALS):
    rows = ["| step | SQL without | SQL with | more | CPU | range | goal | |",
            "|---|--:|--:|--:|--:|--:|---|---|"]  # fmt: skip
    for step, goal in goals.items():
        without, with_ = (_queries(sides[side], step) for side in ("without", "with"))
        ratios = _ratios(sides, step)
        ratio = statistics.median(ratios)
        verdict = _verdict(goal, n, with_ - without, ratio)
        rows.append(
            f"| {step} | {without:.1f} | {with_:.1f} | {with_ - without:+.1f} | ×{ratio:.2f} | "
            f"{min(ratios):.2f}–{max(ratios):.2f} | {goal.text} | {verdict} |")
    return rows


def _own(sides):
    """Return the steps that only the addon has."""
    rows = ["| step of the addon | SQL | CPU ms | goal | |", "|---|--:|--:|---|---|"]
    for step in (step for step in sides["with"][0] if step not in GOALS):
        queries = _queries(sides["with"], step)
        cpu = statistics.median(figures[step][1] for figures in sides["with"]) * 1000
        limited = step.startswith(("verify", "first signature"))
        goal = f"≤ {SIGNATURE} SQL" if limited else ""
        verdict = _word(queries <= SIGNATURE) if limited else ""
        rows.append(f"| {step} | {queries:.1f} | {cpu:.1f} | {goal} | {verdict} |")
    return rows


def _queries(rounds, step):
    return statistics.median(figures[step][0] for figures in rounds)


def _ratios(sides, step):
    """Return the CPU ratio of each A-B-B-A group."""
    without, with_ = ([figures[step][1] for figures in sides[side]]
                      for side in ("without", "with"))  # fmt: skip
    return [sum(with_[i : i + 2]) / sum(without[i : i + 2]) for i in range(0, len(with_), 2)]


def _verdict(goal, n, more, ratio):
    checks = [ratio <= goal.cpu] if goal.cpu else []
    if n in goal.queries:
        checks.append(more <= goal.queries[n])
    return _word(all(checks)) if checks else ""


def _word(met):
    return "met" if met else "**missed**"
