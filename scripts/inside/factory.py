"""Make the master data of the demo factory. Runs in `odoo shell`; a second run changes nothing."""

import json
import os
import pathlib

from odoo.addons.gendan_followup.demo.factory import Factory

Factory(env).ensure()  # noqa: F821
env.cr.commit()  # noqa: F821
logins = [list(row) for row in getattr(Factory, "LOGINS", [])]
pathlib.Path(os.environ["GENDAN_LOGINS"]).write_text(json.dumps(logins, ensure_ascii=False))
