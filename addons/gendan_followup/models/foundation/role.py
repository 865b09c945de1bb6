"""The sixteen roles of the text: one group each (design, section 4)."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

ROLES = {
    "salesperson": _lt("Salesperson"),
    "showroom": _lt("Showroom salesperson"),
    "sales_manager": _lt("Sales manager"),
    "finance": _lt("Finance"),
    "merchandiser": _lt("Merchandiser"),
    "plan_manager": _lt("Plan manager"),
    "production": _lt("Production supervisor"),
    "packaging": _lt("Packaging supervisor"),
    "raw_keeper": _lt("Raw-material keeper"),
    "packaging_keeper": _lt("Packaging-material keeper"),
    "finished_keeper": _lt("Finished-goods keeper"),
    "operator": _lt("Machine operator"),
    "qc": _lt("Quality control"),
    "driver": _lt("Driver"),
    "hr": _lt("Human resources"),
    "general_manager": _lt("General manager"),
}


def role_group(role):
    """Return the external id of the group of ``role``."""
    if role not in ROLES:
        raise KeyError(role)
    return f"gendan_followup.group_{role}"
