from odoo import api, models
from odoo.exceptions import UserError

ANSWERED = ("result", "measured_value", "note", "photo", "tried_count", "good_count")
# what others ask of quality control; the rest it opens by itself where it stands
ASKED_KINDS = ("bag_fit", "issue_recheck", "piece_count", "sorting")
MOST_ROWS = 80


class CheckSheet(models.Model):
    """A sheet on the phone: what it shows, and what comes back from it (X11, X13)."""

    _inherit = "gendan.check.sheet"

    _phone_steps = ("answer", "close", "skip")

    def _phone_answer(self, step):
        """Take the answer to one point.

        :param dict step: ``point`` (id), ``values``, ``event_at``
        """
        point = self.line_ids.filtered(lambda line: line.id == step.get("point"))
        if not point:
            raise UserError(self.env._("%s has no point of that kind.", self.name))
        sent = step.get("values") or {}
        answer = {name: sent[name] for name in ANSWERED if name in sent}
        if not answer or sent.keys() - answer.keys():
            raise UserError(self.env._("%s: only an answer is sent from the phone.", self.name))
        point.write({**answer, **({"event_at": step["event_at"]} if step["event_at"] else {})})

    def _phone_close(self, step):
        """Close the sheet as it is answered."""
        self.action_close(event_at=step["event_at"])

    def _phone_skip(self, step):
        """Say openly that the rest was not checked."""
        self.action_skip(event_at=step["event_at"])

    @api.model
    def phone_waiting(self):
        """Return the open sheets that wait for whoever of quality control holds the phone.

        The oldest first, each as `phone_state` says it and since when it waits (L-Q1, L-Q3).
        """
        if not self.env.user._principals("qc"):
            return []
        sheets = self.search(
            [("state", "=", "open"), ("kind", "in", ASKED_KINDS),
             ("company_id", "=", self.env.company.id)], order="id", limit=MOST_ROWS)
        return [{**sheet.phone_state(), "since": self._phone_clock(sheet.opened_at)}
                for sheet in sheets]

    def phone_state(self):
        """Return what the phone page shows of this sheet."""
        self.ensure_one()
        self.check_access("read")
        sheet = self.sudo()
        return {
            "id": self.id, "name": self.name, "kind": self.kind, "state": self.state,
            "title": sheet.template_id.name, "result": self.result,
            "product": sheet.product_id.display_name or sheet.notice_line_id.display_name or "",
            "lot": sheet.lot_id.name or "", "notice": sheet.notice_id.name or "",
            "points": [point._phone_point() for point in self.line_ids],
        }

    def _phone_tally(self):
        """Return how many counts and sortings these sheets are, and what needs a look."""
        closed = self.filtered(lambda sheet: sheet.state == "closed")
        return {
            "piece_count": len(closed.filtered(lambda sheet: sheet.kind == "piece_count")),
            "sorting": len(closed.filtered(lambda sheet: sheet.kind == "sorting")),
            "bad": len(closed.filtered(lambda sheet: sheet.result in ("not_ok", "skipped"))),
        }
