from . import order_import
