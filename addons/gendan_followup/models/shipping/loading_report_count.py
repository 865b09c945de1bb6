from odoo import models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate

# what a phone may send from its queue; every other name is refused
PHONE_STEPS = ("tally", "photo", "head", "tick")
PHONE_HEAD = {"container_no", "seal_no", "check_clean", "check_dry", "check_holes", "check_doors",
              "check_smell", "condition_remark", "space_reason", "remark"}


class LoadingReport(models.Model):
    """Counting, photographing, and what a phone sends when it is back on the network (X11)."""

    _inherit = "gendan.loading.report"

    @gate("loading.count", "D6.4")
    def _gate_count(self):
        """Counted is what is being loaded, by its supervisor or by the keeper."""
        unmet = {}
        for report in self:
            conditions = unmet.setdefault(report.id, [])
            if report.state != "running":
                conditions.append(Unmet("state", self.env._(
                    "%(report)s is %(state)s", report=report.name,
                    state=report._state_label(report.state)),
                    self.env._("the supervisor starts it first")))
            if not report._sides():
                conditions.append(report._not_supervisor_unmet())
        return unmet

    def _sides(self):
        """Return which counts are the user's: the merchandiser's, the keeper's, none."""
        self.ensure_one()
        sides = ["merchandiser"] if self._is_supervisor() else []
        if not sides and self.env.user._principals("finished_keeper"):
            sides = ["keeper"]
        return sides

    def action_tally(self, counts, client_key=False):
        """Enter the user's own count, blind to the other side's (D6.4).

        :param dict counts: loading line id → cartons
        :param str client_key: of the phone; what arrives twice counts once
        """
        self.ensure_one()
        self._pass_gate("_gate_count")
        present = self.sudo().round_id
        lines = self.sudo().line_ids.browse([int(id_) for id_ in counts])
        if lines - self.sudo().line_ids:
            raise UserError(self.env._("These goods are not in %s.", self.name))
        if present.is_revealed:
            raise UserError(self.env._(
                "Both counts of %s are in and shown: count again in a new round.", self.name))
        # the server decides whose count it is; nobody writes tallies by himself
        tallies = self.env["gendan.loading.tally"].sudo()
        side = self._sides()[0]
        for line in lines:
            cartons = counts.get(line.id, counts.get(str(line.id)))
            tallies._check_cartons(cartons, line)
            key = client_key and f"{client_key}/{line.id}"
            if key and tallies.search_count([("client_key", "=", key)]):
                continue
            tallies.create({"round_id": present.id, "line_id": line.id, "side": side,
                            "cartons": cartons, "client_key": key})
        # the two who finish in one second come one after the other, so that one of them reveals
        self._take_turn()
        present.invalidate_recordset()
        present._reveal_when_both()
        return True

    def action_recount(self):
        """Count anew after a difference; the counts so far stay on record (D6.4)."""
        self._pass_gate("_gate_supervise")
        for report in self:
            if report.state != "running" or not report.sudo().round_id.is_revealed:
                raise UserError(self.env._("%s: both counts come first.", report.name))
            report.sudo().write({"round_id": report._new_round().id})
        return True

    def action_photo(self, stage, image, client_key=False):
        """Add a photo, as supervisor or keeper.

        :param str stage: a value of the photo's ``stage``
        :param str image: base64
        :param str client_key: of the phone
        """
        self.ensure_one()
        self._pass_gate("_gate_count")
        photos = self.env["gendan.loading.photo"].sudo()
        if not client_key or not photos.search_count([("client_key", "=", client_key)]):
            photos.create({"report_id": self.id, "stage": stage, "image": image,
                           "client_key": client_key})
        return True

    def action_sync(self, steps):
        """Do what a phone noted while it was off the network; each step for itself.

        :param list steps: ``{"key", "kind", …}`` in the order in which they were done
        :return: ``{key: False or why it was refused}``; a refused step loses no other one
        """
        self.ensure_one()
        results = {}
        for step in steps:
            key = str(step.get("key") or "")
            if not key or step.get("kind") not in PHONE_STEPS:
                raise UserError(self.env._("A phone sent something unknown."))
            try:
                with self.env.cr.savepoint():
                    getattr(self, f"_sync_{step['kind']}")(step, key)
                    self.env.flush_all()
                results[key] = False
            except UserError as error:
                self.invalidate_recordset()
                results[key] = str(error)
        return results

    def _sync_tally(self, step, key):
        self.action_tally(step.get("counts") or {}, client_key=key)

    def _sync_photo(self, step, key):
        self.action_photo(step.get("stage"), step.get("image"), client_key=key)

    def _sync_head(self, step, key):
        values = {name: value for name, value in (step.get("values") or {}).items()
                  if name in PHONE_HEAD}
        self.write(values)

    def _sync_tick(self, step, key):
        line = self.line_ids.filtered(lambda line: line.id == step.get("line"))
        line.write({name: bool(value) for name, value in (step.get("values") or {}).items()
                    if name in ("product_ok", "mark_ok", "lot_ok")})

    def action_open_phone(self):
        """Open the page for beside the container."""
        self.ensure_one()
        return {"type": "ir.actions.client", "tag": "gendan_loading_page", "name": self.name,
                "params": {"report_id": self.id}}

    def phone_state(self):
        """Return what the phone page shows: never the other side's count before both are in."""
        self.ensure_one()
        self.check_access("read")
        lines = [{
            "id": line.id, "product": line.product_id.sudo().display_name,
            "mark": line.mark or "", "cartons": line.cartons, "my_count": line.my_count,
            "product_ok": line.product_ok, "mark_ok": line.mark_ok, "lot_ok": line.lot_ok,
            "merchandiser_count": line.merchandiser_count, "keeper_count": line.keeper_count,
            "counted": bool(line.report_id.sudo().round_id.tally_ids.filtered(
                lambda t: t.line_id == line and t.user_id == self.env.user)),
        } for line in self.line_ids]
        return {
            "id": self.id, "name": self.name, "state": self.state,
            "customer": self.partner_id.sudo().display_name,
            "container": self.container_type_id.name or "",
            "sides": self._sides(), "round": self.sudo().round_id.number,
            "revealed": self.sudo().round_id.is_revealed,
            "head": {name: self[name] or "" for name in sorted(PHONE_HEAD)},
            "warning": self.container_warning or "",
            "photos": self.photo_ids.mapped("stage"),
            # who only counts cannot close it either
            "lines": lines, "missing": self._is_supervisor() and self.close_missing or "",
        }
