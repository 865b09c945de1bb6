"""Let prints fetch their style sheets from the server itself. Runs in `odoo shell`.

wkhtmltopdf asks for them at `report.url`; without it, at the address under which users reach
the company: from inside a container that one often leads nowhere, or to a certificate that
wkhtmltopdf does not trust, and prints come out without any style.
"""

import os

URL = os.environ.get("GENDAN_REPORT_URL") or "http://localhost:8069"

# `env` is given by the shell.
env["ir.config_parameter"].set_param("report.url", URL)  # noqa: F821
env.cr.commit()  # noqa: F821
