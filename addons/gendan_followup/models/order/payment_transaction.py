from odoo import models


class PaymentTransaction(models.Model):
    """A customer's payment is kept and told; it confirms no order (X4)."""

    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Leave the quotation as it is and ask its salesperson to go on (D1.9).

        An error here would roll the payment back, and post-processing would try again
        for four days.
        """
        gated = self.filtered(lambda transaction: transaction.sale_order_ids._gendan_on())
        for transaction in gated:
            transaction.sale_order_ids.filtered(
                lambda order: order.state in ("draft", "sent"))._note_customer_payment(transaction)
        return super(PaymentTransaction, self - gated)._check_amount_and_confirm_order()
