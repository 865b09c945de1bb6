"""What stands between a fresh clone and a running Odoo: one small file per concern."""
