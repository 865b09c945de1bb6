from . import (
    assign_wizard,
    cutover_order,
    cutover_version,
    cutover_wizard,
    reason_wizard,
    shipping_reason,
)
