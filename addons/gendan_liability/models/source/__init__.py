# ruff: noqa: I001
"""Documents from which an incident is reported in one step, with its links filled (L-G1)."""

# the mixin first: the others take it in
from . import (
    source_mixin,
    production_notice,
    mrp_production,
    check_sheet,
    first_article,
    eta_enquiry,
    shipping_notice,
    loading_report,
    loading_rework,
    customer_log,
    patrol,
    abnormality,
    deviation,
    plate_job,
    shortage,
    material_issue,
    delay_notice,
)
