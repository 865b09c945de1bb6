from odoo import api, models
from odoo.tools import SQL
from odoo.tools.lru import LRU

from .role import ROLES, role_group

# who is there, who holds which role, what the house's calendars say: few rows, read whole
HOUSE = (
    ("res_users", "res_users t WHERE t.share IS NOT TRUE"),
    ("person", "res_users u JOIN res_partner t ON t.id = u.partner_id WHERE u.share IS NOT TRUE"),
    ("res_groups_users_rel", """role JOIN res_groups_users_rel t ON t.gid = role.id"""),
    ("res_company_users_rel", "res_company_users_rel t"),
    ("res_company", "res_company t"),
    ("gendan_milestone_lead", "gendan_milestone_lead t"),
    ("resource_calendar", "resource_calendar t"),
    ("resource_calendar_attendance", "resource_calendar_attendance t"),
    ("resource_calendar_leaves", "resource_calendar_leaves t WHERE t.resource_id IS NULL"),
    ("gendan_workday", "gendan_workday t"),
    ("mrp_workcenter", "mrp_workcenter t"),
    ("resource_resource", "mrp_workcenter w JOIN resource_resource t ON t.id = w.resource_id"),
    ("stock_location", "stock_location t"),
    ("product_attribute", "product_attribute t"),
    ("product_attribute_value", "product_attribute_value t"),
    ("uom_uom", "uom_uom t"),
)
# how rows hang on ``root`` by its ``need``, its ``carton`` and its ``goods``
NEEDED = (
    ("gendan_plate_job", """JOIN need ON need.i = root.i
        JOIN gendan_plate_job t ON t.product_id = need.product_id"""),
    ("gendan_artwork_approval", """JOIN need ON need.i = root.i JOIN gendan_plate_job j
        ON j.product_id = need.product_id JOIN gendan_artwork_approval t ON t.job_id = j.id"""),
    ("gendan_carton_specification", "JOIN carton t ON t.i = root.i"),
    ("carton_signature", """JOIN carton ON carton.i = root.i JOIN gendan_signature t
        ON t.res_model = 'gendan.carton.specification' AND t.res_id = carton.id"""),
    ("gendan_carton_sample", """JOIN carton ON carton.i = root.i
        JOIN gendan_carton_sample t ON t.specification_id = carton.id"""),
    ("product_product", """JOIN goods ON goods.i = root.i
        JOIN product_product t ON t.id = goods.product_id"""),
    ("product_template", """JOIN goods ON goods.i = root.i JOIN product_product p
        ON p.id = goods.product_id JOIN product_template t ON t.id = p.product_tmpl_id"""),
    ("product_variant_combination", """JOIN goods ON goods.i = root.i
        JOIN product_variant_combination t ON t.product_product_id = goods.product_id"""),
    ("product_template_attribute_value", """JOIN goods ON goods.i = root.i
        JOIN product_variant_combination c ON c.product_product_id = goods.product_id
        JOIN product_template_attribute_value t
        ON t.id = c.product_template_attribute_value_id"""),
    ("product_template_attribute_line", """JOIN goods ON goods.i = root.i
        JOIN product_variant_combination c ON c.product_product_id = goods.product_id
        JOIN product_template_attribute_value v
        ON v.id = c.product_template_attribute_value_id
        JOIN product_template_attribute_line t ON t.id = v.attribute_line_id"""),
)
ROLE = """role (id) AS (
    SELECT res_id FROM ir_model_data
     WHERE module = 'gendan_followup' AND name = ANY(%s) UNION
    SELECT r.gid FROM res_groups_implied_rel r JOIN role ON r.hid = role.id)"""


class RowVersion(models.AbstractModel):
    """One word that changes with any row that was read.

    PostgreSQL gives every version of a row its own place and transaction (``ctid``, ``xmin``);
    the word is made of those of all rows behind a record. So nobody has to tell a screen that
    something moved, whatever the door: a button, an import or plain SQL. No other app's write
    pays for it, and two equal words mean that every row is the very same.
    """

    _name = "gendan.row.version"
    _description = "Version of rows"

    def _define(self, function, arguments, statement):
        """Write a statement as a function: a connection plans it once, not at each look."""
        self.env.cr.execute(SQL(
            """
            CREATE OR REPLACE FUNCTION %s(%s)
            RETURNS TABLE (i int, version text) LANGUAGE plpgsql STABLE
            SET plan_cache_mode = force_generic_plan AS $body$
            #variable_conflict use_column
            BEGIN RETURN QUERY %s; END $body$
            """, SQL(function), SQL(arguments), statement))

    def _role(self):
        """Return the common table expression of all groups that make a role."""
        return SQL(ROLE, [role_group(role).partition(".")[2] for role in ROLES])

    def _whole(self, rows):
        """Return the versions of these rows, whosever they are."""
        return [SQL("SELECT %s || t.ctid || t.xmin FROM %s", tag, SQL(where))
                for tag, where in rows]

    def _one(self, parts):
        """Return one version of all of them."""
        return SQL("SELECT md5(STRING_AGG(v, ' ' ORDER BY v)) FROM (%s) house (v)",
                   SQL(" UNION ALL ").join(parts))

    def _rows(self, rows):
        """Return the versions of these rows, each with its record ``i``."""
        return [SQL("SELECT root.i, %s || t.ctid || t.xmin FROM root %s", tag, SQL(where))
                for tag, where in rows]

    def _house(self, *more):
        """Return the one version of what belongs to the house."""
        return SQL("(%s)", self._one([*self._whole(HOUSE), *more]))

    # ---------------------------------------------------------------- remembering

    def _memory(self, size):
        """Return what this worker remembers of this database for this model.

        It outlives no restart, and nobody has to keep it in line: what is remembered belongs
        to one version of all that was read.
        """
        memories = self.env.registry.__dict__.setdefault("gendan_memories", {})
        if self._name not in memories:
            memories[self._name] = LRU(size)
        return memories[self._name]

    def _ask(self, query):
        """Return the rows of a query for versions, or None while this transaction is writing.

        Then what is in its memory may be older than its rows, or its rows than its memory.
        """
        pending = self.env.transaction
        # ids of rows only: what a form is just thinking of, an onchange leaves behind
        if any(map(any, (*pending.field_dirty.values(), *pending.tocompute.values()))):
            return None
        rows = self.env.execute_query(SQL(
            "SELECT v.*, pg_current_xact_id_if_assigned() IS NOT NULL FROM (%s) v", query))
        return None if any(map(self._has_written, rows)) else rows

    @api.model
    def _has_written(self, row):
        """Whether this row was read by a transaction that has written something."""
        return row[-1]
