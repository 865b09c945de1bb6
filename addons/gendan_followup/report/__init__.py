"""The papers of the order room: what they say is put together here, how it looks is QWeb."""

from . import (
    issue_slip_report,
    notice_sheet,
    production_notice_report,
    revision_report,
    shipping_notice_report,
)
