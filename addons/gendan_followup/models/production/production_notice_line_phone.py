from odoo import api, models
from odoo.exceptions import UserError

FLOOR_KINDS = ("start_check", "bag_fit", "piece_count", "sorting")
PACKING_KINDS = ("piece_count", "sorting")


class ProductionNoticeLine(models.Model):
    """What the workshop's phone pages show of a line, and the sheets they open on it (X11)."""

    _inherit = "gendan.production.notice.line"

    def _phone_work(self):
        """Return this line as a row: notice, product, what it goes into."""
        self.ensure_one()
        line = self.sudo()
        return {
            "line": line.id, "notice": line.notice_id.name,
            "letter": line.notice_id.revision_letter or "",
            "product": line.product_id.name, "bag": line.bag_version_id.display_name or "",
            "unit": line.product_uom_id.name,
            "image": f"/web/image/product.product/{line.product_id.id}/image_256",
        }

    def phone_open_check(self, kind, workcenter_id=False):
        """Return the open sheet of ``kind`` on this line and machine; open one if there is none.

        :param str kind: start_check, bag_fit, piece_count or sorting
        :return: what the phone page shows of it
        :raise UserError: for another kind, or by somebody whose duty it is not
        """
        self.ensure_one()
        if kind not in FLOOR_KINDS:
            raise UserError(self.env._("%s is not checked on this page.", kind))
        sheets = self.env["gendan.check.sheet"]
        sheet = sheets.search([
            ("notice_line_id", "=", self.id), ("kind", "=", kind), ("state", "=", "open"),
            ("workcenter_id", "=", workcenter_id)], limit=1)
        if not sheet:
            template = self.env["gendan.check.template"]._template_of(kind, self.company_id)
            if not template:
                raise UserError(self.env._(
                    "There is no check template for this: the plan manager makes one."))
            sheet = sheets.create({"template_id": template.id, "notice_line_id": self.id,
                                   "workcenter_id": workcenter_id})
        return sheet.phone_state()

    @api.model
    def phone_packing(self):
        """Return the lines that are being made, with today's counts and sortings of each."""
        lines = self.search([
            ("notice_id.state", "=", "released"), ("company_id", "=", self.env.company.id),
            ("production_ids.state", "in", ("progress", "to_close", "confirmed"))], limit=80)
        today = self.env.company._gendan_day_start()
        sheets = self.env["gendan.check.sheet"].search([
            ("notice_line_id", "in", lines.ids), ("kind", "in", PACKING_KINDS),
            ("state", "!=", "cancel"), ("opened_at", ">=", today)], order="id")
        by_line = sheets.grouped("notice_line_id")
        rows = [{**line._phone_work(),
                 **by_line.get(line, sheets.browse())._phone_tally()} for line in lines]
        return sorted(rows, key=lambda row: row["piece_count"] + row["sorting"])
