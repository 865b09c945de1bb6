from odoo import models


class MailThread(models.AbstractModel):
    """Web push waits in the queue of its own, not inside the work's transaction (X18)."""

    _inherit = "mail.thread"

    def _web_push_send_notification(self, devices, private_key, public_key, payload_by_lang=None,
                                    payload=None):
        """Queue it: core posts to a few browsers at once, up to five seconds for each.

        Calls and chats stay as they are: they are of the moment. A company may switch the
        browser's messages off.
        """
        company = self.env.company
        if company.id not in company._timezones_on() or self._name == "discuss.channel":
            return super()._web_push_send_notification(
                devices, private_key, public_key, payload_by_lang=payload_by_lang,
                payload=payload)
        if company.sudo().push_messages:
            message = self.env["gendan.message"]
            message._queue(message._push_values(devices, {
                device: payload_by_lang[device.partner_id.lang] if payload_by_lang else payload
                for device in devices}))
        return None
