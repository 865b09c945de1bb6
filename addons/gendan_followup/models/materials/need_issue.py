from odoo import models


class Need(models.Model):
    """A need as the keeper's phone offers it (X11)."""

    _inherit = "gendan.need"

    def _phone_issue_row(self, handed, lots):
        """Return one row of `gendan.material.issue.phone_to_issue`.

        :param dict handed: quantity by notice line and product
        :param dict lots: what lies there, by product
        """
        self.ensure_one()
        product = self.product_id
        return {
            "id": self.id, "line": self.notice_line_id.id, "notice": self.notice_id.name,
            "goods": self.notice_line_id.product_id.display_name,
            "product_id": product.id, "product": product.display_name,
            "image": f"/web/image/product.product/{product.id}/image_256",
            "unit": self.product_uom_id.name, "tracked": product.tracking != "none",
            "quantity": round(self.gross - handed.get((self.notice_line_id.id, product.id), 0), 2),
            "lots": lots.get(product.id, []),
        }
