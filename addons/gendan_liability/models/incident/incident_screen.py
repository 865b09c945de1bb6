from markupsafe import Markup

from odoo import api, fields, models

from .incident import AMOUNTS

# colours of the bar, one a person in turn; the part nobody bears is hatched
COLOURS = ("#71639e", "#2e8b8b", "#c77d2b", "#4f7cac", "#a8577e", "#6b8e4e", "#8a6d4b")
CHANGING = ("reported", "proposed")
# what a case is linked to, as chips: field and icon, in the order of the work
CHIPS = {
    "order_id": "fa-file-text-o", "notice_id": "fa-clipboard", "product_id": "fa-cube",
    "workcenter_id": "fa-cog", "lot_ids": "fa-barcode", "production_ids": "fa-wrench",
    "purchase_ids": "fa-shopping-cart", "picking_ids": "fa-exchange",
    "shipping_id": "fa-paper-plane-o", "loading_report_id": "fa-truck",
    "rework_id": "fa-repeat",
}


class Incident(models.Model):
    """What the screen shows of a case, and to whom (screens 10, L-G9)."""

    _inherit = "gendan.incident"

    sees_amounts = fields.Boolean(compute="_compute_sees_amounts")
    is_party = fields.Boolean("Names me", compute="_compute_is_party", search="_search_is_party")
    loss_shown = fields.Monetary("Loss", compute="_compute_loss_shown",
                                 currency_field="company_currency_id")
    chips_html = fields.Html("Linked records", compute="_compute_chips_html", sanitize=False)
    shares_bar = fields.Html(compute="_compute_shares_bar", sanitize=False)
    timeline_html = fields.Html("In order of time", compute="_compute_timeline_html",
                                sanitize=False)
    next_step = fields.Char(compute="_compute_next_step")
    can_work = fields.Boolean(compute="_compute_buttons")
    can_edit = fields.Boolean(compute="_compute_buttons")
    can_decide = fields.Boolean(compute="_compute_buttons")
    can_object = fields.Boolean(compute="_compute_buttons")
    can_settle = fields.Boolean(compute="_compute_buttons")
    can_finalize = fields.Boolean(compute="_compute_buttons")
    can_hand_over = fields.Boolean(compute="_compute_buttons")
    match_count = fields.Integer(compute="_compute_match_count")

    # ------------------------------------------------------------- who sees what

    def _sees_amounts(self):
        """Whether the present user may see all amounts of this case (L-G9)."""
        self.ensure_one()
        user = self.env.user
        return self.env.su or user.has_group(AMOUNTS) or user in self.sudo().panel_user_ids

    @api.depends_context("uid")
    @api.depends("panel_user_ids")
    def _compute_sees_amounts(self):
        for incident in self:
            incident.sees_amounts = incident._sees_amounts()

    @api.depends_context("uid")
    @api.depends("party_user_ids")
    def _compute_is_party(self):
        for incident in self:
            incident.is_party = self.env.user in incident.sudo().party_user_ids

    @api.model
    def _search_is_party(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        wanted = (operator == "in") == (True in value)
        return [("party_user_ids", "in" if wanted else "not in", [self.env.uid])]

    @api.depends_context("uid")
    @api.depends("loss", "party_user_ids", "panel_user_ids")
    def _compute_loss_shown(self):
        for incident, known in zip(self, self.sudo(), strict=True):
            visible = incident.sees_amounts or incident.is_party or (
                known.reported_by_id == self.env.user)
            incident.loss_shown = known.loss if visible else 0

    # --------------------------------------------------------------- the chips

    @api.depends_context("uid", "lang")
    @api.depends(*CHIPS, "container_no", "link_ids.record")
    def _compute_chips_html(self):
        """Name what the case is about; what the reader may open is a link."""
        for incident, known in zip(self, self.sudo(), strict=True):
            chips = [self._chip(record, icon)
                     for name, icon in CHIPS.items() for record in known[name]]
            if known.container_no:
                chips.append(self._chip_text("fa-archive", known.container_no))
            chips += [self._chip(link.record, "fa-link") if link.record
                      else self._chip_text("fa-link", link.label) for link in known.link_ids]
            incident.chips_html = Markup('<div class="o_incident_chips">%s</div>') % (
                Markup().join(dict.fromkeys(chips))) if chips else False

    def _chip(self, record, icon):
        own = record.sudo(False).with_user(self.env.user)
        if not own.has_access("read"):
            return self._chip_text(icon, record.display_name)
        return Markup('<a class="o_incident_chip" href="/odoo/%s/%s"><i class="fa %s"></i>%s</a>'
                      ) % (record._name, record.id, icon, record.display_name)

    def _chip_text(self, icon, text):
        return Markup('<span class="o_incident_chip"><i class="fa %s"></i>%s</span>') % (icon, text)

    # ---------------------------------------------------------------- the bar

    @api.depends_context("uid", "lang")
    @api.depends("share_ids.percent", "share_ids.employee_id", "decision_id")
    def _compute_shares_bar(self):
        for incident in self:
            lines = incident.decision_id.line_ids or incident.share_ids
            incident.shares_bar = incident._bar(lines) if lines else False

    def _bar(self, lines):
        """Return the shares as one stacked bar, what nobody bears hatched at its end."""
        known = lines.sudo()
        roles = dict(lines._fields["role"]._description_selection(self.env))
        # a role without a person is what nobody bears yet
        named = [line for line in known if line.employee_id and line.percent]
        rest = max(100 - sum(line.percent for line in named), 0)
        parts = [(line.employee_id.name, roles[line.role], line.percent, line.percent,
                  lines.browse(line.id).amount_shown, COLOURS[number % len(COLOURS)])
                 for number, line in enumerate(named)]
        segments = Markup().join(self._segment(*part) for part in parts)
        if round(rest, 4) > 0:
            segments += self._segment(self.env._("Unassigned"), "", rest, rest, 0, "")
        zero = [line for line in known if not line.percent]
        if zero:
            segments += Markup('<div class="o_incident_named">%s</div>') % self.env._(
                "Named with 0: %s", ", ".join(
                    f"{line.employee_id.name or '?'} ({roles[line.role]})" for line in zero))
        return Markup('<div class="o_incident_bar">%s</div>') % segments

    def _segment(self, name, role, percent, width, amount, colour):
        money = self.company_currency_id.format(amount) if amount else ""
        style = f"background-color: {colour};" if colour else ""
        return Markup(
            '<div class="o_incident_segment {hatched}" style="flex-grow: {width:.4f}; {style}">'
            "<strong>{name}</strong><span>{role}</span><span>{percent:.12g}% {money}</span></div>"
        ).format(hatched="" if colour else "o_incident_unassigned", width=width, style=style,
                 name=name, role=role, percent=round(percent, 2), money=money)

    # ----------------------------------------------------------- the timeline

    @api.depends_context("lang")
    @api.depends("fact_ids", "trace", "match_ids.rule_id", "event_at",
                 "discovered_at", "reported_at")
    def _compute_timeline_html(self):
        for incident in self:
            rows = incident._timeline() if incident.name and incident.event_at else []
            incident.timeline_html = Markup('<ol class="o_incident_timeline">%s</ol>') % (
                Markup().join(Markup(
                    '<li class="o_incident_at_{kind}"><time>{when}</time>'
                    "<span>{sentence}</span></li>").format(
                        kind=kind, when=incident._printed(moment), sentence=sentence)
                    for moment, kind, sentence in rows)) if rows else False

    def _timeline(self):
        """Return ``[(moment, kind, sentence)]``: what happened, and what the records say.

        Each record once, of the matched rules or of all cards while none is matched; a
        record that is missing has no time and stands at the end.
        """
        self.ensure_one()
        matched = self.match_ids.rule_id or self.present_candidate_ids.rule_id
        facts = self.present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id in matched).fact_ids
        rows = [(self.event_at, "event", self.env._("The fault")),
                (self.discovered_at, "event", self.env._("Discovered")),
                (self.reported_at, "event", self.env._(
                    "Reported by %s", self.reported_by_id.name))]
        rows += dict.fromkeys((fact.happened_at, fact.verdict, fact.sentence) for fact in facts)
        timed = sorted((row for row in rows if row[0]), key=lambda row: row[0])
        return timed + [row for row in rows if not row[0]]

    # ---------------------------------------------------------------- buttons

    @api.depends_context("uid")
    @api.depends("state", "match_ids", "decision_id")
    def _compute_buttons(self):
        unmet = {gate: self._gate_unmet(gate) if self.ids else {} for gate in (
            "_gate_work", "_gate_decide", "_gate_settle", "_gate_finalize", "_gate_hand_over")}
        own = self.env.user.sudo().employee_ids
        for incident in self:
            known = incident.sudo()
            incident.can_work = incident.state in CHANGING and (
                incident.id not in unmet["_gate_work"])
            incident.can_edit = incident.can_work and incident.state == "reported"
            incident.can_decide = incident.id not in unmet["_gate_decide"] and bool(incident.id)
            incident.can_settle = incident.state == "objected" and (
                incident.id not in unmet["_gate_settle"])
            incident.can_finalize = incident.state == "decided" and (
                incident.id not in unmet["_gate_finalize"])
            incident.can_hand_over = incident.state in ("decided", "objected", "final") and (
                incident.id not in unmet["_gate_hand_over"])
            incident.can_object = incident.state in ("decided", "objected") and bool(
                own & known.decision_id.line_ids.employee_id - known._objectors())

    @api.depends_context("uid", "lang")
    @api.depends("state", "event_at", "has_loss", "match_ids", "is_complaint")
    def _compute_next_step(self):
        """Say in one line what the case waits for, from the gates that would refuse."""
        for incident in self:
            unmet = []
            if incident.state == "reported" and incident.id:
                unmet = incident._gate_propose().get(incident.id)
            elif incident.state == "proposed":
                unmet = [incident._decide_hint()]
            elif incident.state == "decided":
                unmet = incident._term_hints()
            incident.next_step = "\n".join(map(str, unmet or ())) or False

    def _term_hints(self):
        """Return the terms still open: all of them for the panel, his own one for a party."""
        if self.sees_amounts:
            return self._open_terms()
        own = self.env.user.sudo().employee_ids & self.sudo().decision_id.line_ids.employee_id
        return [self.env._("You may object until %s.", self._told(person)[-1:].objection_until)
                for person in own - self.sudo()._objectors() if self._told(person)]

    def _decide_hint(self):
        if self._needs_leader():
            return self.env._("The matched rules name different primary parties: choose the rule "
                              "that leads.")
        return self.env._("Waits for %s to decide.", ", ".join(
            self._chairs().mapped("name")) or self.env._("somebody uninvolved"))

    @api.depends("match_ids")
    def _compute_match_count(self):
        for incident in self:
            incident.match_count = len(incident.match_ids)

    def action_open_decide(self):
        """Open the panel's sheet, filled with the proposal."""
        self.ensure_one()
        return self._open_wizard("gendan.incident.decide", self.env._("Decide"))

    def action_open_reason(self):
        """Ask for the reason of the step that the button names, then do it."""
        self.ensure_one()
        return self._open_wizard("gendan.incident.reason", self.env._("Reason"))

    def _open_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window", "res_model": model, "view_mode": "form",
            "target": "new", "name": name,
            "context": {**self.env.context, "default_incident_id": self.id},
        }
