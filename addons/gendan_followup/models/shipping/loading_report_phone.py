from odoo import api, models
from odoo.exceptions import UserError

# what is written of the head beside the container; every other name a phone sends is ignored
PHONE_HEAD = {"container_no", "seal_no", "check_clean", "check_dry", "check_holes", "check_doors",
              "check_smell", "condition_remark", "space_reason", "remark"}
TICKS = ("product_ok", "mark_ok", "lot_ok")


class LoadingReport(models.Model):
    """The page beside the container, and what a phone sends when it is back (X11, X17)."""

    _name = "gendan.loading.report"
    _inherit = ["gendan.loading.report", "gendan.phone.mixin"]

    _phone_steps = ("tally", "photo", "head", "tick")

    # ------------------------------------------------------------------- steps

    def _phone_tally(self, step):
        self.action_tally(step.get("counts") or {}, client_key=step["key"])

    def _phone_photo(self, step):
        self.action_photo(step.get("stage"), step.get("image"), client_key=step["key"])

    def _phone_head(self, step):
        self.write({name: value for name, value in (step.get("values") or {}).items()
                    if name in PHONE_HEAD})

    def _phone_tick(self, step):
        line = self.line_ids.filtered(lambda line: line.id == step.get("line"))
        if not line:
            raise UserError(self.env._("These goods are not in %s.", self.name))
        line.write({name: bool(value) for name, value in (step.get("values") or {}).items()
                    if name in TICKS})

    # ------------------------------------------------------------ what it shows

    def action_open_phone(self):
        """Open the page for beside the container."""
        self.ensure_one()
        return {"type": "ir.actions.client", "tag": "gendan_loading_page", "name": self.name,
                "params": {"report_id": self.id}}

    def phone_state(self):
        """Return what the phone page shows: never the other side's count before both are in."""
        self.ensure_one()
        self.check_access("read")
        present = self.sudo().round_id
        lines = [{
            "id": line.id, "product": line.product_id.sudo().display_name,
            "mark": line.mark or "", "cartons": line.cartons, "my_count": line.my_count,
            **{name: line[name] for name in TICKS},
            "merchandiser_count": line.merchandiser_count, "keeper_count": line.keeper_count,
            "counted": bool(present.tally_ids.filtered(
                lambda tally, line=line: tally.line_id.id == line.id)._own()),
        } for line in self.line_ids]
        return {
            "id": self.id, "name": self.name, "state": self.state,
            "customer": self.partner_id.sudo().display_name,
            "container": self.container_type_id.name or "",
            "sides": self._sides(), "round": present.number, "revealed": present.is_revealed,
            "head": {name: self[name] or "" for name in sorted(PHONE_HEAD)},
            "warning": self.container_warning or "",
            "photos": self.photo_ids.mapped("stage"),
            # who only counts cannot close it either
            "lines": lines, "missing": self._is_supervisor() and self.close_missing or "",
        }

    @api.model
    def phone_supervised(self):
        """Return the loadings that the user is to stand beside, as rows of the phone's list."""
        reports = self.search([
            ("state", "in", self._open_states), ("supervisor_id", "=", self.env.uid),
            ("company_id", "=", self.env.company.id)])
        return [{**report.shipping_id._phone_load(), "report": report.id, "document": report.name,
                 "running": report.state == "running"} for report in reports]
