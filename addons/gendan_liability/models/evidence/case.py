"""The records of one case, each kind read once and only when a rule asks for it."""

import json
from datetime import timedelta
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.gendan_followup.models.foundation.revision import SIGNING_ROLES
from odoo.addons.gendan_followup.models.shipping.dispatch import REPLANNED

SUBMISSIONS = ("submit", "resubmit_unchanged")
# how long before its order an attempt can lie that still has to do with it
BEFORE = timedelta(days=1)


class Case:
    """What the rules' methods read; built by the engine under sudo.

    Everything is looked at as it stood at the time of the fault (``at``): what was signed,
    released or written later does not heal and does not accuse.
    """

    def __init__(self, incident):
        self.incident = incident
        self.env = incident.env
        self.at = incident.event_at
        self.notice = incident.notice_id
        self.order = incident.order_id or incident.notice_id.order_id

    # ------------------------------------------------------ order and notice

    @cached_property
    def revisions(self):
        """Return the revisions of the order (or stand-alone notice), the first one first."""
        if not (self.order or self.notice):
            return self.env["gendan.revision"]
        domain = [("order_id", "=", self.order.id)] if self.order else [
            ("notice_id", "=", self.notice.id)]
        return self.env["gendan.revision"].search(domain, order="number, id")

    @cached_property
    def events(self):
        """Return every step of every revision, in order of time."""
        return self.env["gendan.revision.event"].search(
            [("revision_id", "in", self.revisions.ids)], order="happened_at, id")

    @cached_property
    def events_then(self):
        """Return the steps up to the time of the fault."""
        return self.events.filtered(lambda event: event.happened_at <= self.at)

    @cached_property
    def revision(self):
        """Return the revision that was last submitted by the time of the fault."""
        submitted = self.events_then.filtered(lambda event: event.kind in SUBMISSIONS)
        return submitted.revision_id.sorted("number")[-1:]

    @cached_property
    def submission(self):
        """Return the step by which that revision was last submitted."""
        return self.events_then.filtered(
            lambda event: event.kind in SUBMISSIONS and event.revision_id == self.revision)[-1:]

    @cached_property
    def verification(self):
        """Return the step by which that submission was verified, if it was."""
        return self.events_then.filtered(
            lambda event: event.kind == "verify" and event.revision_id == self.revision
            and event.id > self.submission.id)[-1:]

    @cached_property
    def valid_then(self):
        """Return the step by which that revision became valid, if it still was at the time."""
        steps = self.events_then.filtered(
            lambda event: event.revision_id == self.revision
            and event.kind in ("valid", "void", "unsign", *SUBMISSIONS))
        return steps[-1:] if steps[-1:].kind == "valid" else steps.browse()

    @cached_property
    def first_valid(self):
        """Return the step by which the order became valid for the first time."""
        return self.events_then.filtered(lambda event: event.kind == "valid")[:1]

    @cached_property
    def signatures(self):
        """Return every signature row on the revisions."""
        return self.env["gendan.signature"].search([
            ("res_model", "=", "gendan.revision"), ("res_id", "in", self.revisions.ids)])

    @cached_property
    def signed_then(self):
        """Return the signatures that stood under that submission at the time of the fault."""
        rows = self.signatures.filtered(
            lambda row: row.res_id == self.revision.id and row.signed_at <= self.at
            and row.signed_at >= self.submission.happened_at)
        withdrawn = rows.filtered(lambda row: row.kind == "withdraw").withdrawn_id
        return rows.filtered(lambda row: row.kind == "sign") - withdrawn

    @cached_property
    def missing_roles(self):
        """Return the signing roles that had not signed at the time of the fault."""
        signed = set(self.signed_then.mapped("role"))
        return [role for role in SIGNING_ROLES if role not in signed]

    @cached_property
    def released_at(self):
        """Return when the notice was released, if it was by the time of the fault."""
        released_at = self.notice.released_at
        return released_at if released_at and released_at <= self.at else False

    # --------------------------------------------------------- work and goods

    @cached_property
    def productions(self):
        """Return the manufacturing orders of the case."""
        return self.incident.production_ids | self.notice.production_ids

    @cached_property
    def products(self):
        """Return what was made in the case."""
        return self.incident.product_id | self.productions.product_id | (
            self.notice.line_ids.product_id)

    @cached_property
    def made_before(self):
        """Return the last manufacturing order that made these products before the fault.

        Empty where one of them is new: nothing of it had been finished by then (L-O3).
        """
        earlier = self.env["mrp.production"]._read_group([
            ("product_id", "in", self.products.ids), ("state", "=", "done"),
            ("date_finished", "<", self.at), ("id", "not in", self.productions.ids),
        ], ["product_id"], ["id:max"])
        is_new = len(earlier) < len(self.products)
        return self.productions.browse(
            max((last for _product, last in earlier), default=()) if not is_new else ())

    @cached_property
    def purchases(self):
        """Return the purchase orders of the case."""
        return self.incident.purchase_ids

    @cached_property
    def lots(self):
        """Return the lots of the case."""
        return self.incident.lot_ids

    @cached_property
    def raw_lots(self):
        """Return the lots of raw material among them."""
        return self.lots.filtered(lambda lot: not lot.product_id.packaging_kind)

    @cached_property
    def packaging_lots(self):
        """Return the lots of packaging among them."""
        return self.lots.filtered("product_id.packaging_kind")

    @cached_property
    def consumed(self):
        """Return what the manufacturing orders of the case took out of stock."""
        return self.productions.move_raw_ids.filtered(
            lambda move: move.quantity and move.state != "cancel")

    @cached_property
    def named_products(self):
        """Return the materials and versions that the notice names for those orders."""
        lines = self.productions.notice_line_id | self.notice.line_ids
        ids = set().union(*(line._named_products() for line in lines)) - {False}
        return self.env["product.product"].browse(ids)

    def named(self, packaging):
        """Return the packaging versions, or the raw materials, among them."""
        return self.named_products.filtered(
            lambda product: bool(product.packaging_kind) == packaging)

    @cached_property
    def issues(self):
        """Return the slips by which keepers handed material out for the notice by then."""
        return self.env["gendan.material.issue"].search([
            ("notice_id", "in", self.notice.ids), ("state", "in", ("issued", "taken")),
            ("event_at", "<=", self.at)], order="event_at, id")

    def issued(self, packaging):
        """Return the slips of packaging, or of raw material, among them."""
        return self.issues.filtered(
            lambda slip: bool(slip.product_id.packaging_kind) == packaging)

    @cached_property
    def sheets(self):
        """Return the check sheets of lots, orders and notice, closed by the discovery."""
        about = (Domain("lot_id", "in", self.lots.ids)
                 | Domain("production_id", "in", self.productions.ids)
                 | Domain("notice_id", "in", self.notice.ids))
        return self.env["gendan.check.sheet"].search(
            about & Domain("state", "=", "closed")
            & Domain("event_at", "<=", self.incident.discovered_at), order="event_at, id")

    def sheets_of(self, kind):
        """Return the sheets of a kind that were there at the time of the fault, or just then.

        A sheet without an answer that was closed afterwards says nothing for the time before.
        """
        return self.sheets.filtered(lambda sheet: sheet.kind == kind and (
            sheet.event_at <= self.at or sheet.result in ("skipped", "not_ok")))

    @cached_property
    def points(self):
        """Return the points of those sheets."""
        return self.env["gendan.check.sheet.line"].search(
            [("sheet_id", "in", self.sheets.ids)], order="sheet_id, sequence, id")

    @cached_property
    def loading_report(self):
        """Return the loading report of the case."""
        return self.incident.loading_report_id or self.incident.rework_id.report_id

    @cached_property
    def reworks(self):
        """Return the re-work events of the case: the linked one, else those of the report."""
        return self.incident.rework_id or self.loading_report.rework_ids

    @cached_property
    def shipping(self):
        """Return the shipping notice of the case."""
        return self.incident.shipping_id or self.loading_report.shipping_id

    @cached_property
    def shipping_entries(self):
        """Return who wrote which field of it, version by version."""
        return self.env["gendan.shipping.entry"].search(
            [("shipping_id", "in", self.shipping.ids)], order="written_at, id")

    @cached_property
    def first_articles(self):
        """Return the first articles of the notice that were decided by the discovery."""
        return self.env["gendan.first.article"].search([
            ("notice_id", "in", self.notice.ids), ("decided_at", "!=", False),
            ("decided_at", "<=", self.incident.discovered_at)], order="decided_at, id")

    @cached_property
    def keeper_questions(self):
        """Return what the keepers were asked for this notice."""
        return self.env["gendan.eta.enquiry"].search(
            [("notice_id", "in", self.notice.ids)], order="asked_at, id")

    @cached_property
    def promises(self):
        """Return every answer to those questions."""
        return self.env["gendan.eta.promise"].search(
            [("enquiry_id", "in", self.keeper_questions.ids)], order="answered_at, id")

    @cached_property
    def plan_lines(self):
        """Return the plan lines of the notice."""
        return self.env["gendan.plan.line"].search([("notice_id", "in", self.notice.ids)])

    @cached_property
    def plan_changes(self):
        """Return the published changes of a standing plan that touched the notice by then."""
        moved = self.plan_lines.filtered("replaced_at")
        revisions = self.plan_lines.revision_id | self.env["gendan.plan.revision"].search(
            [("standing_ids", "in", moved.ids)])
        return revisions.filtered(
            lambda revision: revision.number > 1 and revision.published_at
            and revision.published_at <= self.at and (
                revision.line_ids & self.plan_lines or revision.published_at in moved.mapped(
                    "replaced_at"))).sorted("published_at")

    @cached_property
    def plan_told(self):
        """Return who was told of those changes, as far as they touched the notice."""
        return self.env["gendan.plan.told"].search([
            ("revision_id", "in", self.plan_changes.ids), ("notice_ids", "in", self.notice.ids)])

    @cached_property
    def was_made(self):
        """Whether work on the notice had been begun by the time of the fault."""
        return bool(self.productions.filtered(
            lambda order: order.state in ("progress", "to_close")
            or order.state == "done" and order.date_finished <= self.at))

    @cached_property
    def delay_notices(self):
        """Return the delays of the notice that had been found by then (D4.7)."""
        return self.env["gendan.delay.notice"].search([
            ("notice_id", "in", self.notice.ids), ("detected_at", "<=", self.at),
            ("detected_at", "!=", False)], order="detected_at, id")

    @cached_property
    def exceptions(self):
        """Return the emergencies that name a question to a keeper about this notice."""
        return self.env["gendan.exception"].search([
            ("eta_enquiry_id", "in", self.keeper_questions.ids),
            ("reported_at", "<=", self.incident.discovered_at)], order="reported_at, id")

    @cached_property
    def assignments(self):
        """Return who had the order and since when, with the hand-over notes (D0.3)."""
        return self.env["gendan.assignment"].search([
            ("order_id", "in", self.order.ids), ("date_from", "<=", self.at)],
            order="date_from, id")

    @cached_property
    def packaging_needs(self):
        """Return the packaging that the notice needs, supplements apart."""
        return self.env["gendan.need"].search([
            ("notice_id", "in", self.notice.ids), ("kind", "!=", "raw"),
            ("is_supplement", "=", False)], order="id")

    @cached_property
    def allocations(self):
        """Return what had been bought for those needs by then."""
        return self.env["gendan.purchase.allocation"].search([
            ("need_id", "in", self.packaging_needs.ids),
            ("purchase_line_id.order_id.date_approve", "<=", self.at),
            ("purchase_line_id.order_id.state", "=", "purchase")])

    @cached_property
    def stops(self):
        """Return the stops of dispatch sheets that took the goods of the case."""
        return self.env["gendan.dispatch.stop"].search([
            ("shipping_id", "in", self.shipping.ids),
            ("dispatch_id.state", "!=", "cancel")], order="day, id")

    @cached_property
    def replans(self):
        """Return the times that a confirmed sheet of these trips was planned anew, by trip."""
        trips = self.stops.dispatch_id
        if not trips:
            return {}
        rows = self.env["gendan.audit"].search([
            ("gate", "=", REPLANNED.name), ("res_model", "=", trips._name),
            ("res_ids", "in", [json.dumps([id_]) for id_ in trips.ids]),
            ("occurred_at", "<=", self.incident.discovered_at)], order="occurred_at, id")
        return {trip: of_trip for trip in trips if (of_trip := rows.filtered(
            lambda row, trip=trip: row.res_ids == json.dumps([trip.id])))}

    @cached_property
    def plate_stages(self):
        """Return the steps of the plate jobs by then."""
        return self.env["gendan.plate.stage"].search([
            ("job_id", "in", self.plate_jobs.ids), ("happened_at", "<=", self.at)],
            order="happened_at, id")

    @cached_property
    def packaging_lines(self):
        """Return the purchase lines of packaging: of the notice's needs, and of the case."""
        allocated = self.env["gendan.purchase.allocation"].search(
            [("need_id.notice_id", "in", self.notice.ids)]).purchase_line_id
        return (allocated | self.purchases.order_line).filtered(
            lambda line: line.product_id.packaging_kind and line.state == "purchase")

    @cached_property
    def shortages(self):
        """Return what was noted and counted when packaging ran out (L-K3)."""
        about = (Domain("notice_id", "in", self.notice.ids)
                 | Domain("lot_id", "in", self.packaging_lots.ids))
        return self.env["gendan.stock.shortage"].search(
            about & Domain("state", "!=", "cancel")
            & Domain("reported_at", "<=", self.incident.discovered_at), order="reported_at, id")

    @cached_property
    def counts(self):
        """Return the stock counts that took packaging away about the time of the fault."""
        products = (self.consumed.product_id | self.packaging_lots.product_id).filtered(
            "packaging_kind")
        if not products:
            return self.env["stock.move"]
        return self.env["stock.move"].search([
            ("product_id", "in", products.ids), ("is_inventory", "=", True),
            ("state", "=", "done"), ("location_id.usage", "=", "internal"),
            ("location_dest_id.usage", "=", "inventory"),
            ("date", ">=", self.at - BEFORE),
            ("date", "<=", self.incident.discovered_at + BEFORE)], order="date, id")

    @cached_property
    def abnormalities(self):
        """Return what was noted at the machine about the time of the fault."""
        about = (Domain("notice_id", "in", self.notice.ids)
                 | Domain("workcenter_id", "in", self.machines.ids)
                 | Domain("lot_id", "in", self.lots.ids))
        return self.env["gendan.abnormality"].search(
            about & Domain("event_at", ">=", self.at - BEFORE)
            & Domain("event_at", "<=", self.incident.discovered_at), order="event_at, id")

    @cached_property
    def machines(self):
        """Return the machine of the case, else those of its manufacturing orders."""
        return self.incident.workcenter_id or self.productions.workorder_ids.workcenter_id

    @cached_property
    def deviations(self):
        """Return the deviations of the notice that production had been asked about by then."""
        return self.env["gendan.deviation"].search([
            ("notice_id", "in", self.notice.ids), ("asked_at", "<=", self.at),
        ], order="asked_at, id")

    @cached_property
    def plate_jobs(self):
        """Return the plate jobs of the notice, or of the packaging and lots of the case."""
        products = self.incident.product_id | self.lots.product_id | self.named(True)
        about = (Domain("notice_line_id", "in", self.notice.line_ids.ids)
                 | Domain("product_id", "in", products.ids))
        return self.env["gendan.plate.job"].search(about, order="id")

    @cached_property
    def artwork_approvals(self):
        """Return what was approved for those plates by the time of the fault."""
        return self.env["gendan.artwork.approval"].search([
            ("job_id", "in", self.plate_jobs.ids), ("approved_at", "<=", self.at),
        ], order="approved_at, id")

    @cached_property
    def carton_sizes(self):
        """Return who set which size of the cartons of the notice."""
        return self.env["gendan.carton.size"].search([
            ("specification_id.notice_id", "in", self.notice.ids)], order="set_at, id")

    @cached_property
    def refusals(self):
        """Return the refused attempts that speak of this order, up to the discovery.

        A refused action rolls back what it made, so an attempt is also known by the number
        of order or notice in its text.
        """
        if not (self.order or self.notice):
            return self.env["gendan.audit"]
        begin = min(filter(None, (self.order.create_date, self.notice.create_date, self.at,
                                  *self.events[:1].mapped("happened_at"))))
        # narrowed by the database: the attempts of other orders are many
        texts = [Domain(field, "ilike", name) for field in ("document", "message")
                 for name in (self.order.name, self.notice.name) if name]
        marks = [Domain("res_model", "=", model) & Domain("res_ids", "ilike", str(id_))
                 for model, records in self._documents().items() for id_ in records.ids]
        rows = self.env["gendan.audit"].search(Domain([
            ("kind", "=", "refused"), ("occurred_at", ">=", begin - BEFORE),
            ("occurred_at", "<=", self.incident.discovered_at),
            ("company_id_int", "=", self.incident.company_id.id),
        ]) & Domain.OR(texts + marks), order="occurred_at, id")
        return rows.filtered(self._speaks_of_case)

    def _documents(self):
        """Return the documents that an attempt about this order names."""
        return {
            "sale.order": self.order, "gendan.production.notice": self.notice,
            "gendan.production.notice.line": self.notice.line_ids,
            "gendan.revision": self.revisions, "mrp.production": self.productions,
            "purchase.order": self.purchases,
        }

    def _speaks_of_case(self, row):
        documents = self._documents().get(row.res_model)
        if documents and set(json.loads(row.res_ids or "[]")) & set(documents.ids):
            return True
        text = f"{row.document} {row.message}"
        return any(name and name in text for name in (self.order.name, self.notice.name))
