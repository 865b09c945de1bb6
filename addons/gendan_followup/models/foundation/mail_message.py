from odoo import api, models
from odoo.exceptions import AccessError

from .gate_mixin import Gate

# documents of core that order follow-up works on; all of its own are followed as well
FOLLOWED = {"sale.order", "purchase.order", "mrp.production", "stock.picking", "stock.lot",
            "product.product", "product.template"}
# what a message says, in whose name, when and where
CONTENT = {"body", "subject", "date", "author_id", "email_from", "message_type", "subtype_id",
           "model", "res_id", "tracking_value_ids", "attachment_ids", "parent_id"}


class MailMessage(models.Model):
    """The log of a document is kept: who did what, when (X5).

    Core lets whoever may write a document also rewrite, date back and delete the messages
    on it, and post in another one's name. On what is followed up nobody does; one's own
    comment is still edited through the chatter, which marks it as edited.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        """A message on a followed document is written now, and in one's own name.

        :raise AccessError: in the name of somebody else
        """
        followed = [vals for vals in vals_list if self._is_followed(vals.get("model"))]
        if followed and not self.env.su:
            own = self.env.user.partner_id.id
            if any(vals.get("author_id", own) not in (own, False) for vals in followed):
                self._refuse_log(self.env._("A message is written in one's own name only."))
            vals_list = [{name: value for name, value in vals.items() if name != "date"}
                         if vals in followed else vals for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Keep what a message on a followed document says.

        :raise AccessError: for its words, its author, its time and its place
        """
        if vals.keys() & CONTENT:
            self._check_log()
            if self._is_followed(vals.get("model")) and not self.env.su:
                self._refuse_log(self.env._("A message stays with its document."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_log(self):
        self._check_log()

    def _check_log(self):
        """Refuse to change the log of followed documents; core's own steps work in sudo."""
        if not self.env.su and any(self._is_followed(message.model) for message in self.sudo()):
            self._refuse_log(self.env._(
                "The log of a document is kept as it is: what is wrong in it is corrected by a "
                "later message."))

    @api.model
    def _is_followed(self, model):
        """Whether the log of documents of ``model`` is evidence for the present user."""
        if not model or not (model.startswith("gendan.") or model in FOLLOWED):
            return False
        return not self.env["res.company"]._timezones_on().keys().isdisjoint(
            self.env.user._get_company_ids())

    def _refuse_log(self, message):
        self.env["gendan.audit"]._refuse(Gate("log.keep", "X5 D1.12"), self, message, AccessError)
