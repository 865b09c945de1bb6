from odoo import api, fields, models

NEVER = 99


class PatrolRest(models.Model):
    """Who walked last, and how many working days ago: none in two is shown (D13.1)."""

    _name = "gendan.patrol.rest"
    _description = "Last patrol of each merchandiser"
    _auto = False
    _order = "last_at nulls first, id"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Merchandiser", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    last_at = fields.Datetime("Last patrol", readonly=True)
    rest_days = fields.Integer("Working days ago", compute="_compute_rest")
    is_silent = fields.Boolean("Too long ago", compute="_compute_rest")
    is_pattern = fields.Boolean("Always at the same hour", readonly=True)

    @property
    def _table_query(self):
        return """
            SELECT DISTINCT ON (member.uid) member.uid AS id, member.uid AS user_id,
                   walker.company_id, walk.patrolled_at AS last_at,
                   COALESCE(walk.is_pattern, false) AS is_pattern
              FROM res_groups_users_rel member
              JOIN ir_model_data data ON data.module = 'gendan_followup'
               AND data.name = 'group_merchandiser' AND data.res_id = member.gid
              JOIN res_users walker ON walker.id = member.uid AND walker.active
         LEFT JOIN gendan_patrol walk ON walk.user_id = member.uid
             WHERE walker.is_device IS NOT TRUE
             ORDER BY member.uid, walk.patrolled_at DESC NULLS LAST
        """

    @api.depends("last_at")
    def _compute_rest(self):
        for row in self:
            row.rest_days = self._rest_of(row.company_id, row.last_at)
            row.is_silent = self._is_too_long(row.company_id, row.rest_days)

    @api.model
    def _rest_of(self, company, last_at):
        """Return the working days from a walk until now; a great number where there was none."""
        return company._working_days_since(last_at) if last_at else NEVER

    @api.model
    def _is_too_long(self, company, days):
        return days >= company.patrol_rest_days > 0
