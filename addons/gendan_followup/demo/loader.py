from odoo import api, models

from .factory import Factory


class DemoFactory(models.AbstractModel):
    """What `demo/factory.xml` calls on an installation with demo data."""

    _name = "gendan.demo.factory"
    _description = "Demo factory"

    @api.model
    def _load(self):
        """Build the demo factory, in a company of its own where the main one is no factory."""
        Factory(self.env).ensure()

    @api.model
    def _complete(self, factory):
        """What other addons add to the factory; each calls super.

        :param factory: the :class:`~.factory.Factory`, with its own records built
        """
