from . import (
    answer_wizard,
    assign_wizard,
    contact_wizard,
    cutover_order,
    cutover_version,
    cutover_wizard,
    dispatch_clock,
    log_answer,
    reason_wizard,
    rework_amount,
    shipping_reason,
    task_reason,
)
