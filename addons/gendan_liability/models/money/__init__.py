# ruff: noqa: I001
"""What the law lets a company do with a decided amount; nothing is ever deducted (L-G7)."""

# in the order in which the models build on each other
from . import res_company, recovery_rule, recovery_month
