"""D4, D5 and D13: plan, first article, shop floor."""

from . import (
    production_notice,
    production_notice_line,
    mrp_production,
    mrp_production_screen,
    mrp_workorder,
    stock_move,
    stock_move_line,
    stock_rule,
    stock_orderpoint,
    report_mo_overview,
    report_bom_structure,
    plan_line,
    check_template,
    check_template_line,
    check_sheet,
    check_sheet_line,
    check_sheet_phone,
    first_article,
    ir_attachment,
)
