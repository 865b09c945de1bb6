import base64
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open, float_compare, ormcache

from ..calc.text import plain_number
from ..calc.working_time import local
from ..models.foundation.revision import SIGNING_ROLES
from ..models.foundation.role import ROLES

STYLE = "gendan_followup/static/report/production_notice.css"
# who gets a copy of the paper (D2.4), in the order of the work
COPIES = ("merchandiser", "production", "packaging", "raw_keeper", "packaging_keeper", "qc",
          "finished_keeper")
# the drawing of the size: a piece never flatter or slimmer than this, or a roll would be a line
SIDE = 56
FLATTEST = 2.4


class Sign(NamedTuple):
    """One name under the paper."""

    label: str
    name: str = ""
    at: str = ""
    note: str = ""


class Sheet(NamedTuple):
    """One printed notice; plain texts only, no record and no price."""

    record: object
    lang: str
    company: str
    reference: str
    number: str
    letter: str
    date: str
    mark: str
    mark_reason: str
    customer: str
    customer_ref: str
    order_name: str
    kind: str
    lines: list
    delivery_date: str
    destination: str
    remarks: list
    signs: list
    released: str
    copies: str
    qr: str
    footer: str
    style: str


class SheetLine(NamedTuple):
    """One product of a printed notice."""

    product: object
    name: str
    image: object
    width: int
    length: int
    drawn_width: int
    drawn_length: int
    fabric: str
    surface: str
    printing: str
    materials: list
    pieces: str
    quantity: str
    cartons: str
    shares: list
    bag: str
    bag_image: object
    code_text: str
    code_format: str
    shelf_life: str
    per_carton: str
    packing: str
    carton: str
    mark_front: str
    mark_side: str
    remark: str


class NoticeSheet(models.AbstractModel):
    """Puts together what a printed 生产通知单 says, from the frozen content of a revision.

    The same content makes the paper of today and that of an old revision, so that both can
    be laid side by side. Workshop users may not read orders: what they print is read in
    sudo after the access to notice or revision was checked, and holds no price.
    """

    _name = "gendan.notice.sheet"
    _description = "Printed production notice"

    @api.model
    def _sheets(self, pairs):
        """Return a :class:`Sheet` for each ``(printed record, notice, revision)``.

        Access to the printed record is the caller's question.

        :raise UserError: when a revision was never submitted: nothing is frozen yet
        """
        sheets = []
        for record, notice, revision in pairs:
            if not revision.sudo().payload:
                raise UserError(self.env._(
                    "%s was never submitted: there is nothing to print yet.",
                    revision.sudo().display_name))
            company = notice.sudo().company_id
            speaker = self.with_context(lang=company.partner_id.lang or self.env.lang)
            sheets.append(speaker._sheet(
                record, notice.sudo().with_env(speaker.sudo().env),
                revision.sudo().with_env(speaker.sudo().env)))
        return sheets

    def _sheet(self, record, notice, revision):
        head = revision._content()["order"]
        lines = [self._line(notice, revision, content) for content in revision._content()["lines"]]
        lines = [line for line in lines if line.product.type != "service"]
        mark, reason = self._mark(record, notice, revision)
        reference = self.env._("%(notice)s revision %(letter)s", notice=notice.name,
                               letter=revision.letter)
        return Sheet(
            record=record,
            lang=self.env.lang,
            company=notice.company_id.name,
            reference=reference,
            number=notice.name,
            letter=revision.letter,
            date=self._moment(notice, revision.submitted_at)[:10],
            mark=mark,
            mark_reason=reason,
            customer=self._customer(head),
            customer_ref=head["customer_ref"],
            order_name=notice.order_name or "",
            kind=self._label(notice, "kind", head["kind"]),
            lines=lines,
            delivery_date=self._delivery(head),
            destination=head["destination"],
            remarks=[f"{line.name}: {line.remark}" if len(lines) > 1 else line.remark
                     for line in lines if line.remark],
            signs=self._signs(notice, revision),
            released=self._released(notice, revision),
            copies=self._copies(notice),
            qr=self._qr(notice),
            footer=self._footer(notice, reference),
            style=self._style(),
        )

    # ------------------------------------------------------------------ head

    def _delivery(self, head):
        """Return the date of the delivery; of a partial shipment both, with what leaves first."""
        if "part" not in head:
            return head["delivery_date"]
        day, quantity = head["part"]
        return self.env._("%(quantity)s by %(day)s, the rest by %(rest)s", day=day,
                          quantity=plain_number(float(quantity)), rest=head["delivery_date"])

    def _mark(self, record, notice, revision):
        """Return the stamp across the paper and why: void, on hold or not in force."""
        if notice.state == "cancel":
            return self.env._("VOID"), notice.hold_reason or ""
        superseded = revision != notice.revision_id or record._name == revision._name
        if revision.state == "void" and superseded:
            newer = notice.order_id.revision_id or notice.revision_id
            return self.env._("VOID"), self.env._(
                "superseded by revision %s", newer.letter) if newer != revision else ""
        if notice.on_hold and revision == notice.revision_id:
            return self.env._("ON HOLD"), notice.hold_text or ""
        if revision.state != "valid":
            return self.env._("NOT IN FORCE"), self._what_is_missing(notice)
        return "", ""

    def _what_is_missing(self, notice):
        document = notice.order_id or notice
        unmet = document._gate_unmet("_gate_valid").get(document.id, [])
        return "; ".join(condition.missing for condition in unmet)

    def _customer(self, head):
        """Return the customer's name, whatever contact of his ordered."""
        partners = self.sudo().env["res.partner"]
        return partners.browse(head["partner"]).commercial_partner_id.name or ""

    def _label(self, record, name, value):
        """Return the label of a selection value in the language of the paper."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(value, "")

    def _moment(self, notice, moment):
        """Return a moment on the company's clock (X1)."""
        if not moment:
            return ""
        return local(moment, notice.company_id.gendan_tz).strftime("%Y-%m-%d %H:%M")

    # ----------------------------------------------------------------- lines

    def _line(self, notice, revision, content):
        """Return one :class:`SheetLine` from the frozen content of an order line."""
        env = self.sudo().env
        product = env["product.product"].browse(content["product"])
        bag = env["product.product"].browse(content["bag_version_id"] or [])
        carton = env["product.product"].browse(content["carton_version_id"] or [])
        packs = self._packs(product, content)
        width, length = self._drawn(content["size_width"], content["size_length"])
        return SheetLine(
            product=product,
            name=product.display_name,
            image=product.image_512,
            width=content["size_width"] or 0,
            length=content["size_length"] or 0,
            drawn_width=width,
            drawn_length=length,
            fabric=self._join(
                content["fibre"], self._measure(content["gsm"], "g/m²"), content["pattern"],
                content["colour"]),
            surface=self._surface(product, content["surface"]),
            printing=self._join(
                content["print_colours"],
                self._label(product, "print_direction", content["print_direction"])),
            materials=self._materials(content["snapshot"]),
            pieces=self._number(content["pieces_per_pack"]),
            quantity=f"{self._number(packs)} {product.uom_id.name}",
            cartons=self._cartons(packs, content["packs_per_carton"], product),
            shares=self._shares(notice, revision, content, product),
            bag=bag.display_name or "",
            bag_image=bag.image_128,
            code_text=content["code_text"],
            code_format=content["code_format"],
            shelf_life=self._measure(content["shelf_life_months"], self.env._("months")),
            per_carton=self._measure(content["packs_per_carton"], product.uom_id.name),
            packing=content["packing_method"],
            carton=carton.display_name or "",
            mark_front=content["mark_front"],
            mark_side=content["mark_side"],
            remark=content["print_remark"],
        )

    def _surface(self, product, value):
        return "" if value == "none" else self._label(product, "surface", value)

    @api.model
    def _packs(self, product, content):
        """Return the ordered quantity in the product's own unit."""
        unit = self.sudo().env["uom.uom"].browse(content["uom"])
        return unit._compute_quantity(float(content["quantity"]), product.uom_id, round=False)

    @api.model
    def _drawn(self, width, length):
        """Return the sides of the drawn piece; the longer one is `SIDE`."""
        ratio = min(max((width or 1) / (length or 1), 1 / FLATTEST), FLATTEST)
        return (SIDE, round(SIDE / ratio)) if ratio >= 1 else (round(SIDE * ratio), SIDE)

    def _materials(self, snapshot):
        """Return one text per raw material of the frozen bill of materials: fabrics first."""
        products = self.sudo().env["product.product"].browse(
            [row["product"] for row in snapshot]).filtered(lambda p: not p.packaging_kind)
        fabrics = products.filtered("gsm")
        texts = [self._join(
            fabric.display_name, fabric.fibre, self._measure(fabric.gsm, "g/m²"),
            self._measure(fabric.size_width, self.env._("mm wide")), fabric.pattern,
            self._surface(fabric, fabric.surface), fabric.print_colours)
            for fabric in fabrics]
        others = ", ".join((products - fabrics).mapped("display_name"))
        return texts + [others] if others else texts

    def _cartons(self, packs, per_carton, product):
        """Return how many cartons ``packs`` fill, and what is left for the tail carton."""
        if not per_carton:
            return ""
        full, rest = divmod(packs, per_carton)
        text = self.env._("%s cartons", self._number(full))
        if float_compare(rest, 0, precision_digits=2) <= 0:
            return text
        return self.env._("%(cartons)s + tail carton of %(rest)s", cartons=text,
                          rest=f"{self._number(rest)} {product.uom_id.name}")

    def _shares(self, notice, revision, content, product):
        """Return ``[(label, quantity)]``: what stock covers and what was released to be made.

        Only for the revision that the notice works from.
        """
        line = notice.line_ids.filtered(lambda line: line.order_line_id.id == content["id"])
        if revision != notice.revision_id or not line or not notice.stock_check_id:
            return []
        shares = [(self.env._("From stock"), line.stock_quantity),
                  (self.env._("Released, to make"), line.released_quantity)]
        return [(label, f"{self._number(quantity)} {product.uom_id.name}, "
                 f"{self._cartons(quantity, content['packs_per_carton'], product)}".rstrip(", "))
                for label, quantity in shares]

    @api.model
    def _number(self, value):
        """Return a number with thousands separated and no idle decimals."""
        value = round(float(value or 0), 2)
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")

    def _measure(self, value, unit):
        number = float(value or 0)
        return f"{self._number(number)} {unit}" if number else ""

    @api.model
    def _join(self, *texts):
        return " · ".join(text for text in texts if text)

    # ------------------------------------------------------------- signatures

    def _signs(self, notice, revision):
        """Return who made, checked and signed the paper, with times and deputies (D1.12)."""
        labels = revision._role_labels()
        order = revision.order_id
        merchandiser = self.env["gendan.assignment"]._merchandiser_at(
            order, revision.verified_at) if revision.verified_at else order.merchandiser_id
        signs = [
            Sign(self.env._("Made by (salesperson)"),
                 self._acting(revision.submitted_by_id, order.user_id, revision.submitted_at),
                 self._moment(notice, revision.submitted_at)),
            Sign(self.env._("Checked by (merchandiser)"),
                 self._acting(revision.verified_by_id, merchandiser, revision.verified_at),
                 self._moment(notice, revision.verified_at)),
        ]
        if revision.signature_kind == "paper":
            return signs + [
                Sign(labels[role], revision[f"paper_{role}"], str(revision.paper_signed_on or ""),
                     self.env._("signed on paper")) for role in SIGNING_ROLES]
        in_force = revision._signatures_in_force()[revision.id]
        return signs + [
            self._sign(notice, labels[role], in_force.filtered(
                lambda signature, role=role: signature.role == role)) for role in SIGNING_ROLES]

    def _sign(self, notice, label, signature):
        """Return the cell of one signature.

        Who stood in for an absent holder of the role is shown as his deputy, even when he
        holds the role himself: it is the holder's work that he signs.
        """
        principal = signature.for_user_id or self._absent(
            signature.user_id, signature.signed_at).filtered(
                lambda user: user._has_role(signature.role))[:1]
        return Sign(label, self._deputised(signature.user_id, principal),
                    self._moment(notice, signature.signed_at))

    def _acting(self, user, principal, at):
        """Return who acted, and for whom where he stood in at that moment."""
        if user == principal:
            return user.name or ""
        return self._deputised(user, principal & self._absent(user, at))

    def _absent(self, user, at):
        """Return for whom ``user`` stood in at a moment."""
        deputies = self.sudo().env["gendan.deputy"]
        return (deputies._standing_in(user, at) if user and at else deputies).principal_id

    def _deputised(self, user, principal):
        if not principal:
            return user.name or ""
        return self.env._("%(deputy)s for %(principal)s", deputy=user.name,
                          principal=principal.name)

    def _released(self, notice, revision):
        if not notice.released_at or revision != notice.revision_id:
            return ""
        return f"{notice.released_by_id.name} {self._moment(notice, notice.released_at)}"

    def _copies(self, notice):
        """Return the distribution list: role and names."""
        users = self.sudo().env["res.users"]
        copies = {role: users._users_of_role(role, notice.company_id) for role in COPIES}
        copies["merchandiser"] = notice.merchandiser_id
        return "; ".join(f"{self.env._(ROLES[role])} {', '.join(holders.mapped('name'))}".strip()
                         for role, holders in copies.items())

    def _qr(self, notice):
        """Return the QR code that opens the notice on a phone, as base64 of a PNG.

        Drawn here: the paper needs no second request to the server.
        """
        image = self.env["ir.actions.report"].barcode(
            "QR", notice.page_url, width=240, height=240, quiet=0)
        return base64.b64encode(image).decode()

    @api.model
    @ormcache()
    def _style(self):
        """Return the style sheet of the paper.

        Core's papers fetch theirs from the server, by an address that is wrong as soon as
        a proxy or another port is in between; this one must not fall apart on the wall.
        """
        with file_open(STYLE) as file:
            return Markup(file.read())  # a file of our own, no input

    def _footer(self, notice, reference):
        now = self._moment(notice, fields.Datetime.now())
        return self.env._("%(reference)s, printed %(time)s by %(user)s", reference=reference,
                          time=now, user=self.env.user.name)
