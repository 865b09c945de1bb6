import io

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

from ..models.foundation.spec_mixin import SPEC_FIELDS
from ..models.order.res_partner import ORDER_KINDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("partner_id", "client_order_ref", "order_kind", "commitment_date", "destination",
        "payment_term_id", "tail_carton_agreed")
LINE = ("product_id", "product_uom_qty", "product_uom_id", "price_unit", *SPEC_FIELDS)
# what an order cannot do without; the rest comes from customer and product
NEEDED = {"partner_id", "commitment_date", "product_id", "product_uom_qty"}


class OrderImport(http.Controller):
    """The empty sheet that salespeople fill in and import again."""

    @http.route("/gendan_followup/order_import_template.xlsx", type="http", auth="user",
                readonly=True)
    def template(self):
        """Return the sheet, its headings in the user's language.

        Made on demand: headings always are the labels by which the import finds the
        fields, in whatever language and version.
        """
        request.env["sale.order"].check_access("create")
        return request.make_response(self._sheet(), headers=[
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(
                request.env._("Order sheet") + ".xlsx")),
        ])

    def _sheet(self):
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet(request.env._("Orders"))
        needed = book.add_format({"bold": True, "bg_color": "#FCE4D6", "border": 1})
        usual = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, (heading, field) in enumerate(self._columns()):
            sheet.write(0, column, heading, needed if field.name in NEEDED else usual)
            sheet.write_comment(0, column, self._hint(field), {"x_scale": 2})
            sheet.set_column(column, column, max(12, 2 * len(heading)),
                             day if field.name == "commitment_date" else None)
            if field.name == "order_kind":
                labels = dict(field._description_selection(request.env))
                sheet.data_validation(1, column, 1000, column, {
                    "validate": "list", "source": [labels[key] for key, _label in ORDER_KINDS]})
        sheet.freeze_panes(1, 1)
        book.close()
        return stream.getvalue()

    def _columns(self):
        """Return ``[(heading, field)]``: the head of the order, then its line."""
        orders, lines = request.env["sale.order"], request.env["sale.order.line"]
        of_line = self._heading(orders, "order_line")
        return [(self._heading(orders, name), orders._fields[name]) for name in HEAD] + [
            (f"{of_line}/{self._heading(lines, name)}", lines._fields[name]) for name in LINE]

    def _heading(self, model, name):
        """Return the label of a field, or its name where the label would not be found again."""
        labels = [field["string"].casefold() for field in model.fields_get(
            attributes=["string"]).values()]
        label = model._fields[name]._description_string(request.env)
        return name if "/" in label or labels.count(label.casefold()) > 1 else label

    def _hint(self, field):
        if field.name == "partner_id":
            return request.env._(
                "Needed. One row per product; further rows of the same order leave the "
                "columns of the customer empty.")
        if field.name in NEEDED:
            return request.env._("Needed.")
        return request.env._("Empty: as usual for this customer and product.")
