"""The papers: what they say is put together here, how it looks is QWeb."""

from . import (
    notice_sheet,
    production_notice_report,
    revision_report,
    shipping_paper,
    dispatch_report,
    first_article_report,
    check_sheet_report,
    patrol_report,
    material_issue_report,
    material_needs_report,
    customer_log_report,
    daily_review_report,
    driver_appraisal_report,
    sample_request_report,
    issue_slip_report,
    loading_report_paper,
    monthly_report,
    plan_revision_report,
    day_plan_report,
    shipping_notice_report,
)
