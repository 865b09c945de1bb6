"""D2 and D3: stock, needs, packaging and special material before production."""

from . import (
    stock_lot,
    stock_counter,
    stock_check,
    stock_check_line,
    production_notice,
    production_notice_line,
    production_notice_screen,
    production_notice_line_screen,
    production_notice_todo,
    need,
    purchase_allocation,
    purchase_order,
    eta_enquiry,
    eta_promise,
)
