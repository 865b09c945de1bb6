"""The showroom: its shelf, its people, and what should lie there (D9)."""

from odoo.fields import Command

# product → packs that the shelf should hold
SHELF = {"F01": 4, "F12": 4, "F15": 2}


def build(factory):
    """Make the showroom and the minimum of each sample."""
    factory.make("gendan.showroom", {"showroom_yiwu": None}, lambda row: {
        "name": "店面-义乌", "company_id": factory.company.id,
        "location_id": factory.id("location_showroom"), "partner_id": factory.id("showroom"),
        "salesperson_ids": [Command.set([factory.id("user_E06")])],
        "merchandiser_id": factory.id("user_E11"),
    })
    factory.make("gendan.showroom.minimum", {f"shelf_{code}": code for code in SHELF},
                 lambda code: {"showroom_id": factory.id("showroom_yiwu"),
                               "product_id": factory.id(code), "minimum": SHELF[code]})
