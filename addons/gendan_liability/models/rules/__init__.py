# ruff: noqa: I001
"""The rules of the text as data, and what their words are worth in per cent."""

# in the order in which the models build on each other
from . import text_mixin, cause, rule, rule_part, percentage
