from odoo import api, models


class ReportBomStructure(models.AbstractModel):
    """The overview of a bill of materials, without costs for who may see none."""

    _name = "report.mrp.report_bom_structure"
    _inherit = ["report.mrp.report_bom_structure", "gendan.price.guard"]

    @api.model
    def _get_report_data(self, bom_id, searchQty=0, searchVariant=False):
        """Reckon the overview in sudo and take every cost out of it (design 6.1)."""
        if self.env.su or not self._is_price_blind():
            return super()._get_report_data(bom_id, searchQty=searchQty,
                                            searchVariant=searchVariant)
        self.env["mrp.bom"].browse(bom_id).check_access("read")
        return self._without_costs(super(ReportBomStructure, self.sudo())._get_report_data(
            bom_id, searchQty=searchQty, searchVariant=searchVariant))

    @api.model
    def _get_pdf_line(self, bom_id, product_id=False, qty=1, unfolded_ids=None, unfolded=False):
        """The same for the print, which reckons for itself."""
        if self.env.su or not self._is_price_blind():
            return super()._get_pdf_line(bom_id, product_id=product_id, qty=qty,
                                         unfolded_ids=unfolded_ids, unfolded=unfolded)
        self.env["mrp.bom"].browse(bom_id).check_access("read")
        return self._without_costs(super(ReportBomStructure, self.sudo())._get_pdf_line(
            bom_id, product_id=product_id, qty=qty, unfolded_ids=unfolded_ids, unfolded=unfolded))
