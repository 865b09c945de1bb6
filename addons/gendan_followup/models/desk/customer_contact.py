from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Gate


class CustomerContact(models.Model):
    """客户联络记录: one contact with a small customer, and what came of it (D10.3)."""

    _name = "gendan.customer.contact"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Contact with a customer"
    _order = "contacted_at desc, id desc"
    _rec_name = "partner_id"
    _evidence_stamps = ("user_id", "recorded_at")

    partner_id = fields.Many2one("res.partner", "Customer", required=True, readonly=True,
                                 index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    contacted_at = fields.Datetime("When", required=True, readonly=True, index=True)
    result = fields.Selection(
        [("order", "Orders"), ("later", "Later"), ("lost", "Lost"),
         ("unreached", "Not reached")], required=True, readonly=True)
    note = fields.Char(readonly=True)
    next_date = fields.Date("Next contact", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True, ondelete="restrict",
                               index="btree_not_null")
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True,
                              ondelete="restrict", index=True)
    recorded_at = fields.Datetime("Recorded at", required=True, readonly=True)
    is_late = fields.Boolean("Entered late", readonly=True)

    @api.model
    def _record(self, partner, *, result, note=False, next_date=False, contacted_at=False,
                order=None):
        """Write one contact in the name of the present user.

        :param partner: the small customer
        :param str result: ``order``, ``later``, ``lost`` or ``unreached``
        :param next_date: when to call again; default the customer's cycle
        :param contacted_at: naive UTC, when it was not just now
        :raise UserError: for a time to come, or by who does not keep the customer
        """
        partner._check_keeper("contact")
        now = fields.Datetime.now()
        moment = fields.Datetime.to_datetime(contacted_at) or now
        next_date = fields.Date.to_date(next_date)
        company = self.env.company
        if moment > now:
            raise UserError(self.env._("%s: a contact has happened already.", partner.name))
        if next_date and next_date <= company._company_date(moment):
            raise UserError(self.env._("%s: the next contact is on a later day.", partner.name))
        # the row is evidence: stamped with the user, open to nobody
        contact = self.sudo().create({
            "partner_id": partner.id, "company_id": company.id, "contacted_at": moment,
            "result": result, "note": note, "next_date": next_date,
            "order_id": order.id if order else False,
            "is_late": company._company_date(moment) < company._company_date(now)})
        partner._after_contact(result)
        return contact

    @api.model
    def _refuse_keeper(self, partners, message):
        self.env["gendan.audit"]._refuse(Gate("customer.contact", "D10.1 D10.3"), partners,
                                         message)
