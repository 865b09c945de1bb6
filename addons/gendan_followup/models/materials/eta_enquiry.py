from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.enquiry_mixin import EnquiryMixin


class EtaEnquiry(models.Model):
    """The merchandiser asks the keeper: is it there, or when does it come? (D2.5)

    Asking without an answer stops the plan; a wrong answer is L-R3, no question L-M6.
    Every promise is a row of its own, so a date that moved leaves a trace.
    """

    _name = "gendan.eta.enquiry"
    _inherit = ["gendan.enquiry.mixin"]
    _description = "Question to the keeper"
    _order = "asked_at desc, id desc"
    _rec_name = "need_id"
    _check_company_auto = True

    # a keeper may correct his answer until the merchandiser has taken note of it
    _transitions = {**EnquiryMixin._transitions, "answered": ("answered", "returned")}
    _stamps = EnquiryMixin._stamps | {"on_hand_quantity", "promised_date"}
    _enquiry_clause = "D2.5 L-R3"

    need_id = fields.Many2one("gendan.need", required=True, index=True, ondelete="restrict",
                              check_company=True)
    company_id = fields.Many2one(related="need_id.company_id", store=True, precompute=True,
                                 index=True)
    notice_id = fields.Many2one(related="need_id.notice_id", store=True, precompute=True,
                                index=True)
    product_id = fields.Many2one(related="need_id.product_id", store=True, precompute=True,
                                 index=True)
    product_uom_id = fields.Many2one(related="need_id.product_uom_id")
    question = fields.Text(required=False)
    on_hand_quantity = fields.Float("On hand", digits="Product Unit", readonly=True, copy=False)
    promised_date = fields.Date("Promised", readonly=True, copy=False, index="btree_not_null",
                                help="The latest promise; empty when all of it is on hand.")
    promise_ids = fields.One2many("gendan.eta.promise", "enquiry_id", "Promises", readonly=True)

    @api.depends("notice_id.name", "product_id")
    def _compute_display_name(self):
        for enquiry in self:
            enquiry.display_name = self.env._(
                "%s: on hand, or when?", enquiry.need_id.display_name)

    def action_answer(self, answer=None, on_hand=0, promised_date=None):
        """Say what is on hand and when the rest comes; again, when the date moves (D2.5).

        :param str answer: remark, optional
        :param float on_hand: usable quantity, in the unit of the need
        :param promised_date: date on which the rest is there; needed when something is short
        """
        self.ensure_one()
        self._check_step("answer")
        promised_date = fields.Date.to_date(promised_date)
        need = self.sudo().need_id
        if on_hand < 0:
            raise UserError(self.env._(
                "%s: there cannot be less than nothing on hand.", self.display_name))
        if float_compare(on_hand, need.net, precision_digits=6) < 0 and not promised_date:
            raise UserError(self.env._(
                "%(enquiry)s: %(on_hand)s of %(need)s is there, so say when the rest comes.",
                enquiry=self.display_name, on_hand=plain_number(on_hand),
                need=plain_number(need.net)))
        return self._answer(answer=answer, on_hand_quantity=on_hand, promised_date=promised_date)

    def _after_answer(self):
        """Keep every promise: a date that moves leaves the earlier one behind."""
        self.env["gendan.eta.promise"].create(self._prepare_promise())
        return super()._after_answer()

    def _prepare_promise(self):
        return {
            "enquiry_id": self.id,
            "on_hand_quantity": self.on_hand_quantity,
            "promised_date": self.promised_date,
            "remark": self.answer,
            "user_id": self.answered_by_id.id,
            "answered_at": self.answered_at,
        }

    def _roles_of(self, step):
        keeper = ("raw_keeper",) if self.sudo().need_id.kind == "raw" else ("packaging_keeper",)
        asker = ("merchandiser", "plan_manager")
        return {"ask": asker, "answer": keeper, "return": asker}.get(step, ())
