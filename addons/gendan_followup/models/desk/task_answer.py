from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.own_files import writes_own_files, writing_own_files


class TaskAnswer(models.Model):
    """One answer to a task or data request, kept as it was given, with its file (D12.2)."""

    _name = "gendan.task.answer"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Answer to a task"
    _order = "answered_at desc, id desc"
    _rec_name = "answer"
    _evidence_stamps = ("user_id", "answered_at")

    task_id = fields.Many2one("gendan.task", required=True, readonly=True, index=True,
                              ondelete="restrict")
    company_id = fields.Many2one(related="task_id.company_id", store=True, precompute=True,
                                 index=True)
    answer = fields.Text(required=True, readonly=True)
    file = fields.Binary(attachment=True, readonly=True)
    file_name = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Answered by", required=True, readonly=True,
                              ondelete="restrict")
    answered_at = fields.Datetime("At", required=True, readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Bring the file in with the answer; afterwards neither changes."""
        with writing_own_files(self):
            return super().create(vals_list)

    def _check_photos_open(self):
        """Refuse another file behind an answer that was given (X5)."""
        if not writes_own_files(self):
            raise UserError(self._evidence_message())
