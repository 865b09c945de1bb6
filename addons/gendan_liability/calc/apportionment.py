"""Who bears which share of a loss, to the cent (L-G2, L-G3, L-G4).

The way goes in three steps that build on each other:

1. `role_shares`: the leading rule fixes the share of each role, the other matched rules
   only add joint roles to its pool;
2. `person_shares`: a role's share is split equally among those who had it at the time;
3. `money`: each share becomes cents, the leading party takes the balance.

Shares are exact fractions of a hundred; nothing is rounded before the last step.
"""

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

HUNDRED = Fraction(100)
# codes that say "this role, and so much", as against `joint`, which takes part in the pool
FIXED_CODES = ("full", "primary", "half", "unspecified")
CODES = (*FIXED_CODES, "joint", "panel")
# besides the codes of the rules, a share may be `named`: another rule names the role, but
# the leading one leaves nothing for it


class Percentages(NamedTuple):
    """What the words of the text are worth (A26); a version of the settings."""

    full: Fraction = Fraction(100)
    primary: Fraction = Fraction(70)
    joint: Fraction = Fraction(30)
    half: Fraction = Fraction(50)
    unspecified: Fraction = Fraction(100)


class Part(NamedTuple):
    """One role in a rule and the word that the text uses for it.

    ``code`` is one of `CODES`; ``panel`` means that the text gives no share at all and
    the panel sets one (L-M6).
    """

    role: str
    code: str


class Share(NamedTuple):
    """One line of an apportionment; ``person`` is None while nobody is known.

    ``leads`` marks the line that takes the balance of the cents.
    """

    role: str
    code: str
    percent: Fraction
    person: object = None
    leads: bool = False


def principals(parts):
    """Return the roles that a rule names as more than joint.

    Rules with different ones cannot be settled by the system: the panel chooses which
    of them leads (L-G2).

    >>> sorted(principals([Part("RK", "primary"), Part("OP", "joint")]))
    ['RK']
    """
    return frozenset(part.role for part in parts if part.code != "joint")


def may_lead(parts):
    """Whether a rule names anybody who bears more than a joint share (L-O4, L-Q3 do not)."""
    return bool(principals(parts))


def pool_of(parts, percentages):
    """Return what is left for the joint roles beside the fixed parts of the leading rule.

    >>> pool_of([Part("SP", "primary")], Percentages())
    Fraction(30, 1)
    >>> pool_of([Part("KK", "half"), Part("PK", "half")], Percentages())
    Fraction(0, 1)
    """
    fixed = sum(getattr(percentages, part.code) for part in parts if part.code in FIXED_CODES)
    return max(min(percentages.joint, HUNDRED - fixed), Fraction(0))


def role_shares(leading, others=(), percentages=None):
    """Return the shares of the roles: of the leading rule, and of those who join its pool.

    :param leading: parts of the leading rule, the leading party first
    :param others: parts of each further matched rule; their joint roles join the pool,
        and whom else they name stands there with nothing until the panel decides
    :param percentages: :class:`Percentages`
    :return: list of :class:`Share` without persons, the leading party first

    >>> R1 = [Part("RK", "primary"), Part("OP", "joint"), Part("QC", "joint")]
    >>> O4, Q3 = [Part("OP", "joint")], [Part("QC", "joint")]
    >>> [(s.role, int(s.percent)) for s in role_shares(R1, [O4, Q3])]
    [('RK', 70), ('OP', 15), ('QC', 15)]
    >>> [(s.role, int(s.percent)) for s in role_shares([Part("SP", "unspecified")], [
    ...     [Part("SP", "primary"), Part("MR", "joint")]])]
    [('SP', 100), ('MR', 0)]
    """
    percentages = percentages or Percentages()
    fixed = [Share(part.role, part.code, _fixed_percent(part.code, percentages),
                   leads=number == 0)
             for number, part in enumerate(part for part in leading if part.code != "joint")]
    named = {share.role for share in fixed}
    further = [part for parts in others for part in parts if part.role not in named]
    joint = list(dict.fromkeys(part.role for part in (*leading, *further)
                               if part.code == "joint"))
    only_named = dict.fromkeys(part.role for part in further if part.role not in joint)
    pool = pool_of(leading, percentages)
    return (fixed + [Share(role, "joint", pool / len(joint)) for role in joint]
            + [Share(role, "named", Fraction(0)) for role in only_named])


def _fixed_percent(code, percentages):
    # what the panel has to set begins at nothing
    return Fraction(0) if code == "panel" else Fraction(getattr(percentages, code))


def person_shares(shares, persons):
    """Split the share of each role equally among those who had it at the time (L-G3).

    :param shares: result of `role_shares`
    :param dict persons: role → persons, in the order in which they are named; a role
        without anybody keeps its share on a line without person
    :return: list of :class:`Share`; the first person of the leading role leads
    """
    lines = []
    for share in shares:
        people = list(dict.fromkeys(persons.get(share.role) or ())) or [None]
        lines += [share._replace(person=person, percent=share.percent / len(people),
                                 leads=share.leads and number == 0)
                  for number, person in enumerate(people)]
    return lines


def unassigned(shares):
    """Return the percentage that nobody bears: it stays with the company (L-G4).

    >>> unassigned([Share("SP", "primary", Fraction(70), "E04")])
    Fraction(30, 1)
    """
    return HUNDRED - sum((share.percent for share in shares if share.person is not None),
                         Fraction(0))


def problems(shares):
    """Return what is wrong with an apportionment, as codes (L-G5).

    ``over``: more than a hundred per cent; ``negative``: less than nothing for somebody;
    ``twice``: one person twice in one role.
    """
    found = []
    if any(share.percent < 0 for share in shares):
        found.append("negative")
    if sum((share.percent for share in shares), Fraction(0)) > HUNDRED:
        found.append("over")
    named = Counter((share.person, share.role) for share in shares if share.person is not None)
    if any(count > 1 for count in named.values()):
        found.append("twice")
    return found


class Money(NamedTuple):
    """Cents of each line, and of what stays with the company."""

    cents: list
    unassigned: int


def money(loss, shares):
    """Turn shares into cents; the sum is the loss to the cent, whatever the input (L-G4).

    Everybody but the leading party is rounded half-up, and never beyond what is left of
    the loss; the leading party takes the balance. Where no person leads, what stays with
    the company takes it.

    :param int loss: cents, not negative
    :param shares: list of :class:`Share`, at most a hundred per cent together
    :raise ValueError: on a negative loss, or shares that `problems` complains of

    >>> money(96001, [Share("KK", "half", Fraction(50), "E15", True),
    ...               Share("PK", "half", Fraction(50), "E13")])
    Money(cents=[48000, 48001], unassigned=0)
    """
    if loss < 0:
        raise ValueError("a loss is not negative")
    if wrong := set(problems(shares)) - {"twice"}:
        raise ValueError(f"not an apportionment: {', '.join(sorted(wrong))}")
    left = loss
    cents = [0] * len(shares)
    leader = next((number for number, share in enumerate(shares)
                   if share.leads and share.person is not None), None)
    for number, share in enumerate(shares):
        if number != leader and share.person is not None:
            cents[number] = min(half_up(loss * share.percent / HUNDRED), left)
            left -= cents[number]
    if leader is None:
        return Money(cents, left)
    company = min(half_up(loss * unassigned(shares) / HUNDRED), left)
    cents[leader] = left - company
    return Money(cents, company)


def half_up(amount):
    """Return a non-negative fraction as an integer, halves upwards.

    >>> half_up(Fraction(1, 2)), half_up(Fraction(49, 100))
    (1, 0)
    """
    return int((2 * amount + 1) // 2)


def exact(percent, denominator=10000):
    """Return the fraction that a stored percentage of eight decimals stands for.

    A third of 70 is kept as 23.33333333; taken as it is, three of them would not be 70.

    >>> exact(23.33333333) * 3, exact(12.5), exact(0.015)
    (Fraction(70, 1), Fraction(25, 2), Fraction(3, 200))
    """
    kept = Fraction(f"{percent:.8f}")
    simple = kept.limit_denominator(denominator)
    return simple if abs(simple - kept) <= Fraction(1, 10**8) else kept
