from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import MAGIC_CONTEXT, ForgeryCase

# what proves who did what; written by the steps alone
EVIDENCE = {
    "gendan.signature": {"user_id": 1, "role": "finance", "signed_at": "2020-01-01 00:00:00"},
    "gendan.revision": {"state": "valid", "digest": "0" * 64},
    "gendan.revision.event": {"kind": "verify", "happened_at": "2020-01-01 00:00:00"},
    "gendan.verification.tick": {"ticked_by_id": 1},
    "gendan.assignment": {"user_id": 1, "date_from": "2020-01-01 00:00:00"},
    "gendan.audit": {"message": "nothing happened", "user_name": "nobody"},
    "gendan.production.notice": {"state": "released", "on_hold": False},
    "gendan.production.notice.line": {"quantity": 1, "released_quantity": 10**6},
    "gendan.stock.check": {"checked_at": "2020-01-01 00:00:00"},
    "gendan.stock.check.line": {"taken": 10**6, "usable": 10**6},
}


@tagged("adversary")
class TestForgeryEvidence(ForgeryCase):
    """No user, whatever his rights, makes, edits or deletes evidence by any door (D1.12)."""

    def setUp(self):
        super().setUp()
        self.order = self.order_in("released")
        self.env["gendan.audit"].sudo().create({"kind": "refused", "message": "an attempt"})
        self.env.flush_all()

    def one(self, model):
        return self.env[model].sudo().search([], limit=1, order="id desc")

    def test_there_is_evidence_to_forge(self):
        for model in EVIDENCE:
            with self.subTest(model=model):
                self.assertTrue(self.one(model))

    def test_nobody_writes_it(self):
        for model, values in EVIDENCE.items():
            record = self.one(model)
            for number in self.everybody:
                for context in (None, MAGIC_CONTEXT):
                    with self.subTest(model=model, user=number, context=bool(context)):
                        error = self.assert_no_effect(
                            [model], self.rpc, number, model, "write", record.ids, values,
                            context=context)
                        self.assertIsInstance(error, AccessError)
                        self.assertIn("written by the steps", str(error))

    def test_nobody_deletes_it(self):
        for model in EVIDENCE:
            record = self.one(model)
            for number in self.everybody:
                with self.subTest(model=model, user=number):
                    error = self.assert_no_effect(
                        [model], self.rpc, number, model, "unlink", record.ids)
                    self.assertIn("written by the steps", str(error))

    def test_nobody_makes_it_up(self):
        revision = self.order.sudo().revision_id
        made_up = {
            "gendan.signature": {
                "res_model": "gendan.revision", "res_id": revision.id, "role": "sales_manager",
                "cycle": revision.cycle, "digest": revision.digest,
                "user_id": self.user("E02").id, "signed_at": "2026-12-07 00:00:00"},
            "gendan.revision": {"order_id": self.order.id, "number": 7,
                                "company_id": self.company.id},
            "gendan.revision.event": {"revision_id": revision.id, "kind": "verify",
                                      "user_id": self.user("E10").id,
                                      "happened_at": "2026-12-07 00:00:00"},
            "gendan.verification.tick": {"revision_id": revision.id, "cycle": 1,
                                         "group": "1_size"},
            "gendan.assignment": {"order_id": self.order.id, "user_id": self.user("E11").id,
                                  "date_from": "2026-12-07 00:00:00",
                                  "assigned_by_id": self.user("E09").id},
            "gendan.audit": {"kind": "override", "message": "allowed"},
            "gendan.production.notice": {"name": "SC-1", "company_id": self.company.id,
                                         "state": "released"},
            "gendan.production.notice.line": {
                "notice_id": self.order.sudo().notice_id.id, "product_id": self.ref("F01").id,
                "product_uom_id": self.ref("F01").uom_id.id, "released_quantity": 5000},
            "gendan.stock.check": {"notice_id": self.order.sudo().notice_id.id,
                                   "revision_id": revision.id, "company_id": self.company.id,
                                   "checked_by_id": 1, "checked_at": "2026-12-07 00:00:00"},
            "gendan.stock.check.line": {
                "check_id": self.one("gendan.stock.check").id, "product_id": self.ref("F15").id,
                "notice_line_id": self.order.sudo().notice_id.line_ids.id, "taken": 5},
        }
        self.assertEqual(made_up.keys(), EVIDENCE.keys())
        for model, values in made_up.items():
            for number in self.everybody:
                for context in (None, MAGIC_CONTEXT):
                    with self.subTest(model=model, user=number, context=bool(context)):
                        error = self.assert_no_effect(
                            [model], self.rpc, number, model, "create", values, context=context)
                        self.assertIn("written by the steps", str(error))

    def test_no_command_of_an_order_makes_it(self):
        """One2many commands write and create rows of the other model."""
        order, other = self.order, self.order_in("valid")
        revision = order.sudo().revision_id
        commands = {
            "revision_ids": (Command.link(other.sudo().revision_id.id),
                             Command.create({"number": 9, "company_id": self.company.id}),
                             Command.update(revision.id, {"state": "void"}),
                             Command.delete(revision.id), Command.clear()),
            "assignment_ids": (Command.create({"user_id": self.user("E11").id}),
                               Command.delete(order.sudo().assignment_ids.id)),
            "tick_ids": (Command.update(order.sudo().tick_ids.ids[0], {"ticked_by_id": 1}),),
            "signature_ids": (Command.delete(order.sudo().signature_ids.ids[0]), Command.clear()),
            "revision_event_ids": (Command.delete(order.sudo().revision_event_ids.ids[0]),),
        }
        models = tuple(EVIDENCE)
        for name, tries in commands.items():
            for command in tries:
                for number in ("E05", "system"):
                    with self.subTest(field=name, command=command[0], user=number):
                        self.assert_no_effect(models, self.rpc, number, "sale.order", "write",
                                              order.ids, {name: [command]})

    def test_nobody_imports_or_copies_it(self):
        for model, values in EVIDENCE.items():
            record = self.one(model)
            name, value = next(iter(values.items()))
            for number in ("plain", "E10", "E02", "system"):
                with self.subTest(model=model, user=number, door="load"):
                    self.assert_no_effect([model], self.rpc, number, model, "load",
                                          [".id", name], [[str(record.id), str(value)]])
                with self.subTest(model=model, user=number, door="copy"):
                    error = self.assert_no_effect(
                        [model], self.rpc, number, model, "copy", record.ids)
                    self.assertIsInstance(error, UserError)

    def test_an_administrator_who_grants_himself_rights_gains_nothing(self):
        for model, values in EVIDENCE.items():
            self.rpc("system", "ir.model.access", "create", {
                "name": model, "model_id": self.env["ir.model"]._get_id(model),
                "group_id": self.env.ref("base.group_system").id, "perm_read": True,
                "perm_write": True, "perm_create": True, "perm_unlink": True})
            record = self.one(model)
            for method, arguments in (("write", (record.ids, values)), ("unlink", (record.ids,)),
                                      ("create", ({**values},))):
                with self.subTest(model=model, method=method):
                    error = self.assert_no_effect(
                        [model], self.rpc, "system", model, method, *arguments)
                    self.assertIn("written by the steps", str(error))

    def test_other_apps_code_under_sudo_edits_no_evidence(self):
        written_once = ("gendan.signature", "gendan.revision.event", "gendan.assignment",
                        "gendan.audit", "gendan.stock.check", "gendan.stock.check.line")
        for model in written_once:
            record = self.one(model).with_user(self.user("system")).sudo()
            for door, forge in (("write", lambda r, m: r.write(EVIDENCE[m])),
                                ("unlink", lambda r, m: r.unlink())):
                with self.subTest(model=model, door=door):
                    self.assert_refused("kept as evidence", forge, record, model)
        for model in ("gendan.revision", "gendan.production.notice"):
            with self.subTest(model=model):
                self.assert_refused("never deleted", self.one(model).unlink)

    def test_a_frozen_content_is_not_exchanged_under_sudo(self):
        revision = self.order.sudo().revision_id
        for values in ({"payload": "{}"}, {"digest": "0" * 64}, {"cycle": 9}, {"letter": "Z"},
                       {"order_id": self.order_in("draft").id}, {"number": 4}):
            with self.subTest(values=values):
                self.assert_refused("is frozen", revision.write, values)
        for state in ("draft", "submitted", "returned"):
            with self.subTest(state=state):
                self.assert_refused("that step does not exist", revision.write, {"state": state})

    def test_a_signature_in_another_name_or_time_is_stamped_right(self):
        """Even code under sudo signs in the name of who runs it, now."""
        revision = self.order.sudo().revision_id
        with self.at("2026-12-08 08:00"):
            forged = self.env["gendan.signature"].with_user(self.user("E10")).sudo().create({
                "res_model": "gendan.revision", "res_id": revision.id, "role": "finance",
                "kind": "sign", "user_id": self.user("E07").id,
                "signed_at": "2026-12-01 00:00:00"})
        self.assertEqual(forged.user_id, self.user("E10"))
        self.assertEqual(str(forged.signed_at), "2026-12-08 00:00:00")

    def test_attempts_are_on_record(self):
        self.attempt(self.rpc, "E10", "gendan.production.notice", "load", [".id", "state"],
                     [[str(self.order.sudo().notice_id.id), "released"]])
        self.attempt(self.rpc, "plain", "gendan.signature", "create", {"role": "finance"})
        kept = {(row["gate"], row["user_id_int"], row["document"]) for row in self.refusals()}
        self.assertIn(("system.only", self.user("E10").id, self.order.sudo().notice_id.name), kept)
        self.assertIn(("system.only", self.user("plain").id, "Signature"), kept)

    def test_private_steps_are_no_doors(self):
        revision = self.order.sudo().revision_id
        for model, method, arguments in (
                ("gendan.revision", "_sign", ("finance",)),
                ("gendan.revision", "_submit", ({}, None)),
                ("gendan.revision", "_void", ()),
                ("gendan.revision", "_log_event", ("valid",)),
                ("gendan.production.notice", "_hold", ("manual", "x")),
                ("gendan.production.notice", "_cancel", ("x",)),
                ("sale.order", "_after_valid", ()),
                ("sale.order", "_assign", (self.user("E11").id,)),
                ("sale.order", "_restore_content", ({},))):
            ids = revision.ids if model == "gendan.revision" else self.order.ids
            with self.subTest(method=method):
                error = self.attempt(self.rpc, "system", model, method, ids, *arguments)
                self.assertIsInstance(error, AccessError)

    def test_the_log_of_a_document_is_kept(self):
        """X5: nobody rewrites, dates back, deletes or makes up what a document's log says."""
        order = self.order
        self.by(order, "E05").message_post(body="客户来电", message_type="comment")
        order.sudo()._message_log(body="已下达")
        logs = order.sudo().message_ids
        notes = logs.filtered(lambda message: message.message_type != "comment")
        self.assertTrue(notes)
        stranger = self.user("E02").partner_id
        for number in ("E05", "E10", "E09", "E02", "system"):
            for message in (notes[:1], logs - notes):
                for values in ({"body": "forged"}, {"date": "2020-01-01 00:00:00"},
                               {"author_id": stranger.id}, {"res_id": 1}):
                    with self.subTest(user=number, values=values):
                        error = self.assert_no_effect(
                            ["mail.message"], self.rpc, number, "mail.message", "write",
                            message.ids, values)
                        self.assertIsInstance(error, AccessError)
                with self.subTest(user=number, door="unlink"):
                    error = self.assert_no_effect(
                        ["mail.message"], self.rpc, number, "mail.message", "unlink", message.ids)
                    self.assertIsInstance(error, AccessError)
            values = {"model": "sale.order", "res_id": order.id, "body": "同意", "author_id":
                      self.user("E07").partner_id.id, "message_type": "notification"}
            with self.subTest(user=number, door="in another name"):
                error = self.assert_no_effect(
                    ["mail.message"], self.rpc, number, "mail.message", "create", values)
                self.assertIsInstance(error, AccessError)
            with self.subTest(user=number, door="posted in another name"):
                error = self.assert_no_effect(
                    ["mail.message"], self.rpc, number, "sale.order", "message_post", order.ids,
                    body="同意", author_id=self.user("E07").partner_id.id)
                self.assertIsInstance(error, AccessError)

    def test_ones_own_comment_is_still_edited_in_the_chatter(self):
        order = self.by(self.order, "E05")
        message = order.message_post(body="客户来电", message_type="comment")
        order.sudo()._message_update_content(message.sudo(), body="客户来信")
        self.assertIn("客户来信", message.body)
