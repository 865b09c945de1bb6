from odoo import api, fields, models
from odoo.exceptions import UserError

PHOTOS = ("sample_photo", "bag_photo", "code_photo")
SAMPLE = (*PHOTOS, "operator_id", "sample_quantity", "retained_at")


class FirstArticle(models.Model):
    """The sheet on the phone: sample at the machine, decision wherever one is (X11, D5.2, D5.3)."""

    _name = "gendan.first.article"
    _inherit = ["gendan.first.article", "gendan.phone.mixin"]

    _phone_steps = ("present", "trial", "made", "fill", "answer", "send")

    marked_photo = fields.Image(
        "What is wrong, marked", max_width=1600, max_height=1600, readonly=True, copy=False,
        help="The decider's finger on the photo.")

    # ------------------------------------------------------------- at the machine

    def _phone_present(self, step):
        """The merchandiser stands at the machine."""
        self.action_present()

    def _phone_trial(self, step):
        """The trial begins."""
        self.action_start_trial()

    def _phone_made(self, step):
        """So many trial packs came out."""
        self.action_finish_trial(float(step["quantity"]) if step.get("quantity") else None)

    def _phone_fill(self, step):
        """Take photos, operator, number and place of the sample."""
        sent = step.get("values") or {}
        values = {name: sent[name] for name in SAMPLE if name in sent}
        if not values or sent.keys() - values.keys():
            raise UserError(self.env._("%s: only the sample is sent from the phone.", self.name))
        if (values.get("sample_quantity") or 0) < 0:
            raise UserError(self.env._("%(count)s samples: a sample cannot be below zero.",
                                       count=values["sample_quantity"]))
        self.write(values)

    def _phone_answer(self, step):
        """Take the answer to one point of the tick list."""
        self.sheet_id._phone_answer(step)

    def _phone_send(self, step):
        """Send the sample to the salesperson."""
        self.action_sample()

    @api.model
    def phone_open(self, line_id, workcenter_id):
        """Return the sheet that is open for a line on a machine; open one if there is none.

        :raise UserError: by somebody who has no part in it, or before the notice is in force
        """
        article = self.search([
            ("notice_line_id", "=", line_id), ("workcenter_id", "=", workcenter_id),
            ("decision", "=", "pending"), ("state", "=", "open")], limit=1)
        if not article:
            article = self.create({"notice_line_id": line_id, "workcenter_id": workcenter_id})
        return article.phone_article()

    def phone_article(self):
        """Return what the page at the machine shows of this sheet."""
        self.ensure_one()
        self.check_access("read")
        article = self.sudo()
        trial = article.trial_production_id
        return {
            **article.notice_line_id._phone_work(), "id": article.id, "name": article.name,
            "machine": article.workcenter_id.name, "decision": article.decision,
            "priority": article.is_priority and (self.priority_text or True),
            "present": article.present_by_id.name or "",
            "wants_trial": bool(article.company_id.trial_quantity),
            "trial": trial.state or "",
            "trial_quantity": article.trial_quantity or article.company_id.trial_quantity,
            "operator_id": article.operator_id.id, "operators": article._phone_operators(),
            "sample_quantity": article.sample_quantity, "retained_at": article.retained_at or "",
            "photos": article._phone_photos(), "fit": article.fit_result or "pending",
            "points": [point._phone_point() for point in article.line_ids],
            "sent": self._phone_clock(article.sampled_at), "decider": article._decider_name(),
            "reason": article.decision_reason or "",
        }

    def _phone_operators(self):
        """Return who may have run the machine: those on duty there now, else every operator."""
        duty = self.env["gendan.shift"]._on_duty(
            "operator", fields.Datetime.now(), self.workcenter_id)
        people = duty or self.env["hr.employee"].search(
            [("company_id", "=", self.company_id.id)]).filtered(
                lambda one: "operator" in one._roles())
        return [{"id": one.id, "name": one.name} for one in people | self.operator_id]

    def _phone_photos(self):
        """Return where each photo is found, or nothing; the pictures themselves stay where
        they are."""
        self.ensure_one()
        taken = self.env["ir.attachment"].search([
            ("res_model", "=", self._name), ("res_id", "=", self.id),
            ("res_field", "in", (*PHOTOS, "marked_photo"))]).grouped("res_field")
        return {name: f"/web/image/gendan.first.article/{self.id}/{name}?unique="
                f"{taken[name].checksum[:8]}" if name in taken else ""
                for name in (*PHOTOS, "marked_photo")}

    def _phone_light(self, mass, unmet):
        """Return the light of the machine for orders beyond the trial.

        :param mass: orders of one line on one machine, trial left out
        :param dict unmet: what the gate has against each order
        :return: ``{"light", "why", "article", "decider"}``
        """
        conditions = next((unmet[one.id] for one in mass if unmet.get(one.id)), [])
        if not mass and self.decision != "accepted":
            conditions = [self._not_accepted_unmet()] if self else []
        codes = {one.code for one in conditions} - {"first_article", "restart", "countersign"}
        if not conditions:
            light = "go"
        # a deviation says more of a rejection; without one it is what stops the machine
        elif codes - {"deviation"} or codes and self.decision != "rejected":
            light = "stop"
        elif self.decision == "pending":
            light = "waiting" if self.sampled_at else "trial"
        else:
            light = "rejected" if self.decision == "rejected" else "none"
        return {"light": light, "why": "\n".join(map(str, conditions)),
                "article": self.id, "decider": self._decider_name() if self else ""}

    # ------------------------------------------------------------------ decision

    @api.model
    def phone_decisions(self):
        """Return the samples that wait for the present user's word or signature (D5.3)."""
        waiting = self.search([
            ("company_id", "=", self.env.company.id), "|",
            "&", ("decision", "=", "pending"), ("sampled_at", "!=", False),
            "&", "&", ("decision", "=", "accepted"), ("by_phone", "=", True),
            ("countersigned_at", "=", False)], order="is_priority desc, id")
        return [{
            **article.notice_line_id._phone_work(), "id": article.id,
            "machine": article.sudo().workcenter_id.name, "priority": article.is_priority,
            "customer": article.sudo().partner_id.name or "",
            "sent": self._phone_clock(article.sampled_at),
            "countersign": article.decision == "accepted",
            "photo": article.sudo()._phone_photos()["sample_photo"],
        } for article in waiting if article._may_decide()]

    def phone_decision(self):
        """Return order on one side, sample on the other, and what is still missing (D5.3)."""
        self.ensure_one()
        article, line = self.sudo(), self.sudo().notice_line_id
        return {
            **self.phone_article(),
            "customer": article.partner_id.name or "", "quantity": line.ordered_text or "",
            "product_image": f"/web/image/product.product/{line.product_id.id}/image_1024",
            "bag_image": line.bag_version_id
            and f"/web/image/product.product/{line.bag_version_id.id}/image_1024",
            "operator": article.operator_id.name or "",
            "taken_by": article.sampled_by_id.name or "",
            "fit_points": [point._phone_point() for point in article.fit_sheet_id.line_ids],
            "missing": self.accept_missing or "", "can_decide": self.can_decide,
            "countersign": article.by_phone and not article.countersigned_at,
            "words": article.decision_reason or "",
        }

    def action_reject(self, reason, marked_photo=False):
        """Reject, and say what is wrong, with a finger on the photo (D5.3, D5.5).

        :param str reason: what differs from the order
        :param str marked_photo: the photo with the place marked, base64
        """
        self._check_reason(reason)
        self._check_photo_size({"marked_photo": marked_photo})
        return self._decide("rejected", reason, **(
            {"marked_photo": marked_photo} if marked_photo else {}))
