from . import (
    test_access,
    test_bad_input,
    test_calc_apportionment,
    test_evidence,
    test_loading,
    test_mini_cases,
    test_panel,
    test_recovery,
    test_report_incident,
    test_reports,
    test_rpc,
    test_rules,
)
