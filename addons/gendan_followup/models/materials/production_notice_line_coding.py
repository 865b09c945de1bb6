from odoo import api, models


class ProductionNoticeLine(models.Model):
    """打码 on the phone: the required text against a photo of the first print (L-K2)."""

    _inherit = "gendan.production.notice.line"

    @api.model
    def phone_coding(self):
        """Return the released lines with their required code, those without a check first."""
        lines = self.search([("notice_id.state", "=", "released"), ("quantity", ">", 0),
                             ("company_id", "=", self.env.company.id)], limit=80)
        sheets = self.env["gendan.check.sheet"].search([
            ("notice_line_id", "in", lines.ids), ("kind", "=", "coding"),
            ("state", "!=", "cancel")], order="id").grouped("notice_line_id")
        rows = [line._phone_coding_row(sheets.get(line)) for line in lines]
        return sorted(rows, key=lambda row: row["result"] not in ("", "pending"))

    def _phone_coding_row(self, sheets):
        self.ensure_one()
        last = sheets[-1:] if sheets else self.env["gendan.check.sheet"]
        return {"id": self.id, "notice": self.notice_id.name,
                "product": self.product_id.display_name, "text": self.code_text or "",
                "format": self.code_format or "", "sheet": last.id or False,
                "result": last.result or ""}

    def phone_open_coding(self):
        """Return the open coding sheet of this line; open one where there is none.

        :return: what the phone page shows of it
        """
        self.ensure_one()
        sheets = self.env["gendan.check.sheet"]
        sheet = sheets.search([("notice_line_id", "=", self.id), ("kind", "=", "coding"),
                               ("state", "=", "open")], limit=1)
        if not sheet:
            template = self.env["gendan.check.template"]._template_of("coding", self.company_id)
            sheet = sheets.create({"template_id": template.id, "notice_line_id": self.id})
        return sheet.phone_state()
