{
    "name": "Order follow-up 跟单",
    "summary": "From the salesperson's order to the truck that leaves: signatures, materials, "
               "plan, first article, loading",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "author": "Gendan",
    "license": "AGPL-3",
    "depends": [
        "sale_stock",
        "sale_mrp",
        "purchase_stock",
        "purchase_mrp",
        "mrp_account",
        "product_expiry",
        "stock_fleet",
        "hr_fleet",
    ],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/sequences.xml",
    ],
    "demo": ["demo/factory.xml"],
    "application": True,
    "installable": True,
}
