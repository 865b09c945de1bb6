from . import (
    assign_wizard,
    cutover_order,
    cutover_version,
    cutover_wizard,
    dispatch_clock,
    reason_wizard,
    rework_amount,
    shipping_reason,
)
