from . import order_import, report_export
