from . import (
    test_calc_canonical,
    test_calc_letters,
    test_calc_payload_diff,
    test_calc_stock_usability,
    test_calc_working_time,
    test_demo_factory,
    test_calc_tolerance,
    test_need,
    test_enquiry,
    test_plan_line,
    test_check_sheet,
    test_first_article,
)
