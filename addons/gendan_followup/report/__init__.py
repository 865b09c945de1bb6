"""The papers of the order room: what they say is put together here, how it looks is QWeb."""

from . import notice_sheet, production_notice_report, revision_report
