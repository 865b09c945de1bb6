from odoo import api, fields, models
from odoo.tools import SQL


class DispatchDay(models.Model):
    """The days on which trucks are planned: who plans for one day comes one after the other (X6).

    Two merchandisers who book one truck, or one driver, in the same second see nothing of each
    other's trip. So each of them first raises the counter of the day: the second one fails with
    a serialization error, is tried again by the server, and then meets the first one's trip.
    """

    _name = "gendan.dispatch.day"
    _inherit = ["gendan.system.mixin"]
    _description = "Day of trips"
    _rec_name = "day"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    hand_count = fields.Integer(required=True, readonly=True, default=0)

    _one = models.Constraint("UNIQUE (company_id, day)", "That day is there already.")

    @api.model
    def _take_turn(self, days):
        """Raise the counters of ``days``, in their order.

        :param days: pairs of company id and date
        """
        for company_id, day in sorted(days):
            self.env.cr.execute(SQL(
                "INSERT INTO %(table)s (company_id, day, hand_count) VALUES (%(company)s, %(day)s,"
                " 1) ON CONFLICT (company_id, day)"
                " DO UPDATE SET hand_count = %(table)s.hand_count + 1",
                table=SQL.identifier(self._table), company=company_id, day=day))
