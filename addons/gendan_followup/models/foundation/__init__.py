"""What all five rooms stand on: gate, evidence, signature, revision, persons, company switch."""

from . import (
    gate_mixin,
    system_mixin,
    evidence_mixin,
    turn_mixin,
    audit,
    signature,
    signature_mixin,
    revision,
    revision_event,
    verification_tick,
    revision_mixin,
    spec_mixin,
    deputy,
    shift,
    res_users,
    res_company,
    price_guard,
    price_guarded_models,
    ir_ui_view,
)
