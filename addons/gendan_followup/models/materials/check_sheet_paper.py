from odoo import models

from ...calc.text import plain_number
from ..foundation.role import ROLES

# who stands under a paper that is printed (section 14, forms 3 and 6)
SIGNERS = {
    "incoming_raw": ("raw_keeper", "qc"),
    "incoming_packaging": ("packaging_keeper", "qc"),
    "coding": ("packaging_keeper", "packaging", "qc"),
}


class CheckSheet(models.Model):
    """What the paper of an incoming check and of a coding check says besides its points."""

    _inherit = "gendan.check.sheet"

    def _delivered_text(self):
        """Return what came with this receipt: ``5,457.6 kg = 379 卷``, or an empty text."""
        self.ensure_one()
        lines = self.sudo().picking_id.move_line_ids.filtered(
            lambda line: line.product_id == self.product_id
            and self.lot_id in (line.lot_id, self.lot_id.browse()))
        unit = self.product_id.uom_id
        total = sum(line.product_uom_id._compute_quantity(line.quantity, unit, round=False)
                    for line in lines)
        if not total:
            return ""
        texts = [f"{plain_number(round(total, 2))} {unit.name}"]
        for bought in lines.move_id.purchase_line_id.product_uom_id - unit:
            count = unit._compute_quantity(total, bought, round=False)
            texts.append(f"{plain_number(round(count, 2))} {bought.name}")
        return " = ".join(texts)

    def _paper_signers(self):
        """Return the role names that sign on the paper, in the reader's language."""
        return [self.env._(ROLES[role]) for role in SIGNERS.get(self.kind, ())]
