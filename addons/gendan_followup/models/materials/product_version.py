from odoo import fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Gate, Unmet
from ..foundation.reading import read_together

WITHDRAWERS = ("merchandiser", "plan_manager", "salesperson", "sales_manager")


class ProductProduct(models.Model):
    """The life of a packaging version: new, regular by its first use, withdrawn (A14, D2.8)."""

    _inherit = "product.product"

    plate_job_ids = fields.One2many("gendan.plate.job", "product_id", "Plate jobs")
    version_status_ids = fields.One2many("gendan.version.status", "product_id",
                                         "Status history", readonly=True)

    def _became_regular(self, first_article):
        """Make the new ones of these versions regular: used in an accepted first article (A14).

        The first order of a version has to have been received, whether or not somebody
        checked it. What was never received stays new.

        :param first_article: the accepted `gendan.first.article`
        """
        new = self.sudo().filtered(lambda version: version.packaging_kind
                                   and version.packaging_state == "new")
        used = new & new._received_ever()
        used._set_version_status("regular", first_article=first_article)
        return used.sudo(False)

    def _received_ever(self):
        """Return those of which something came from a supplier, or lay on stock at the start."""
        moves = self.env["stock.move"].sudo()._read_group([
            ("product_id", "in", self.ids), ("state", "=", "done"), ("quantity", ">", 0),
            ("location_id.usage", "in", ("supplier", "inventory")),
            ("location_dest_id.usage", "=", "internal")], ["product_id"])
        return self.browse(product.id for product, in moves)

    def action_withdraw_version(self, reason):
        """Withdraw versions: from now on nobody orders or issues them.

        :param str reason: who does not want them any more, and why
        """
        user = self.env.user
        if not any(user._principals(role) for role in WITHDRAWERS):
            self.env["gendan.audit"]._refuse(
                Gate("packaging.withdraw", "D2.8"), self, self.env._(
                    "%s: a version is withdrawn by the merchandiser or the salesperson.",
                    ", ".join(self.mapped("display_name"))))
        if not (reason or "").strip():
            raise UserError(self.env._("%s: say why it is withdrawn.", self[:1].display_name))
        self.sudo().filtered("packaging_kind")._set_version_status("withdrawn", reason=reason)
        return True

    def _set_version_status(self, status, *, first_article=None, reason=False):
        self.env["gendan.version.status"].create([{
            "product_id": version.id, "old_status": version.packaging_state or "",
            "status": status, "reason": reason,
            "first_article_id": first_article.id if first_article else False,
        } for version in self])
        # nobody types a status (A14): it follows from the event
        self.write({"packaging_state": status})

    # -------------------------------------------------------------- before ordering

    def _artwork_unmet(self):
        """Return ``{version id: [Unmet, …]}`` of what may not be ordered yet (D2.8).

        A regular version is a repeat and needs no job; a new one needs artwork that
        salesperson and customer approved, and that is still that very file. Cartons carry a
        mark and no artwork; they have their carton specification (D3.6).
        """
        versions = self.sudo()
        jobs = versions._open_jobs()
        return {version.id: version._artwork_conditions(
            jobs.get(version, self.env["gendan.plate.job"])) for version in versions}

    def _open_jobs(self):
        """Return ``{version: its latest plate job}`` in sudo, in one query."""
        versions = self.sudo()
        read_together(versions, "plate_job_ids")
        jobs = versions.plate_job_ids.filtered(lambda job: job.state != "cancel")
        return {job.product_id: job for job in jobs.sorted("id")}

    def _artwork_conditions(self, job):
        self.ensure_one()
        if self.packaging_kind and self.packaging_state == "withdrawn":
            return [Unmet("withdrawn", self.env._("%s is withdrawn", self.display_name),
                          self.env._("order the version that took its place"))]
        if job:
            return job._artwork_conditions() if (
                self.packaging_state != "regular" or not job.is_repeat) else []
        if self.packaging_kind in ("bag", "film") and self.packaging_state == "new":
            merchandisers = self.env["res.users"]._users_of_role("merchandiser")
            return [Unmet("no_plate_job", self.env._(
                "%s is new and has no approved artwork", self.display_name),
                self.env._("the merchandiser starts its plate job"), tuple(merchandisers.ids))]
        return []
