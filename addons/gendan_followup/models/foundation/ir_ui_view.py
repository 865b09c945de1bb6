from odoo import models

VIEW_TAGS = {"form", "list", "kanban", "search", "graph", "pivot", "calendar", "activity"}
# lists whose rows say nothing once the price is gone; core itself goes on reading them
PRICE_LISTS = frozenset({"pricelist_rule_ids"})
# marks a quantity in a view on its way to the reader
QUANTITY = "gendan_quantity"


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_tag_field(self, node, name_manager, node_info):
        """Mark the quantities: what is kept of a view is the same for all companies."""
        field = name_manager.model._fields.get(node.get("name"))
        if field is not None and getattr(field, "_digits", None) == "Product Unit":
            node.set(QUANTITY, "1")
        return super()._postprocess_tag_field(node, name_manager, node_info)

    def _postprocess_access_rights(self, tree):
        """Fit the view to its reader: plain quantities with 跟单, no price for the blind."""
        plain = self.env.company.id in self.env["res.company"]._timezones_on()
        for node in tree.iter("field"):
            if node.attrib.pop(QUANTITY, None) and plain:
                self._hide_zeros(node)
        if self.env["gendan.price.guard"]._is_price_blind():
            self._remove_price_fields(tree, None)
        return super()._postprocess_access_rights(tree)

    def _hide_zeros(self, node):
        """Show a quantity as people write it: 12,000 pieces, 5,457.6 kg (X3).

        Every unit has the same two decimals in Odoo, and nobody writes a bag as 12,000.00.
        """
        options = (node.get("options") or "{}").strip()
        if "hide_trailing_zeros" not in options:
            node.set("options", "{'hide_trailing_zeros': True, " + options.removeprefix("{"))

    def _remove_price_fields(self, node, model):
        """Walk down with the model that each view element belongs to."""
        model = node.get("model_access_rights") if node.tag in VIEW_TAGS and node.get(
            "model_access_rights") else model
        hidden = getattr(self.env.get(model), "_price_fields", frozenset()) | PRICE_LISTS
        for child in list(node):
            if child.getparent() is None:
                continue
            name = child.get("name") or child.get("for") if child.tag in ("field", "label") else ""
            if name in hidden:
                self._remove_labelled(child, hidden)
                node.remove(child)
            else:
                self._remove_price_fields(child, model)
                self._remove_empty_page(child)

    def _remove_labelled(self, label, hidden):
        """Remove the box that a price's label stands for: "per kg" alone says nothing."""
        box = label.getnext() if label.tag == "label" else None
        if box is not None and box.tag == "div" and any(
                field.get("name") in hidden for field in box.iter("field")):
            box.getparent().remove(box)

    def _remove_empty_page(self, node):
        """Remove a tab that held nothing but prices."""
        if node.tag == "page" and next(node.iter("field", "button", "widget"), None) is None:
            node.getparent().remove(node)
