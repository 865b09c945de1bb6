from odoo import api, fields, models

from ...calc.readiness import Reason, judge


class ProductionNoticeLine(models.Model):
    """Whether a line could be made today, and what it waits for (D3.13, D2.10)."""

    _inherit = "gendan.production.notice.line"

    readiness = fields.Selection(
        [("green", "Ready"), ("amber", "Promised"), ("red", "Not ready")],
        compute="_compute_readiness")
    readiness_text = fields.Text("Waits for", compute="_compute_readiness")
    ready_on = fields.Date("Ready on", compute="_compute_readiness")

    @api.depends("quantity", "released_quantity")
    @api.depends_context("lang")
    def _compute_readiness(self):
        found = self.env["gendan.readiness.version"]._readiness(self.filtered("id"))
        for line in self:
            readiness = found.get(line.id)
            line.readiness = readiness.light if readiness else False
            line.ready_on = readiness.ready_on if readiness else False
            line.readiness_text = readiness.text if readiness else False

    def _readiness(self):
        """Return ``{line id: Readiness}`` of these lines, in a constant number of queries.

        The light is the worst of its reasons; each :class:`Reason` says what is missing, of
        which part (raw, process, bag, carton), who must act and when it is expected.
        """
        lines = self.sudo()
        needs = self.env["gendan.need"].sudo().search_fetch(
            [("notice_line_id", "in", lines.ids)])
        by_need = needs._readiness_reasons()
        by_line = needs.grouped("notice_line_id")
        process = lines._capability_unmet()
        return {line.id: judge(
            [Reason(one.code, "process", "red", one.missing, one.remedy, one.users)
             for one in process.get(line.id, ())]
            + [reason for need in by_line.get(line, needs.browse())
               for reason in by_need[need.id]]) for line in lines}

    def _use_versions(self, first_article):
        """Let the packaging of these lines become regular: the first article was accepted (A14).

        :param first_article: the accepted `gendan.first.article`
        """
        return (self.sudo().bag_version_id | self.sudo().carton_version_id)._became_regular(
            first_article)
