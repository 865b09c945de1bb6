# ruff: noqa: I001
"""What the records of the work say towards each rule, and who it was then.

`evidence` is the engine; each further file completes it by the rules of one role, one
method a rule. A method reads the :class:`~.case.Case`, which loads every kind of record
once, so the number of queries does not grow with the history.
"""

# in the order in which the models build on each other
from . import (
    person,
    evidence,
    salesperson,
    merchandiser,
    raw_keeper,
    packaging_keeper,
    operator,
    qc,
    packaging,
    duty,
    outside,
)
