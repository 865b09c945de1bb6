# ruff: noqa: I001
"""From what happened to the closed case: facts, proposal, panel, objection."""

# in the order in which the models build on each other
from . import (
    child_mixin,
    incident,
    incident_loss,
    incident_link,
    incident_match,
    incident_candidate,
    incident_fact,
    incident_share,
    decision,
    decision_line,
    notification,
    objection,
    measure,
    incident_proposal,
    incident_panel,
    incident_objection,
    incident_screen,
    incident_same_event,
    incident_analysis,
    incident_print,
    ir_attachment,
)
