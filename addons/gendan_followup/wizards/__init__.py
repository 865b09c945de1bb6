from . import assign_wizard, reason_wizard
