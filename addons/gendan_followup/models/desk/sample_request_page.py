from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .sample_request import UNDER_WAY

PAGE = 60
STEPS = ("requested", "accepted", "ready", "transit", "received")


class SampleRequest(models.Model):
    """What the showroom's phone page shows and sends (X11, screen 9)."""

    _inherit = "gendan.sample.request"

    @api.model
    def page_data(self, search="", offset=0):
        """Return the picture grid, the dates, the purposes and the user's own requests.

        :param str search: part of a product's name or code
        :param int offset: of the grid, for paging
        """
        showrooms = self.env["gendan.showroom"]._of_user()
        showroom = showrooms[:1]
        today = self.env.company._company_today()
        mine = self.search([("showroom_id", "in", showroom.ids), ("state", "!=", "cancel")],
                           order="id desc", limit=20)
        # what comes or has come is signed for first, then what is under way, then the past
        mine |= self.search([("showroom_id", "in", showroom.ids), ("state", "in", UNDER_WAY)])
        mine = mine.sorted(lambda request: (
            -UNDER_WAY.index(request.state) if request.state in UNDER_WAY else 1, -request.id))
        return {
            "showroom": {"id": showroom.id, "name": showroom.name or ""},
            "products": self._page_products(showroom, search, offset),
            "dates": self._page_dates(today),
            "today": fields.Date.to_string(today),
            "purposes": self._fields["purpose"]._description_selection(self.env),
            "requests": [request._page_row() for request in mine],
            "limit": self.env.company.sample_limit_pieces,
        }

    @api.model
    def _page_products(self, showroom, search, offset):
        domain = Domain("packaging_kind", "=", False) & Domain("sale_ok", "=", True) & Domain(
            "pieces_per_pack", ">", 0)
        if search:
            domain &= Domain("name", "ilike", search) | Domain("default_code", "ilike", search)
        products = self.env["product.product"].search(
            domain, limit=PAGE, offset=offset, order="is_new_product desc, default_code, id")
        shelf = {row.product_id: row for row in showroom.minimum_ids}
        brands = products._brand_owners()
        return [{
            "id": product.id, "code": product.default_code or "", "name": product.name,
            "new": product.is_new_product, "pieces": product.pieces_per_pack,
            "short": product in shelf and shelf[product].is_short,
            "brand": ", ".join(brands[product].sudo().mapped("name")),
        } for product in products]

    @api.model
    def _page_dates(self, today):
        """Return the chips 今天, 明天, 本周 (the last day of the week that is worked, X2)."""
        week = [today + timedelta(days=n) for n in range(7 - today.weekday())]
        worked = zip(week, self.env.company._working_days(week), strict=True)
        chips = {
            "today": (today, self.env._("Today")),
            "tomorrow": (today + timedelta(days=1), self.env._("Tomorrow")),
            "week": (max((day for day, is_worked in worked if is_worked), default=today),
                     self.env._("This week")),
        }
        if chips["week"][0] <= chips["tomorrow"][0]:
            del chips["week"]
        return [{"key": key, "date": fields.Date.to_string(day), "label": label}
                for key, (day, label) in chips.items()]

    def _page_row(self):
        self.ensure_one()
        labels = dict(self._fields["state"]._description_selection(self.env))
        reached = STEPS.index(self.state) if self.state in STEPS else -1
        return {
            "id": self.id, "name": self.name, "product_id": self.product_id.id,
            "product": self.product_id.name, "quantity": self.quantity, "packs": self.packs,
            "open": self.quantity - self.received_quantity,
            "wanted": fields.Date.to_string(self.wanted_date),
            "promised": fields.Date.to_string(self.promised_date) or "",
            "state": self.state, "label": labels[self.state],
            "steps": [{"key": key, "label": labels[key], "done": index <= reached}
                      for index, key in enumerate(STEPS)],
            "consent": self.needs_consent and not self.consented_by_id and self.state in (
                "accepted", "requested"),
            "can_receive": self.state in ("ready", "transit"),
            "late": self.is_late, "reason": self.refusal_reason or "",
        }

    @api.model
    def page_request(self, values):
        """Ask for a sample from the phone page, in one call (D9.4).

        :param dict values: product_id, quantity, wanted_date, purpose, remark
        :return: the row of the new request
        """
        allowed = ("product_id", "quantity", "wanted_date", "purpose", "remark", "showroom_id")
        request = self.create({name: values[name] for name in allowed if values.get(name)})
        request.action_request()
        return request._page_row()
