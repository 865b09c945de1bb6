# ruff: noqa: I001
# in the order in which the models build on each other
from . import rules, incident, evidence, money, source
