from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate
from ..foundation.own_files import writes_own_files, writing_own_files
from .capability_enquiry import digest_of

SIZE = ("size_length", "size_width", "size_height")


class CartonSpecification(models.Model):
    """What a carton order has to say: mark, grade, packing, size (D3.6–D3.9).

    Mark, grade and packing are confirmed by the salesperson of that very order; the size is
    the merchandiser's. The confirmation is bound to the content: another mark, on the notice
    or here, voids it. Mark and packing are those of the notice, so that paper and carton
    cannot differ.
    """

    _name = "gendan.carton.specification"
    _inherit = ["gendan.photo.mixin", "gendan.reckoned.mixin", "gendan.signature.mixin",
                "gendan.role.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Carton specification"
    _order = "id desc"
    _rec_name = "notice_line_id"
    _check_company_auto = True

    _server = frozenset({"cycle", "digest", "hand_count", "asked_by_id", "asked_at", *SIZE,
                         "size_set_by_id", "size_set_at", "objection"})

    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, index=True,
        ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="notice_line_id.company_id", store=True, precompute=True,
                                 index=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    partner_id = fields.Many2one(related="notice_id.partner_id")
    salesperson_id = fields.Many2one(related="notice_id.salesperson_id")
    product_id = fields.Many2one(related="notice_line_id.carton_version_id", string="Carton")
    product_image = fields.Image(related="product_id.image_256", string="Picture")
    mark_front = fields.Text(related="notice_line_id.mark_front")
    mark_side = fields.Text(related="notice_line_id.mark_side")
    packing_method = fields.Char(related="notice_line_id.packing_method")
    packs_per_carton = fields.Integer(related="notice_line_id.packs_per_carton")
    board_grade = fields.Char("Board grade", help="e.g. 五层 K=K")
    mark_image = fields.Image("Mark drawing", max_width=1600, max_height=1600)
    mark_digest = fields.Char(readonly=True, copy=False)
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True, copy=False,
                                  ondelete="restrict")
    asked_at = fields.Datetime("Asked at", readonly=True, copy=False)
    objection = fields.Text("Salesperson's objection", readonly=True, copy=False)
    size_length = fields.Integer("Length (mm)", readonly=True, copy=False)
    size_width = fields.Integer("Width (mm)", readonly=True, copy=False)
    size_height = fields.Integer("Height (mm)", readonly=True, copy=False)
    size_text = fields.Char("Final size", compute="_compute_size_text")
    size_set_by_id = fields.Many2one("res.users", "Size set by", readonly=True, copy=False,
                                     ondelete="restrict")
    size_set_at = fields.Datetime("Size set at", readonly=True, copy=False)
    size_ids = fields.One2many("gendan.carton.size", "specification_id", "Sizes", readonly=True)
    sample_ids = fields.One2many("gendan.carton.sample", "specification_id", "Sample cartons",
                                 readonly=True)
    status = fields.Selection(
        [("open", "Being prepared"), ("asked", "With the salesperson"),
         ("confirmed", "Confirmed, size open"), ("ready", "Ready to order")],
        compute="_compute_status")
    missing = fields.Text("Before it is ordered", compute="_compute_status")
    confirmed_text = fields.Char("Confirmed", compute="_compute_status")
    may_confirm = fields.Boolean(compute="_compute_status")
    content_digest = fields.Char(compute="_compute_status")

    _one_per_line = models.Constraint("UNIQUE (notice_line_id)",
                                      "This line has its carton specification already.")

    @api.depends(*SIZE)
    def _compute_size_text(self):
        for spec in self:
            spec.size_text = all(spec[name] for name in SIZE) and "×".join(
                str(spec[name]) for name in SIZE)

    @api.depends("board_grade", "mark_digest", "asked_at", "size_set_at", "cycle",
                 "notice_line_id.mark_front", "notice_line_id.packing_method")
    @api.depends_context("uid", "lang")
    def _compute_status(self):
        unmet = self._order_unmet() if self.ids else {}
        confirmed = self._confirmations() if self.ids else {}
        for spec in self:
            conditions = unmet.get(spec.id, [])
            signature = confirmed.get(spec.id, self.env["gendan.signature"])
            spec.content_digest = spec.id and spec._content_digest()
            spec.missing = "\n".join(map(str, conditions)) or False
            spec.confirmed_text = "{} {}".format(
                signature[-1:].user_id.name, fields.Datetime.context_timestamp(
                    spec, signature[-1:].signed_at).strftime("%m-%d %H:%M")
            ) if signature else False
            spec.status = ("ready" if not conditions else "confirmed" if signature
                           else "asked" if spec.asked_at else "open")
            spec.may_confirm = bool(
                spec.asked_at and not signature and spec.sudo().notice_id.with_user(
                    self.env.user)._is_salesperson())

    # ------------------------------------------------------------ confirmation

    def _content_digest(self):
        """Return what identifies mark, grade and packing as they are now (D3.7)."""
        self.ensure_one()
        spec = self.sudo()
        return digest_of([spec.product_id.id, spec.mark_front or "", spec.mark_side or "",
                          spec.packing_method or "", spec.packs_per_carton,
                          (spec.board_grade or "").strip(), spec.mark_digest or ""])

    def _confirmations(self):
        """Return ``{id: signatures in force}``: of the present content only."""
        return self.env["gendan.signature"].sudo()._in_force(
            self, {spec.id: spec.cycle for spec in self},
            {spec.id: spec._content_digest() for spec in self})

    def action_ask(self):
        """Put mark, grade and packing before the salesperson of the order (D3.7).

        :raise UserError: naming what is still empty; "无唛" is an answer, nothing is none
        """
        self._check_roles(("merchandiser", "plan_manager"), "carton.ask", "D3.7")
        for spec in self:
            if empty := spec._empty_fields():
                raise UserError(self.env._(
                    "%(spec)s: %(fields)s missing. A carton without mark says 无唛.",
                    spec=spec.display_name, fields=", ".join(empty)))
        self.sudo().write({"asked_by_id": self.env.uid, "asked_at": fields.Datetime.now(),
                           "objection": False})
        for spec in self.sudo():
            managers = spec.env["res.users"]._users_of_role("sales_manager", spec.company_id)
            spec.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=(spec.notice_id.salesperson_id or managers[:1]).id,
                summary=self.env._("%s: confirm mark, packing and grade", spec.display_name))
        return True

    def action_confirm(self):
        """Confirm mark, packing and grade of this order, as its salesperson (D3.7)."""
        self._pass_gate("_gate_confirm")
        self._check_seen()
        self.sudo()._take_turn()
        for spec in self.sudo():
            spec.write({"cycle": spec.cycle + 1, "digest": spec._content_digest(),
                        "objection": False})
        self._sign("salesperson")
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def _check_seen(self):
        """Let nobody confirm what was changed while he looked at it (D3.7).

        The page sends the digest of what it shows; it can only refuse, never open.
        """
        seen = self.env.context.get("seen_digest")
        for spec in self:
            if seen and spec._content_digest() != seen:
                raise UserError(self.env._(
                    "%s was changed meanwhile. Look at it again before you confirm it.",
                    spec.display_name))

    def action_object(self, reason):
        """Say what is wrong with mark, packing or grade; the merchandiser corrects it.

        :param str reason: what is wrong
        """
        self._pass_gate("_gate_confirm")
        if not (reason or "").strip():
            raise UserError(self.env._("%s: say what is wrong.", self[:1].display_name))
        self._sign("salesperson", kind="refuse", reason=reason)
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        self.sudo().write({"objection": reason, "asked_at": False, "asked_by_id": False})
        for spec in self.sudo():
            spec.activity_schedule(
                "mail.mail_activity_data_todo", user_id=spec.notice_id.merchandiser_id.id,
                summary=self.env._("%(spec)s: %(reason)s", spec=spec.display_name,
                                   reason=reason))
        return True

    @gate("carton.confirm", "D3.7 A34")
    def _gate_confirm(self):
        """The salesperson of that order, on complete data, and nobody who asked himself."""
        unmet = {}
        for spec in self:
            notice, conditions = spec.sudo().notice_id.with_user(self.env.user), []
            if not notice._is_salesperson():
                conditions.append(notice.sudo()._not_salesperson_unmet())
            if not spec.sudo().asked_at:
                conditions.append(Unmet("asked", self.env._(
                    "%s is not put before the salesperson yet", spec.display_name),
                    self.env._("the merchandiser completes it and asks")))
            elif spec.sudo().asked_by_id == self.env.user:
                conditions.append(Unmet("own", self.env._(
                    "%s is your own work", spec.display_name),
                    self.env._("another person confirms it")))
            unmet[spec.id] = conditions
        return unmet

    def _empty_fields(self):
        self.ensure_one()
        names = [name for name in ("mark_front", "mark_side", "packing_method", "board_grade")
                 if not (self[name] or "").strip()]
        if not self.packs_per_carton:
            names.append("packs_per_carton")
        return [self._fields[name]._description_string(self.env) for name in names]

    # ------------------------------------------------------------------ size

    def action_set_size(self, length, width, height, source="known"):
        """Set the final outer size in mm, as the merchandiser (D3.8).

        :param str source: ``known``, ``customer`` (adopted from his sheet) or ``sample``
        :raise UserError: by anybody else, for an impossible size, or before a sample that was
            asked for has been tried
        """
        self._check_roles(("merchandiser",), "carton.size", "D3.8")
        sizes = dict(zip(SIZE, map(int, (length, width, height)), strict=True))
        if min(sizes.values()) < 50 or max(sizes.values()) > 2000:
            raise UserError(self.env._(
                "%s mm is no carton: length, width and height are between 50 and 2000 mm.",
                "×".join(map(str, sizes.values()))))
        for spec in self:
            if conditions := spec._sample_conditions():
                raise UserError("\n".join(map(str, conditions)))
        # the history of sizes is evidence (D3.10)
        self.env["gendan.carton.size"].sudo().create([
            {**sizes, "specification_id": spec.id, "source": source} for spec in self])
        return self.sudo().write({**sizes, "size_set_by_id": self.env.uid,
                                  "size_set_at": fields.Datetime.now()})

    def action_ask_sample(self, supplier_id=False):
        """Ask the carton maker for a sample carton; the size is open until it is tried (D3.9)."""
        self._check_roles(("merchandiser",), "carton.sample", "D3.9")
        # samples are written by their steps
        self.env["gendan.carton.sample"].sudo().create([
            {"specification_id": spec.id, "supplier_id": supplier_id} for spec in self])
        return self.sudo().write(dict.fromkeys(
            (*SIZE, "size_set_by_id", "size_set_at"), False))

    def _sample_conditions(self):
        """Return why the size is still open after a sample was asked for (D3.9)."""
        self.ensure_one()
        sample = self.sudo().sample_ids.sorted("id")[-1:]
        owner = self.sudo().notice_id.merchandiser_id
        if not sample or sample.result == "fits":
            return []
        text = self.env._("%s: the sample carton does not fit", self.display_name) if (
            sample.result == "fails") else self.env._(
            "%s: the sample carton is not measured and tried yet", self.display_name)
        return [Unmet("sample", text, self.env._("%s tries it, or asks for another one",
                owner.name or self.env._("the merchandiser")), tuple(owner.ids))]

    # ------------------------------------------------------------ before ordering

    def _order_unmet(self):
        """Return ``{id: [Unmet, …]}``: each missing point with who must act (D3.6–D3.9)."""
        confirmed = self._confirmations()
        return {spec.id: spec._order_conditions(confirmed[spec.id]) for spec in self.sudo()}

    def _order_conditions(self, confirmed):
        self.ensure_one()
        notice = self.notice_id
        merchandiser = notice.merchandiser_id.name or self.env._("the merchandiser")
        conditions = [Unmet("field", self.env._(
            "%(spec)s: %(field)s missing", spec=self.display_name, field=name),
            self.env._("%s completes it", merchandiser), tuple(notice.merchandiser_id.ids))
            for name in self._empty_fields()]
        if not confirmed:
            conditions.append(Unmet("salesperson", self.env._(
                "%s: the salesperson has not confirmed mark, packing and grade",
                self.display_name), self.env._("%s confirms", notice._salesperson_text()),
                tuple(notice.salesperson_id.ids)))
        # asking for a sample opens the size, which waits for it then
        if not self.size_set_at:
            conditions += self._sample_conditions()
            conditions.append(Unmet("size", self.env._(
                "%s: the final size is open", self.display_name),
                self.env._("%s sets it", merchandiser), tuple(notice.merchandiser_id.ids)))
        return conditions

    # ------------------------------------------------------------------ guards

    @api.model_create_multi
    def create(self, vals_list):
        """Start the specification of a notice line."""
        self._check_server(set().union(*vals_list))
        with writing_own_files(self):
            specs = super().create([
                {**dict.fromkeys(self._server - {"cycle", "hand_count"}, False), **vals}
                for vals in vals_list])
        for spec, vals in zip(specs, vals_list, strict=True):
            if vals.get("mark_image"):
                # the digest is the server's
                spec.sudo().write({"mark_digest": _digest_of_image(vals["mark_image"])})
        return specs

    def write(self, vals):
        """Keep line, size and confirmation to their own steps."""
        self._check_server(vals.keys())
        if "notice_line_id" in vals:
            raise UserError(self.env._("%s stays with its notice.", self[:1].display_name))
        if "mark_image" not in vals:
            return super().write(vals)
        with writing_own_files(self):
            result = super().write(vals)
        super(CartonSpecification, self.sudo()).write(
            {"mark_digest": _digest_of_image(vals["mark_image"])})
        return result

    def _check_server(self, names):
        if not self.env.su and names & (self._server | {"mark_digest"}):
            raise UserError(self.env._(
                "%s: size, question and confirmation are noted by their own steps.",
                self._description))

    def _check_photos_open(self):
        """The drawing is exchanged on the specification itself: that voids the confirmation."""
        if self and not writes_own_files(self):
            raise UserError(self.env._(
                "%s: the drawing is confirmed; change it on the specification.",
                self[:1].display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("%s is kept.", self[:1].display_name))

    def copy_data(self, default=None):
        """Refuse: a confirmation is per order, not for ever (D3.7)."""
        raise UserError(self.env._("A carton specification belongs to its own order."))

    @api.depends("notice_id.name", "product_id")
    def _compute_display_name(self):
        for spec in self:
            spec.display_name = "{} {}".format(
                spec.notice_id.name or "", spec.product_id.display_name or "").strip()


def _digest_of_image(image):
    """Return the digest of a drawing as base64, or False where there is none."""
    return bool(image) and digest_of(image.decode() if isinstance(image, bytes) else image)
