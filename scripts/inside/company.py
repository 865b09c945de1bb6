"""Turn the main company into the factory. Runs in `odoo shell`, before l10n_cn is installed.

The chart of accounts follows the company's country, so this comes first.
"""

import os

# `env` is given by the shell.
env = env(context={"lang": "zh_CN", "tz": "Asia/Shanghai"})  # noqa: F821

NAME = os.environ.get("GENDAN_COMPANY") or "义乌市洁和无纺制品有限公司"
ZONE = "Asia/Shanghai"

yuan = env.ref("base.CNY")
yuan.active = True
company = env.ref("base.main_company")
company.write({"name": NAME, "country_id": env.ref("base.cn").id, "currency_id": yuan.id})
company.partner_id.write({"lang": "zh_CN", "tz": ZONE, "city": "义乌市"})
users = env["res.users"].with_context(active_test=False).search([])
users.write({"lang": "zh_CN", "tz": ZONE})
# The plan's weeks are those of the calendar here, Monday to Sunday; Odoo counts from Sunday,
# and would again after an update of `base` if the languages were not taken out of it.
languages = env["res.lang"].with_context(active_test=False).search(
    [("code", "in", ("en_US", "zh_CN"))])
languages.week_start = "1"
env["ir.model.data"].search(
    [("model", "=", "res.lang"), ("res_id", "in", languages.ids)]).noupdate = True
for field, value in (("lang", "zh_CN"), ("tz", ZONE)):
    env["ir.default"].set("res.partner", field, value)
env.cr.commit()
