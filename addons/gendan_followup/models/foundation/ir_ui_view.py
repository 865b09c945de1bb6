from odoo import models

VIEW_TAGS = {"form", "list", "kanban", "search", "graph", "pivot", "calendar", "activity"}


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        """Take the price fields out of the views of people who may not see them."""
        if self.env["gendan.price.guard"]._is_price_blind():
            self._remove_price_fields(tree, None)
        return super()._postprocess_access_rights(tree)

    def _remove_price_fields(self, node, model):
        """Walk down with the model that each view element belongs to."""
        model = node.get("model_access_rights") if node.tag in VIEW_TAGS and node.get(
            "model_access_rights") else model
        hidden = getattr(self.env.get(model), "_price_fields", ())
        for child in list(node):
            name = child.get("name") or child.get("for") if child.tag in ("field", "label") else ""
            if name in hidden:
                node.remove(child)
            else:
                self._remove_price_fields(child, model)
