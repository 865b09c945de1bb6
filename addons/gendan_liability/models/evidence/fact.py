"""What a rule's method returns, and what the engine makes of it."""

from typing import NamedTuple

SUPPORTS, CONTRADICTS, MISSING = "supports", "contradicts", "missing"
# what a fact weighs; only the order of the candidates depends on it
WEIGHT = {SUPPORTS: 10, CONTRADICTS: -20, MISSING: 0}
PROVING = 6
CAUSE = 3
MOST_SUPPORTING = 3


class Fact(NamedTuple):
    """One sentence about one record, or about a record that is not there.

    ``proves`` marks a missing record whose absence is itself the proof (an incoming check
    that nobody recorded), as against one that just cannot be looked at.
    ``persons`` names people by role where the record shows who it was.
    """

    verdict: str
    code: str
    sentence: str
    at: object = False
    record: object = None
    proves: bool = False
    persons: dict = {}


def supports(code, sentence, at=False, record=None, **persons):
    """Return a fact that speaks for the rule."""
    return Fact(SUPPORTS, code, sentence, at, record, persons=persons)


def contradicts(code, sentence, at=False, record=None):
    """Return a fact that exculpates."""
    return Fact(CONTRADICTS, code, sentence, at, record)


def missing(code, sentence, record=None, proves=False, **persons):
    """Return a fact about a record that is not there."""
    return Fact(MISSING, code, sentence, record=record, proves=proves, persons=persons)


class Finding(NamedTuple):
    """How the records stand towards one rule."""

    rule: object
    facts: list
    fits_cause: bool

    @property
    def score(self):
        """Return the weight of the facts; the order of the cards, nothing else."""
        found = {verdict: [fact for fact in self.facts if fact.verdict == verdict]
                 for verdict in WEIGHT}
        proving = sum(fact.proves for fact in found[MISSING]) if self.fits_cause else 0
        return (WEIGHT[SUPPORTS] * min(len(found[SUPPORTS]), MOST_SUPPORTING)
                + WEIGHT[CONTRADICTS] * len(found[CONTRADICTS])
                + PROVING * min(proving, MOST_SUPPORTING) + CAUSE * self.fits_cause)

    @property
    def standing(self):
        """Return likely, disputed, open or unlikely.

        A check that nobody recorded speaks for the rule only where that kind of thing went
        wrong: an unchecked film is nobody's fault when the order was wrong.
        """
        against = any(fact.verdict == CONTRADICTS for fact in self.facts)
        speaks_for = any(fact.verdict == SUPPORTS or fact.proves and self.fits_cause
                         for fact in self.facts)
        if speaks_for:
            return "disputed" if against else "likely"
        return "unlikely" if against else "open"

    @property
    def reason(self):
        """Return why it is a candidate, in sentences that the person concerned reads."""
        telling = [fact for fact in self.facts if fact.verdict != MISSING or fact.proves]
        return "\n".join(fact.sentence for fact in (telling or self.facts)[:2])

    @property
    def persons(self):
        """Return ``{role: employee ids}`` that the records themselves name."""
        named = {}
        for fact in self.facts:
            for role, employees in fact.persons.items():
                named[role] = list(dict.fromkeys([*named.get(role, []), *employees.ids]))
        return named

    def candidate_vals(self, rank):
        """Return the values of the candidate's row."""
        return {"rank": rank, "rule_id": self.rule.id, "standing": self.standing,
                "score": self.score, "reason": self.reason, "persons": self.persons or False}

    def facts_vals(self):
        """Return the values of the rows of its facts."""
        return [{
            "sequence": number, "verdict": fact.verdict, "code": fact.code,
            "sentence": fact.sentence, "happened_at": fact.at or False,
            "res_model": fact.record._name if fact.record else False,
            "res_id": fact.record.id if fact.record else False,
            "record_label": fact.record.display_name if fact.record else False,
        } for number, fact in enumerate(self.facts)]
