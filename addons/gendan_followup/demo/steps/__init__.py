"""The steps that build the factory, in the order of what needs what."""

from . import company, fleet, goods, partners, people, recipes, showroom, stock

STEPS = (
    company.set_up,
    company.make_units,
    people.build,
    goods.build,
    partners.build,
    fleet.build,
    recipes.build,
    stock.build,
    showroom.build,
    # last: the gates are for people, not for the script that builds
    company.switch_on,
)
