"""D0, D1 and D10: the order, its people, its revisions and its notice."""

from . import (
    product_template,
    product_product,
    res_partner,
    customer_item,
    stock_lot,
    assignment,
    production_notice,
    production_notice_line,
    stock_move,
    sale_order,
    sale_order_line,
)
