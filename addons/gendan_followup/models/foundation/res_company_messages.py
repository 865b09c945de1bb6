from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...calc.robot import is_safe

MANAGERS = "base.group_system"


class ResCompany(models.Model):
    """Where messages go besides the inbox (X18)."""

    _inherit = "res.company"

    push_messages = fields.Boolean(
        "Messages in the browser", default=True,
        help="Who allowed it in his browser sees messages also while Odoo is closed.")
    robot_kind = fields.Selection(
        [("wecom", "企业微信"), ("dingtalk", "钉钉"), ("feishu", "飞书")], "Group robot",
        default="wecom", required=True)
    # whoever knows the address may speak in the group
    robot_url = fields.Char("Robot's address", groups=MANAGERS, copy=False)
    robot_secret = fields.Char("Robot's signing secret", groups=MANAGERS, copy=False)

    @api.constrains("robot_url")
    def _check_robot_url(self):
        for company in self.sudo():
            if company.robot_url and not is_safe(company.robot_url):
                raise ValidationError(self.env._(
                    "The robot's address carries its key: it begins with https://."))
