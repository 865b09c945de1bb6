"""The demo factory in plain tables, one concern a file; nothing here knows Odoo's ORM."""
