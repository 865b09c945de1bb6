from odoo import models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate


class LoadingReport(models.Model):
    """Counting and photographing beside the container (D6.1, D6.4)."""

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
                conditions.append(self._nobody_unmet() or report._not_supervisor_unmet())
        return unmet

    def _nobody_unmet(self):
        """Return the condition that this shared phone is in nobody's hands, or None (X17)."""
        user = self.env.user
        if user.id not in user._devices() or user._holder():
            return None
        return Unmet("badge", self.env._("%s stands for no single person", user.name),
                     self.env._("show your badge, or type your PIN"))

    def _sides(self):
        """Return which counts are the user's: the merchandiser's, the keeper's, none.

        On a shared phone they are those of whoever holds it.
        """
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
        lines = self._lines_of(counts)
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
                            "cartons": cartons, "client_key": key,
                            "employee_id": self.env.user._person().id})
        # the two who finish in one second come one after the other, so that one of them reveals
        self._take_turn()
        present.invalidate_recordset()
        present._reveal_when_both()
        return True

    def _lines_of(self, counts):
        """Return the lines that were counted, in sudo.

        :param dict counts: keyed by ids of lines, as number or as text
        :raise UserError: for goods of another report, or what is no id at all
        """
        known = {str(line.id): line for line in self.sudo().line_ids}
        if any(str(id_) not in known for id_ in counts):
            raise UserError(self.env._("These goods are not in %s.", self.name))
        return self.sudo().line_ids.browse([known[str(id_)].id for id_ in counts])

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
                           "client_key": client_key, "employee_id": self.env.user._person().id})
        return True
