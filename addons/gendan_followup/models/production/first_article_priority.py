from odoo import api, fields, models

REASONS = ("is_new_customer", "is_new_spec", "is_big")


class FirstArticle(models.Model):
    """Which starts the merchandiser must not miss: new customer, new order, big order (A25).

    Reckoned when the sheet is opened and frozen: what counts is what was known then.
    """

    _inherit = "gendan.first.article"

    is_new_customer = fields.Boolean("New customer", readonly=True, copy=False)
    is_new_spec = fields.Boolean("New product or specification", readonly=True, copy=False)
    is_big = fields.Boolean("Big order", readonly=True, copy=False)
    is_priority = fields.Boolean("Priority", compute="_compute_is_priority", store=True, index=True)
    priority_text = fields.Char("Priority because", compute="_compute_priority_text")

    @api.depends(*REASONS)
    def _compute_is_priority(self):
        for article in self:
            article.is_priority = any(article[name] for name in REASONS)

    @api.depends_context("lang")
    @api.depends(*REASONS)
    def _compute_priority_text(self):
        for article in self:
            article.priority_text = " · ".join(
                self._fields[name]._description_string(self.env)
                for name in REASONS if article[name]) or False

    @api.model_create_multi
    def create(self, vals_list):
        """Judge the priority with what is known at the start."""
        articles = super().create(vals_list)
        for article in articles.sudo():
            article.write(article._prepare_priority())
        return articles

    def _prepare_priority(self):
        """Return the three reasons of D5.1 for one first article."""
        self.ensure_one()
        line = self.notice_line_id
        earlier = self._earlier_lines(line)
        return {
            "is_new_customer": bool(line.notice_id.partner_id) and not earlier,
            "is_new_spec": not any(
                before.product_id == line.product_id
                and before._spec_values() == line._spec_values() for before in earlier),
            "is_big": line.quantity >= line.company_id.big_order_packs or self._fills_container(
                line),
        }

    @api.model
    def _earlier_lines(self, line):
        """Return what the same customer had made under an earlier notice."""
        notice = line.notice_id
        return line.search([
            ("notice_id.partner_id", "=", notice.partner_id.id), ("notice_id", "!=", notice.id),
            ("notice_id.valid_at", "!=", False), ("company_id", "=", line.company_id.id),
            ("notice_id.valid_at", "<=", notice.valid_at or fields.Datetime.now())])

    @api.model
    def _fills_container(self, line):
        """Whether the line alone fills the smallest container (D5.1)."""
        smallest = self.env["gendan.container.type"].search([], order="volume", limit=1)
        carton = line.carton_version_id
        if not (smallest and carton and line.packs_per_carton):
            return False
        volume = line.quantity / line.packs_per_carton * carton.volume
        return volume >= smallest.volume * line.company_id.full_volume_share
