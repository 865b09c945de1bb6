from odoo import api, fields, models
from odoo.exceptions import UserError


class LoadingTally(models.Model):
    """How many cartons one side has counted; written once, blind to the other (D6.4).

    A later row of the same side in the same round replaces an earlier one until both
    sides are in, so a slip of the thumb is mended without a trace being lost.
    """

    _name = "gendan.loading.tally"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Tally"
    _order = "round_id, line_id, id"
    _rec_name = "cartons"
    _evidence_stamps = ("user_id", "counted_at")

    round_id = fields.Many2one("gendan.loading.round", required=True, readonly=True, index=True,
                               ondelete="restrict")
    line_id = fields.Many2one("gendan.loading.line", required=True, readonly=True, index=True,
                              ondelete="restrict")
    side = fields.Selection([("merchandiser", "Merchandiser"), ("keeper", "Keeper")],
                            required=True, readonly=True)
    cartons = fields.Integer(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Counted by", required=True, readonly=True,
                              ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True, ondelete="restrict",
                                  help="Who held the shared phone, or whose login it was.")
    counted_at = fields.Datetime("At", required=True, readonly=True)
    client_key = fields.Char(
        readonly=True, help="Given by the phone: what is sent twice after a lost connection "
        "counts once.")

    _client_key = models.UniqueIndex("(client_key) WHERE client_key IS NOT NULL",
                                     "This tally has arrived already.")

    def _of_side(self, side):
        """Return the last tally of ``side``."""
        return self.filtered(lambda tally: tally.side == side).sorted("id")[-1:]

    def _own(self):
        """Return the tallies of whoever looks: his login's, or those of the badge in his hand.

        A shared phone shows nobody what another one counted on it before (D6.4, X17).
        """
        user, person = self.env.user, self.env.user._person()
        if user.id in user._devices():
            return self.filtered(lambda tally: person and tally.employee_id == person)
        return self.filtered(lambda tally: tally.user_id == user
                             or person and tally.employee_id == person)

    @api.model
    def _check_cartons(self, cartons, line):
        """Refuse what nobody can have counted.

        :raise UserError: for a negative, broken or absurd number
        """
        if not isinstance(cartons, int) or isinstance(cartons, bool) or cartons < 0:
            raise UserError(self.env._("“%s” is no number of cartons.", cartons))
        if cartons > max(2 * line.cartons, line.cartons + 200):
            raise UserError(self.env._(
                "%(count)s cartons of %(product)s cannot be: the notice says %(notice)s.",
                count=cartons, product=line.product_id.display_name, notice=line.cartons))
