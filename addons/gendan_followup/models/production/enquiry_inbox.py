from odoo import api, fields, models
from odoo.tools import SQL


class EnquiryInbox(models.Model):
    """沟通收件箱: all enquiries of all kinds, whoever asked whom (L-M3, L-R3, L-S2)."""

    _name = "gendan.enquiry.inbox"
    _description = "Inbox of enquiries"
    _auto = False
    _order = "due_at, id"

    res_model = fields.Selection("_kind_names", "Kind", readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    subject = fields.Char("What about", compute="_compute_subject")
    state = fields.Selection("_state_names", readonly=True)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True)
    asked_at = fields.Datetime("Asked at", readonly=True)
    addressee_id = fields.Many2one("res.users", "Asked person", readonly=True)
    due_at = fields.Datetime("Answer due", readonly=True)
    relayed_at = fields.Datetime("Passed on at", readonly=True)
    answered_at = fields.Datetime("Answered at", readonly=True)
    returned_at = fields.Datetime("Brought back at", readonly=True)
    is_overdue = fields.Boolean("Overdue", readonly=True)

    def _kinds(self):
        """Return the names of the models that are enquiries, in a fixed order."""
        return sorted(
            name for name, model in self.env.registry.items()
            if model._auto and not model._abstract and not model._transient
            and issubclass(model, self.env.registry["gendan.enquiry.mixin"]))

    def _kind_names(self):
        """Return the kinds with their names in the user's language."""
        return [(name, self.env["ir.model"]._get(name).name) for name in self._kinds()]

    def _state_names(self):
        """Return the states of an enquiry, in the user's language."""
        return self.env["gendan.enquiry.mixin"]._fields["state"]._description_selection(self.env)

    @api.depends("res_model", "res_id")
    def _compute_subject(self):
        """Name what was asked; of what the reader may not open he sees the kind only."""
        self.subject = False
        for model, rows in self.grouped("res_model").items():
            records = self.env[model].browse(rows.mapped("res_id"))._filtered_access("read")
            names = {record.id: record.display_name for record in records}
            for row in rows:
                row.subject = names.get(row.res_id)

    @property
    def _table_query(self):
        kinds = self._kinds()
        now = fields.Datetime.now()
        return SQL(" UNION ALL ").join(SQL(
            """
            SELECT e.id * %(kinds)s + %(index)s AS id, %(model)s AS res_model, e.id AS res_id,
                   e.company_id, e.state, e.asked_by_id, e.asked_at, e.addressee_id, e.due_at,
                   e.relayed_at, e.answered_at, e.returned_at,
                   e.state IN ('asked', 'relayed') AND e.due_at < %(now)s AS is_overdue
              FROM %(table)s e WHERE e.state <> 'draft'
            """,
            kinds=len(kinds), index=index, model=name, now=now,
            table=SQL.identifier(self.env[name]._table)) for index, name in enumerate(kinds))

    def action_open(self):
        """Open the enquiry itself."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)._get_records_action()
