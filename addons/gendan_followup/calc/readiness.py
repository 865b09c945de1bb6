"""What a notice line still waits for, in a form that screens, gates and milestones share."""

from typing import NamedTuple

LIGHTS = ("green", "amber", "red")


class Reason(NamedTuple):
    """One thing that a line waits for.

    ``light``: amber = promised in time, red = nobody acts, late, or not checked. ``part``:
    raw, bag, carton, process. ``users`` must act; ``expected`` is a date or False.
    """

    code: str
    part: str
    light: str
    text: str
    remedy: str = ""
    users: tuple = ()
    expected: object = False
    need_id: int = 0

    def __str__(self):
        return f"{self.text} → {self.remedy}" if self.remedy else self.text


class Readiness(NamedTuple):
    """The light of a line, why, and when everything is there (False: nobody knows)."""

    light: str
    reasons: tuple
    ready_on: object = False

    @property
    def text(self):
        """Return one line for each reason, or False.

        >>> judge([Reason("eta_open", "raw", "red", "no answer yet", "Sun answers")]).text
        'no answer yet → Sun answers'
        """
        return "\n".join(map(str, self.reasons)) or False


def judge(reasons):
    """Return the :class:`Readiness` that follows from ``reasons``: the worst one counts.

    >>> judge([]).light
    'green'
    """
    light = max((reason.light for reason in reasons), key=LIGHTS.index, default="green")
    dates = [reason.expected for reason in reasons if reason.expected]
    known = light == "amber" and all(reason.expected for reason in reasons)
    return Readiness(light, tuple(reasons), max(dates) if known else False)
