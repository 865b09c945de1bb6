from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gendan_followup.models.foundation.gate_mixin import Unmet, gate

ORIGINS = [
    ("complaint", "Complaint of the customer"), ("qc", "Quality control"), ("patrol", "Patrol"),
    ("loading", "Loading report"), ("enquiry", "Question or answer"), ("hand", "By hand"),
]
# who may see all cases, with their amounts (L-G9)
AMOUNTS = "gendan_liability.group_amounts"
# roles that report (section 12); they also bring forward the facts of their own reports
REPORTERS = ("qc", "merchandiser", "production", "packaging", "salesperson", "showroom",
             "sales_manager", "plan_manager", "general_manager")
# roles that trace any case
TRACERS = ("qc", "plan_manager", "general_manager")
# what is still written while the case lies before the panel
PANEL_FIELDS = {"match_ids", "panel_user_ids", "cause_id"}


class Incident(models.Model):
    """质量事故: a loss or complaint that is traced to rules and to people (L-G1).

    The reporter brings the facts; the system traces the records and proposes; the panel
    decides. What was reported is never deleted: a case ends as final, as a breach note
    without consequence, or withdrawn with a reason.
    """

    _name = "gendan.incident"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Incident"
    _order = "event_at desc, id desc"

    _transitions = {
        "reported": ("proposed", "breach", "cancel"),
        "proposed": ("reported", "decided", "breach", "cancel"),
        "decided": ("objected", "final"),
        "objected": ("decided",),
        "final": (),
        "breach": (),
        "cancel": (),
    }
    _open_states = ("reported", "proposed")
    _stamps = frozenset({
        "name", "reported_by_id", "reported_at", "percentage_id", "trace", "traced_at",
        "final_at", "closed_by_id", "closed_at", "close_reason",
    })

    name = fields.Char("Incident no.", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("reported", "Reported"), ("proposed", "Before the panel"), ("decided", "Decided"),
         ("objected", "Objected"), ("final", "Final"), ("breach", "Breach note"),
         ("cancel", "Withdrawn")],
        required=True, readonly=True, default="reported", copy=False, index=True, tracking=True,
        group_expand="_expand_states")

    subject = fields.Char("What happened", required=True)
    description = fields.Text("What was seen")
    origin = fields.Selection(ORIGINS, "Came from", required=True, default="hand")
    cause_id = fields.Many2one("gendan.incident.cause", "Kind", index=True, ondelete="restrict")
    discovered_at = fields.Datetime(required=True, default=fields.Datetime.now)
    discovered_in = fields.Selection(
        [("yard", "In our house"), ("customer", "By the customer")], "Discovered",
        required=True, default="yard")
    is_complaint = fields.Boolean("Formal complaint")
    event_at = fields.Datetime(
        "Fault at", index=True,
        help="When the mistake was made, not when it was found: it decides who was responsible.")
    reported_by_id = fields.Many2one("res.users", "Reported by", readonly=True, copy=False,
                                     index=True, ondelete="restrict")
    reported_at = fields.Datetime("Reported at", readonly=True, copy=False)

    # what it is about (L-G1)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice",
                                index="btree_not_null", ondelete="restrict", check_company=True)
    order_id = fields.Many2one(
        "sale.order", "Sales order", compute="_compute_from_notice", store=True, readonly=False,
        index="btree_not_null", ondelete="restrict",
        groups="gendan_followup.group_price")
    revision_id = fields.Many2one(
        "gendan.revision", compute="_compute_from_notice", store=True, readonly=False,
        ondelete="restrict", groups="gendan_followup.group_price")
    partner_id = fields.Many2one(
        "res.partner", "Customer", compute="_compute_from_order", store=True, readonly=False,
        index="btree_not_null")
    salesperson_id = fields.Many2one(
        "res.users", compute="_compute_from_order", store=True,
        index="btree_not_null")
    product_id = fields.Many2one("product.product", index="btree_not_null")
    lot_ids = fields.Many2many("stock.lot", string="Lots")
    production_ids = fields.Many2many("mrp.production", string="Manufacturing orders")
    purchase_ids = fields.Many2many("purchase.order", string="Purchase orders")
    picking_ids = fields.Many2many("stock.picking", string="Receipts and deliveries")
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", index="btree_not_null")
    shipping_id = fields.Many2one("gendan.shipping.notice", "Shipping notice",
                                  index="btree_not_null", ondelete="restrict", check_company=True)
    loading_report_id = fields.Many2one(
        "gendan.loading.report", "Loading report", index="btree_not_null", ondelete="restrict",
        check_company=True)
    container_no = fields.Char("Container no.", compute="_compute_container_no", store=True,
                               readonly=False)
    link_ids = fields.One2many("gendan.incident.link", "incident_id", "Other records")
    rework_id = fields.Many2one(
        "gendan.loading.rework", "Rework event", ondelete="restrict", check_company=True,
        help="The event that is charged once, however many reports speak of it (D6.5).")

    loss_ids = fields.One2many("gendan.incident.loss", "incident_id", "Losses")
    loss = fields.Monetary("Loss reckoned", compute="_compute_loss", store=True, groups=AMOUNTS,
                           currency_field="company_currency_id")
    has_loss = fields.Boolean(compute="_compute_loss", store=True)

    match_ids = fields.One2many("gendan.incident.match", "incident_id", "Matched rules")
    leading_rule_id = fields.Many2one(
        "gendan.liability.rule", "Leading rule", compute="_compute_leading", store=True,
        index="btree_not_null", ondelete="restrict")
    candidate_ids = fields.One2many("gendan.incident.candidate", "incident_id",
                                    "Every tracing", readonly=True)
    present_candidate_ids = fields.Many2many(
        "gendan.incident.candidate", compute="_compute_present_candidates",
        string="Candidates", help="As the last tracing found them, the likeliest first.")
    fact_ids = fields.One2many("gendan.incident.fact", "incident_id", "Every fact", readonly=True)
    share_ids = fields.One2many("gendan.incident.share", "incident_id", "Proposed shares",
                                readonly=True)
    percentage_id = fields.Many2one("gendan.liability.percentage", "Percentages used",
                                    readonly=True, copy=False, ondelete="restrict")
    trace = fields.Integer("Times traced", readonly=True, copy=False)
    traced_at = fields.Datetime("Traced at", readonly=True, copy=False)

    decision_ids = fields.One2many("gendan.incident.decision", "incident_id", "Decisions",
                                   readonly=True)
    decision_id = fields.Many2one("gendan.incident.decision", "Decision in force",
                                  compute="_compute_decision", store=True, ondelete="restrict")
    objection_ids = fields.One2many("gendan.incident.objection", "incident_id", "Objections",
                                    readonly=True)
    notification_ids = fields.One2many("gendan.incident.notification", "incident_id", "Told",
                                       readonly=True)
    measure_ids = fields.One2many("gendan.incident.measure", "incident_id", "8D", readonly=True)
    panel_user_ids = fields.Many2many(
        "res.users", "gendan_incident_panel_rel", string="Heard by the panel",
        domain=[("share", "=", False)], help="Sales manager, supervisors and head of quality "
        "as concerned; they read the case (L-G5).")
    party_user_ids = fields.Many2many(
        "res.users", "gendan_incident_party_rel", compute="_compute_parties", store=True,
        compute_sudo=True, string="Logins of the parties")
    final_at = fields.Datetime("Final since", readonly=True, copy=False, index=True)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_at = fields.Datetime(readonly=True, copy=False)
    close_reason = fields.Text("Reason", readonly=True, copy=False)

    _one_charge = models.UniqueIndex(
        "(rework_id) WHERE rework_id IS NOT NULL AND state <> 'cancel'",
        "This rework event has its incident already: it is charged once.")

    # --------------------------------------------------------------- computes

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for incident in self:
            incident.display_name = " ".join(filter(None, (incident.name, incident.subject)))

    @api.depends("notice_id")
    def _compute_from_notice(self):
        for incident in self:
            notice = incident.notice_id
            incident.order_id = notice.order_id or incident.order_id
            incident.revision_id = notice.revision_id or incident.revision_id

    @api.depends("notice_id", "order_id")
    def _compute_from_order(self):
        for incident in self:
            notice, order = incident.notice_id, incident.order_id
            incident.partner_id = notice.partner_id or order.partner_id or incident.partner_id
            incident.salesperson_id = notice.salesperson_id or order.user_id

    @api.depends("loading_report_id")
    def _compute_container_no(self):
        for incident in self:
            report = incident.loading_report_id
            incident.container_no = report.container_no or incident.container_no

    @api.depends("candidate_ids.trace", "trace")
    def _compute_present_candidates(self):
        for incident in self:
            incident.present_candidate_ids = incident.candidate_ids.filtered(
                lambda candidate: candidate.trace == incident.trace)

    @api.depends("loss_ids.amount_company")
    def _compute_loss(self):
        for incident in self:
            incident.loss = sum(incident.loss_ids.mapped("amount_company"))
            incident.has_loss = bool(incident.loss_ids)

    @api.depends("match_ids.is_leading")
    def _compute_leading(self):
        for incident in self:
            incident.leading_rule_id = incident.match_ids.filtered("is_leading")[:1].rule_id

    @api.depends("decision_ids")
    def _compute_decision(self):
        for incident in self:
            incident.decision_id = incident.decision_ids.sorted("id")[-1:]

    @api.depends("share_ids.employee_id.user_id", "decision_ids.line_ids.employee_id.user_id")
    def _compute_parties(self):
        for incident in self:
            incident.party_user_ids = incident._parties().user_id

    def _parties(self):
        """Return the employees who are named: in the proposal, or in any decision."""
        incidents = self.sudo()
        return incidents.share_ids.employee_id | incidents.decision_ids.line_ids.employee_id

    # ---------------------------------------------------------------- writing

    @api.model
    def _creation_stamps(self):
        return {"reported_by_id": self.env.uid, "reported_at": fields.Datetime.now(),
                "trace": 0}

    @api.model_create_multi
    def create(self, vals_list):
        """Number the case, and put beside it at once what the records say (L-G1)."""
        self._pass_role("report", REPORTERS)
        incidents = super().create(vals_list)
        if any(vals.get("panel_user_ids") for vals in vals_list):
            incidents._pass_gate("_gate_call")
        for incident in incidents.sudo():
            incident.name = self.env["ir.sequence"].with_company(incident.company_id).next_by_code(
                "gendan.incident")
        incidents._check_times()
        incidents.filtered("event_at")._trace()
        return incidents

    def write(self, vals):
        """Keep the facts as they were reported once they lie before the panel."""
        if not self.env.su and vals:
            self._pass_gate("_gate_work")
            if "panel_user_ids" in vals:
                self._pass_gate("_gate_call")
            facts = vals.keys() - PANEL_FIELDS
            if facts and (closed := self.filtered(lambda case: case.state == "proposed")):
                raise UserError(self.env._(
                    "%s lies before the panel: take it back to add facts.",
                    closed[0].display_name))
        result = super().write(vals)
        if vals.keys() & {"event_at", "discovered_at"}:
            self._check_times()
        return result

    @api.model
    def _expand_states(self, states, domain):
        """Return the columns of the board: all of them for who works with cases.

        Whoever only reads what is decided begins with that, not with an empty column.
        """
        if not self.has_access("create"):
            return states
        return [key for key, _label in self._fields["state"]._description_selection(self.env)]

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._(
            "%s is kept as evidence: withdraw it with a reason instead of deleting it.",
            self[:1].sudo().display_name))

    def copy_data(self, default=None):
        """Refuse: an incident is an event, and an event happens once (L-G1)."""
        raise UserError(self.env._("An incident is not copied: report what happened anew."))

    def _check_times(self):
        now = fields.Datetime.now()
        for incident in self:
            if incident.discovered_at > now:
                raise UserError(self.env._("%s: it cannot have been discovered in the future.",
                                           incident.display_name))
            if incident.event_at and incident.event_at > incident.discovered_at:
                raise UserError(self.env._(
                    "%s: the fault lies before its discovery; correct one of the two times.",
                    incident.display_name))

    # ----------------------------------------------------------------- people

    def _gendan_on(self):
        """Return all of them: a case is decided by its rules in every company."""
        return self

    def _pass_role(self, name, roles):
        """Refuse unless the user has, or stands in for somebody who has, one of ``roles``."""
        user = self.env.user
        if self.env.su or any(user._principals(role) for role in roles):
            return
        self.env["gendan.audit"]._refuse(
            self._gate_of("_gate_work")._replace(name=f"incident.{name}"), self, self.env._(
                "%(user)s cannot do this: incidents are reported by quality control, "
                "merchandisers, supervisors and the sales side.", user=user.name))

    @gate("incident.work", "L-G1 L-G5")
    def _gate_work(self):
        """A case is traced by its reporter, by quality control and by the chair."""
        user = self.env.user
        if any(user._principals(role) for role in TRACERS):
            return {}
        return {incident.id: [Unmet(
            "role", self.env._("%s is not yours to trace", incident.display_name),
            self.env._("%s, quality control or the plan manager does it",
                       incident.reported_by_id.name))]
            for incident in self if incident.reported_by_id != user}

    @gate("incident.call", "L-G5 L-G9")
    def _gate_call(self):
        """Who is heard by the panel reads all amounts: the chair says who, and no reporter."""
        user = self.env.user
        if self.env.su or user.has_group(AMOUNTS):
            return {}
        unmet = {}
        for incident in self:
            chairs = incident._chairs()
            if not incident._decides_for(chairs):
                unmet[incident.id] = [Unmet(
                    "role", self.env._("who is heard in %s is not yours to say", incident.name),
                    incident._remedy_for(chairs), tuple(chairs.ids))]
        return unmet

    # ------------------------------------------------------- ends without panel

    def action_breach(self, reason):
        """Close the case as a breach note: nothing came of it, so nobody bears a share.

        :param str reason: why there is no consequence
        :raise UserError: when a loss or a complaint is on record
        """
        self._pass_gate("_gate_work")
        self._pass_gate("_gate_breach")
        return self._close("breach", reason)

    @gate("incident.breach", "L-M1 section 12")
    def _gate_breach(self):
        """A breach note has no loss and no complaint."""
        return {incident.id: [Unmet(
            "loss", self.env._("%s has a loss or a complaint", incident.display_name),
            self.env._("the panel decides it"))]
            for incident in self if incident.sudo().loss or incident.is_complaint}

    def action_cancel(self, reason):
        """Withdraw a case that was reported by mistake; it stays readable.

        :param str reason: why
        """
        self._pass_gate("_gate_work")
        return self._close("cancel", reason)

    def _close(self, state, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("%s: say why.", self[:1].sudo().display_name))
        # nobody shares in a case that has no consequence
        self.sudo().share_ids.unlink()
        self._step(state, close_reason=reason, closed_by_id=self.env.uid,
                   closed_at=fields.Datetime.now())
        return True
