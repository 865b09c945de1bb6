"""D0, D1 and D10: the order, its people, its revisions and its notice."""

from . import (
    product_template,
    product_product,
    res_partner,
    customer_item,
    stock_lot,
    ir_attachment,
    assignment,
    production_notice,
    production_notice_line,
    stock_move,
    sale_order,
    sale_order_line,
    payment_transaction,
    res_partner_screen,
    revision_screen,
    sale_order_screen,
    sale_order_buttons,
    sale_order_verification,
    sale_order_signing,
    sale_order_line_screen,
)
