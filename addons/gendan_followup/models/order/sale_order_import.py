import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...calc.text import bullet_list
from ..foundation.gate_mixin import Gate

IMPORT_GATE = Gate("order.import", "D1.9 X4")
# 40,800 or 1,234.5: how people and spreadsheets write what `float` does not read
THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
# what becomes true by steps and is therefore in no spreadsheet
STEP_FIELDS = {"state", "locked", "assignment_ids", "revision_ids", "customer_document_ids",
               "signed_by", "signed_on", "signature", "picking_ids", "invoice_ids"}


class RowByRowError(Exception):
    """A batch of rows failed: core tries them one by one and names the row that is wrong."""


class SaleOrder(models.Model):
    """Orders from a spreadsheet: drafts like typed ones, refused row by row."""

    _inherit = "sale.order"

    @api.model
    def get_import_templates(self):
        """Offer the sheet with the columns of the specification."""
        if not self.env.company.uses_gendan:
            return super().get_import_templates()
        return [{
            "label": self.env._("Order sheet with specification"),
            "template": "/gendan_followup/order_import_template.xlsx",
        }]

    @api.model
    def load(self, fields, data):
        """Take orders from rows; nothing stays unless every row is right (D1.5, X4).

        Dates are days of the company, numbers may have their thousands separated, an empty
        cell means "as usual for this customer and product". What is not certain, such as
        a name that two products bear, is an error here and no warning.
        """
        company = self.env.company
        if not company.uses_gendan:
            return super().load(fields, data)
        try:
            self._check_import_columns(fields)
        except UserError as error:
            return {"ids": False, "nextrow": 0, "messages": [{
                "type": "error", "message": str(error), "record": 0,
                "rows": {"from": 0, "to": max(len(data) - 1, 0)}}]}
        rows = self._plain_numbers(fields, data)
        savepoint = self.env.cr.savepoint()
        result = super(SaleOrder, self.with_context(tz=company.gendan_tz)).load(fields, rows)
        result["messages"] = self._first_causes(result["messages"])
        guesses = [message for message in result["messages"]
                   if message["type"] == "warning" and "field" in message]
        if guesses:
            for message in guesses:
                message["type"] = "error"
            result["ids"] = False
            savepoint.rollback()
            self.env.registry.reset_changes()
        savepoint.close(rollback=False)
        return result

    @api.model
    def _first_causes(self, messages):
        """Leave out what only follows from a cell that could not be read."""
        unread = {message.get("record") for message in messages if "field" in message}
        return [message for message in messages
                if "field" in message or message.get("record") not in unread
                or message["type"] != "error"]

    @api.model
    def _check_import_columns(self, fields):
        """Refuse columns that would say what only steps make true.

        :raise UserError: naming the columns; the attempt is on record
        """
        refused = self._system_fields() | STEP_FIELDS
        roots = {re.split("[/.:]", path)[0] for path in fields if path}
        if "order_line/bom_snapshot" in fields:
            roots.add("bom_snapshot")
            refused.add("bom_snapshot")
        if roots & refused:
            lines = self.env["sale.order.line"]
            self.env["gendan.audit"]._refuse(IMPORT_GATE, self, self.env._(
                "These columns cannot be imported, leave them out: %s. An order becomes valid "
                "by its submission, verification and two signatures.", ", ".join(sorted(
                    (self._fields.get(name) or lines._fields[name])._description_string(self.env)
                    for name in roots & refused))))

    @api.model
    def _plain_numbers(self, fields, data):
        """Return the rows with ``40,800`` as ``40800`` in the columns of numbers."""
        numeric = [index for index, path in enumerate(fields) if self._is_numeric_column(path)]
        rows = [list(row) for row in data]
        for row in rows:
            for index in numeric:
                text = str(row[index] or "").strip().replace("，", ",")
                if THOUSANDS.fullmatch(text):
                    row[index] = text.replace(",", "")
        return rows

    @api.model
    def _is_numeric_column(self, path):
        model = self
        *parents, last = path.split("/") if path else [""]
        for name in parents:
            field = model._fields.get(name)
            if not field or not field.relational:
                return False
            model = self.env[field.comodel_name]
        return last in model._fields and model._fields[last].type in (
            "integer", "float", "monetary")

    # ------------------------------------------------------------------- rows

    def _load_records(self, data_list, update=False):
        """Check what was loaded like what is typed: a wrong row leaves nothing behind."""
        try:
            orders = super()._load_records(data_list, update)
            orders._gendan_on()._check_imported()
        except UserError as error:
            # core would show the error of a batch under its first row
            if len(data_list) > 1 and self.env.company.uses_gendan:
                raise RowByRowError from error
            raise
        return orders

    def _load_records_create(self, vals_list):
        """An empty cell is no value: it leaves room for the usual one."""
        if self.env.company.uses_gendan:
            vals_list = [self._drop_empty_cells(vals) for vals in vals_list]
            self._check_needed_cells(vals_list)
        return super()._load_records_create(vals_list)

    @api.model
    def _drop_empty_cells(self, vals):
        lines = self.env["sale.order.line"]
        vals = without_empty(self, vals)
        if vals.get("order_line"):
            vals["order_line"] = [
                (code, id_, without_empty(lines, sub) if code == Command.CREATE else sub)
                for code, id_, sub in vals["order_line"]]
        return vals

    @api.model
    def _check_needed_cells(self, vals_list):
        """Refuse rows without customer or product before the database does.

        :raise UserError: naming the column
        """
        for vals in vals_list:
            lines = [sub for code, _id, sub in vals.get("order_line", ()) if code == Command.CREATE]
            if not vals.get("partner_id"):
                raise UserError(self.env._("No customer."))
            if any(not (sub.get("product_id") or sub.get("display_type")) for sub in lines):
                raise UserError(self.env._("No product."))

    def _check_imported(self):
        """Refuse orders that nobody could submit (D1.5).

        :raise UserError: with customer, his order number and everything that is wrong
        """
        texts = []
        for order in self:
            if wrong := order._import_conditions():
                # the number was drawn for this attempt only and will belong to another order
                name = order.client_order_ref or order.partner_id.display_name
                texts.append(bullet_list(str(unmet).replace(order.name, name) for unmet in wrong))
        if texts:
            raise UserError("\n".join(texts))

    def _import_conditions(self):
        self.ensure_one()
        past = [unmet for unmet in self._head_conditions()
                if unmet.code == "date" and self.commitment_date]
        return past + [unmet for line in self._controlled_lines()
                       for unmet in line._quantity_conditions()]


def without_empty(model, vals):
    """Return ``vals`` without the empty ones that have a usual value (0 is not empty)."""
    return {name: value for name, value in vals.items()
            if value or value is not False or not getattr(
                model._fields.get(name), "compute", None)}
