from odoo import api, fields, models

STEPS = [("accept", "Accept"), ("run", "Plan the sample run"), ("receive", "Sign: received"),
         ("give_back", "Give back")]


class SampleStep(models.TransientModel):
    """What a step of a sample request wants to know beyond one tap (D9.3, D9.4)."""

    _name = "gendan.sample.step"
    _description = "Step of a sample request"

    request_id = fields.Many2one("gendan.sample.request", "Sample request", required=True,
                                 ondelete="cascade",
                                 default=lambda self: self.env.context.get("active_id"))
    step = fields.Selection(STEPS, required=True)
    product_id = fields.Many2one(related="request_id.product_id")
    wanted_date = fields.Date(related="request_id.wanted_date")
    source = fields.Selection([("stock", "From stock"), ("run", "Sample run")], required=True,
                              default="stock")
    promised_date = fields.Date("Promised for", compute="_compute_proposal", store=True,
                                readonly=False)
    pieces = fields.Integer(compute="_compute_proposal", store=True, readonly=False)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", ondelete="cascade")
    date_start = fields.Datetime("Start", default=fields.Datetime.now)
    remark = fields.Char()

    @api.depends("request_id", "step")
    def _compute_proposal(self):
        """Propose what is asked for, or all that is there to sign for or to give back."""
        for wizard in self:
            request = wizard.request_id
            wizard.promised_date = request.wanted_date
            wizard.pieces = {
                "receive": request.quantity - request.received_quantity,
                "give_back": request._pieces_in_showroom(),
            }.get(wizard.step, request.quantity)

    def action_confirm(self):
        """Hand it to the request's own step, which has the gate."""
        self.ensure_one()
        request = self.request_id
        if self.step == "accept":
            request.action_accept(self.promised_date, self.source)
        elif self.step == "run":
            request.action_plan_run(self.pieces, self.workcenter_id, self.date_start)
        elif self.step == "receive":
            request.action_receive(self.pieces, self.remark)
        else:
            request.action_give_back(self.pieces, self.remark)
        return {"type": "ir.actions.act_window_close"}
