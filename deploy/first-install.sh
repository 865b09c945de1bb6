#!/bin/bash
# Make the database, once: languages, the company (GENDAN_COMPANY), then our addons.
# The chart of accounts follows the company's country, so the company comes before it.
set -euo pipefail
run() { odoo "$@" --no-http --stop-after-init; }
run -i base --load-language en_US,zh_CN
odoo shell --no-http < /opt/gendan/company.py
addons=$(cd /opt/gendan/addons && ls -d */ | tr -d / | paste -sd,)
run -i "l10n_cn,$addons"
odoo shell --no-http < /opt/gendan/addresses.py
echo "installed: $addons. Log in as admin and change its password (admin) at once."
