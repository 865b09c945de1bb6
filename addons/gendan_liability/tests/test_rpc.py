from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.gendan_followup.tests.common import FollowupHttpCase

from .common import CHAIR, GENERAL_MANAGER, HR, SALES_MANAGER, LiabilityVerbs

# in the past of every clock: the server that answers is not frozen
THEN = {"at": "2026-01-20 10:00", "found": "2026-01-20 11:00"}
DECIDED = "2026-01-20 15:00"
PARTIES, REPORTER, STRANGER = ("E15", "E13"), "E21", "E14"
EVERYBODY = ("E01", "E02", "E03", "E05", "E06", "E07", "E09", "E10", "E12", "E13", "E14", "E15",
             "E16", "E20", "E21", "E27")


@tagged("post_install", "-at_install")
class TestRpc(LiabilityVerbs, FollowupHttpCase):
    """What each role tries over a real server, past every screen (issue 8, X4)."""

    def setUp(self):
        super().setUp()
        self.case = self.proposed("L-K4", number=REPORTER, loss="960.00",
                                  cause_id=self.cause("packaging_use").id, **THEN)
        self.assertTrue(self.case.sudo().fact_ids)

    def call(self, number, model, method, *args, **kwargs):
        """Call a method as employee ``number``, over JSON-RPC."""
        self.env.flush_all()
        login = self.user(number).login
        self.authenticate(login, login)
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", {
            "model": model, "method": method, "args": list(args), "kwargs": kwargs})

    def no(self, number, model, method, *args, **kwargs):
        """Expect that the server refuses, and says so as a refusal and not as an accident."""
        with mute_logger("odoo.http", "odoo.sql_db"), self.assertRaises(JsonRpcException) as error:
            self.call(number, model, method, *args, **kwargs)
        self.assertRegex(str(error.exception), "UserError|AccessError|ValidationError")
        self.env.invalidate_all()

    def snapshot(self):
        """Return everything that must not change."""
        self.env.invalidate_all()
        case = self.case.sudo()
        return (case.read(["state", "subject", "event_at", "reported_by_id", "reported_at",
                           "loss", "final_at"]),
                case.share_ids.read(["percent", "amount", "employee_id"]),
                case.match_ids.read(["rule_id", "is_leading", "reason", "matched_at"]),
                case.decision_ids.read(["reason", "decided_by_id", "decided_at", "number"]),
                case.decision_ids.line_ids.read(["percent", "amount", "employee_id"]),
                case.objection_ids.ids, case.fact_ids.ids, case.candidate_ids.ids,
                case.loss_ids.read(["quantity", "price", "rate"]))

    def lines(self):
        return self.as_proposed(self.case)

    def test_a_party_does_not_decide_his_own_case(self):
        """马丽 and 赵秀英 are named; nor does anybody else who is not the chair."""
        before = self.snapshot()
        lines = self.lines()
        for number in EVERYBODY:
            if number == CHAIR:
                continue
            with self.subTest(number):
                self.no(number, "gendan.incident", "action_decide", [self.case.id], lines, "算了")
                self.no(number, "gendan.incident", "write", [self.case.id], {"state": "decided"})
        self.assertEqual(self.snapshot(), before)
        self.call(CHAIR, "gendan.incident", "action_decide", [self.case.id], lines, "按条款")
        self.assertEqual(self.case.state, "decided")

    def final_case(self):
        self.decide(self.case, at=DECIDED)
        with self.at("2026-01-28 09:00"):
            self.by(self.case, CHAIR).action_finalize()
        return self.case.sudo().decision_id

    def test_a_final_decision_is_not_edited(self):
        decision = self.final_case()
        line = decision.line_ids[0]
        before = self.snapshot()
        for number in EVERYBODY:
            for model, id_, method, *args in (
                ("gendan.incident.decision", decision.id, "write", {"reason": "x"}),
                ("gendan.incident.decision", decision.id, "unlink"),
                ("gendan.incident.decision.line", line.id, "write", {"amount": 0}),
                ("gendan.incident.decision.line", line.id, "write", {"percent": 1}),
                ("gendan.incident.decision.line", line.id, "unlink"),
                ("gendan.incident", self.case.id, "write", {"state": "proposed"}),
                ("gendan.incident", self.case.id, "write", {"final_at": False}),
                ("gendan.incident", self.case.id, "write", {"subject": "x"}),
                ("gendan.incident", self.case.id, "unlink"),
                ("gendan.incident", self.case.id, "action_reopen"),
                ("gendan.incident", self.case.id, "action_cancel", "x"),
                ("gendan.incident", self.case.id, "action_object", "x"),
            ):
                with self.subTest(number, model=model, method=method, args=args):
                    self.no(number, model, method, [id_], *args)
        self.assertEqual(self.snapshot(), before)

    def test_another_persons_case_is_not_read(self):
        """Neither the case nor anything under it, by reading, searching or grouping."""
        self.decide(self.case, at=DECIDED)
        case = self.case.sudo()
        for number in (STRANGER, "E16", "E10", "E03", "E05", "E07"):
            for rows, field in ((case, "subject"), (case.decision_id, "reason"),
                                (case.decision_id.line_ids, "percent"),
                                (case.share_ids, "percent"), (case.fact_ids, "sentence"),
                                (case.match_ids, "reason"), (case.loss_ids, "price"),
                                (case.notification_ids, "told_at")):
                self.assertTrue(rows)
                with self.subTest(number, model=rows._name):
                    self.no(number, rows._name, "read", rows.ids, [field])
                    self.assertFalse(self.call(number, rows._name, "search",
                                               [["id", "in", rows.ids]]))
            with self.subTest(number, model="gendan.incident.report"):
                self.no(number, "gendan.incident.report", "search_read", [])

    def test_what_another_persons_case_cost_is_not_summed_up(self):
        """The analysis groups the cases: of another's it says neither that nor what it cost.

        Who sees a case without its amounts gets no sum of them either.
        """
        case = self.proposed("L-K4", number="E12", loss="960.00", **THEN)
        self.decide(case, at=DECIDED)
        mine = [["id", "=", case.id]]
        for number in (STRANGER, "E10", "E05", "E07", "E21"):
            with self.subTest(number):
                for by in ("ruled_by_id", "cause_id", "event_at:month", "same_before"):
                    self.assertFalse(self.call(
                        number, "gendan.incident", "formatted_read_group", mine, [by],
                        ["__count"]))
                result = self.call(number, "gendan.incident", "web_read_group", mine,
                                   ["ruled_by_id"])
                self.assertFalse(result["groups"])
        for number in (STRANGER, "E10", "E05", "E07", "E21", "E12", "E15", "E02"):
            for name in ("loss", "rest_amount"):
                with self.subTest(number, field=name):
                    self.no(number, "gendan.incident", "formatted_read_group", mine,
                            ["ruled_by_id"], [f"{name}:sum"])
                    self.no(number, "gendan.incident", "formatted_read_grouping_sets", mine,
                            [["ruled_by_id"], []], [f"{name}:sum"])
                    self.no(number, "gendan.incident", "read_group", mine, [f"{name}:sum"],
                            ["ruled_by_id"])
                    self.no(number, "gendan.incident", "formatted_read_group", mine, [name],
                            ["__count"])
                    self.no(number, "gendan.incident", "search_read", [[name, ">", 900]], ["id"])
                    self.no(number, "gendan.incident", "search", mine, order=f"{name} desc")
            self.no(number, "gendan.incident.report", "formatted_read_group", [], ["role"],
                    ["loss_part:sum"])
        self.assertTrue(self.call(CHAIR, "gendan.incident", "formatted_read_group", mine,
                                  ["ruled_by_id"], ["loss:sum"])[0]["loss:sum"] == 960)

    def test_a_party_sees_his_own_amount_only(self):
        self.decide(self.case, at=DECIDED)
        lines = self.case.sudo().decision_id.line_ids
        for number, shown in (("E15", [480, 0]), ("E13", [0, 480])):
            with self.subTest(number):
                rows = self.call(number, "gendan.incident.decision.line", "read", lines.ids,
                                 ["amount_shown"])
                self.assertEqual([row["amount_shown"] for row in rows], shown)
                self.no(number, "gendan.incident.decision.line", "read", lines.ids, ["amount"])

    def test_nothing_is_back_dated(self):
        """Not by writing, creating, importing, nor by a default in the context."""
        before = self.snapshot()
        stamps = {"reported_at": "2025-12-01 08:00:00"}
        for number in (REPORTER, CHAIR, GENERAL_MANAGER, "E20"):
            with self.subTest(number):
                self.no(number, "gendan.incident", "write", [self.case.id], stamps)
                self.no(number, "gendan.incident", "create", [{"subject": "x", **stamps}])
                self.no(number, "gendan.incident.match", "write",
                        self.case.sudo().match_ids[:1].ids,
                        {"matched_at": "2025-12-01 08:00:00"})
                id_ = self.call(number, "gendan.incident", "create", [{"subject": "x"}], context={
                    "default_reported_at": "2025-12-01 08:00:00",
                    "default_reported_by_id": self.user(GENERAL_MANAGER).id,
                    "default_state": "final"})
                made = self.env["gendan.incident"].sudo().browse(id_)
                self.assertEqual((made.reported_by_id, made.state),
                                 (self.user(number), "reported"))
                self.assertGreater(made.reported_at.isoformat(), "2026-01-01")
                result = self.call(number, "gendan.incident", "load",
                                   ["subject", "reported_at"], [["x", "2025-12-01 08:00:00"]])
                self.assertFalse(result["ids"])
                self.assertTrue(result["messages"])
        self.assertEqual(self.snapshot(), before)

    def test_evidence_is_not_deleted(self):
        """Facts, candidates, matched rules before the panel, losses, and the photo."""
        photo = self.env["ir.attachment"].with_user(self.user(REPORTER)).create({
            "name": "photo.jpg", "raw": b"x", "res_model": "gendan.incident",
            "res_id": self.case.id})
        before = self.snapshot()
        case = self.case.sudo()
        for number in EVERYBODY:
            for rows in (case.fact_ids[:1], case.candidate_ids[:1], case.loss_ids[:1],
                         case.share_ids[:1], photo):
                with self.subTest(number, model=rows._name):
                    self.no(number, rows._name, "unlink", rows.ids)
            with self.subTest(number, model="objection"):
                self.no(number, "gendan.incident.objection", "create", [{
                    "incident_id": case.id, "employee_id": self.ref("E15").id, "text": "x"}])
        self.assertEqual(self.snapshot(), before)
        self.assertTrue(photo.exists())

    def test_nobody_objects_for_another(self):
        self.decide(self.case, at=DECIDED)
        for number in EVERYBODY:
            if number in PARTIES:
                continue
            with self.subTest(number):
                self.no(number, "gendan.incident", "action_object", [self.case.id], "x",
                        self.ref("E15").id)
        self.assertFalse(self.case.sudo().objection_ids)

    def test_settings_of_the_text(self):
        """Rules are nobody's; percentages are versions of the general manager."""
        rule = self.rule("L-K4")
        version = self.case.sudo().percentage_id
        for number in (CHAIR, GENERAL_MANAGER, SALES_MANAGER, HR, "E20"):
            with self.subTest(number):
                self.no(number, "gendan.liability.rule", "write", [rule.id], {"text_zh": "x"})
                self.no(number, "gendan.liability.rule.part", "write", rule.sudo().part_ids.ids,
                        {"share_code": "full"})
                self.no(number, "gendan.liability.percentage", "write", [version.id],
                        {"primary": 10})
                self.no(number, "gendan.liability.percentage", "unlink", [version.id])

    def test_no_loss_is_typed_past_its_parts(self):
        """L-G1, L-G4: sums, parties and the decision in force follow from their rows."""
        loss = self.case.sudo().loss_ids
        self.by(self.case, REPORTER).action_reopen()
        before = self.snapshot()
        for values in ({"amount_company": 99999}, {"amount": 1}, {"company_id": 1}):
            self.no(REPORTER, "gendan.incident.loss", "write", loss.ids, values)
        for values in ({"has_loss": False}, {"party_user_ids": [[5]]}, {"decision_id": False},
                       {"leading_rule_id": False}, {"salesperson_id": self.user("E05").id}):
            self.no(REPORTER, "gendan.incident", "write", self.case.ids, values)
        self.no(CHAIR, "gendan.incident", "write", self.case.ids, {"loss": 1})
        self.no(REPORTER, "gendan.incident.loss", "create", {
            "incident_id": self.case.id, "description": "x", "price": 1, "amount_company": 5000})
        self.assertEqual(self.snapshot(), before)
