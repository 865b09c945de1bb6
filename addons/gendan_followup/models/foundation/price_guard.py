from odoo import api, models


class PriceGuard(models.AbstractModel):
    """Keep prices from people who work with goods only (design 6.1).

    Field groups would hide the same fields in every company; this hides them only
    from users of a company that uses 跟单 (X20) who are not in `group_price`.
    """

    _name = "gendan.price.guard"
    _description = "Price guard"
    _price_fields = frozenset()

    def _has_field_access(self, field, operation):
        if field.name in self._price_fields and not self.env.su and self._is_price_blind():
            return False
        # every read asks this about every field: what carries no groups is free, as in core
        return not field.groups or super()._has_field_access(field, operation)

    def copy_data(self, default=None):
        """Copy without prices for who may not see them: back-orders, returns, splits."""
        if self.env.su or not self._is_price_blind():
            return super().copy_data(default)
        hidden = self._price_fields & self._fields.keys() - set(default or ())
        return [
            vals and {name: value for name, value in vals.items() if name not in hidden}
            for vals in super().copy_data({**(default or {}), **dict.fromkeys(hidden, False)})]

    @api.model
    def _without_costs(self, node):
        """Return report data with every cost and price at 0, however deep it lies.

        >>> self._without_costs({"bom_cost": 3.5, "lines": [{"unit_price": 2, "quantity": 4}]})
        ... # doctest: +SKIP
        {'bom_cost': 0, 'lines': [{'unit_price': 0, 'quantity': 4}]}
        """
        if isinstance(node, dict):
            return {key: 0 if self._tells_cost(key, value) else self._without_costs(value)
                    for key, value in node.items()}
        if isinstance(node, list | tuple):
            return type(node)(self._without_costs(item) for item in node)
        return node

    @api.model
    def _tells_cost(self, key, value):
        return (isinstance(key, str) and ("cost" in key or "price" in key)
                and isinstance(value, int | float) and not isinstance(value, bool))

    @api.model
    def _is_price_blind(self):
        """Whether the present user may see no price at all."""
        user = self.env.user
        if user.has_group("gendan_followup.group_price") or user.share:
            return False
        # his own companies decide, whatever companies the request names
        return not self.env["res.company"]._timezones_on().keys().isdisjoint(
            user._get_company_ids())
