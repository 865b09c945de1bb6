from odoo.addons.gendan_followup.tests.materials_case import MaterialsVerbs
from odoo.addons.gendan_followup.tests.test_check_sheet import photo

from .common import moment
from .test_evidence import EvidenceCase

MR, SP = "E11", "E04"


class TestMaterialsEvidence(MaterialsVerbs, EvidenceCase):
    """Who approved the artwork (L-S5), who set the carton size and from what (D3.10)."""

    def approved(self):
        """Return the plate job of PK04 v2, its artwork approved by 吴婷."""
        with self.at("2026-11-24 11:00"):
            job = self.start_plates("PK04_v2", MR, SP, notice_line_id=self.line.id)
            job.action_submit_artwork()
        with self.at("2026-11-24 15:00"):
            self.by(job, SP).action_approve_artwork()
        return self.by(job, MR)

    def plate_case(self, **values):
        return self.draft_case("plate", loss="3600.00", notice_id=self.notice.id, **values)

    def test_s5_the_approved_file(self):
        """吴婷 approved the barcode: 2,520.00 hers, 1,080.00 unassigned."""
        self.approved()
        case = self.plate_case()
        self.assertEqual(self.facts(case, "L-S5"), {"approved_artwork": "supports"})
        self.assertEqual(case.sudo().leading_rule_id.code, "L-S5")
        self.assertEqual(self.shares(case), [(SP, 70, "2520.00")])

    def test_s5_another_file(self):
        """What is there now was never before him: it exculpates."""
        job = self.approved()
        with self.at("2026-11-24 16:00"):
            job.artwork = photo("red")
        self.assertEqual(self.facts(self.plate_case(), "L-S5"), {"another_file": "contradicts"})

    def test_s5_never_approved(self):
        self.assertEqual(self.facts(self.plate_case(), "L-S5"), {"no_record": "missing"})
        with self.at("2026-11-24 11:00"):
            self.start_plates("PK04_v2", MR, SP, notice_line_id=self.line.id)
        self.assertEqual(self.facts(self.plate_case(), "L-S5"), {"not_approved": "missing"})

    def test_s5_reported_from_the_job(self):
        job = self.approved()
        values = job.sudo()._prepare_incident()
        self.assertEqual((values["event_at"], values["notice_id"]),
                         (moment("2026-11-24 15:00"), self.notice.id))

    def size_case(self):
        return self.draft_case("carton_size", loss="1680.00", notice_id=self.notice.id)

    def carton(self):
        self.line.write({"mark_front": "SUNRISE PO 5520", "mark_side": "无唛",
                         "packing_method": "40袋/箱 竖装"})
        with self.at("2026-11-25 10:00"):
            spec = self.specify_carton(self.line, MR)
            spec.action_ask()
            self.by(spec, SP).action_confirm()
        return self.by(spec, MR)

    def test_d3_10_without_a_sample(self):
        """S15.3: 10 mm too low by her own size: 李娜 1,680.00."""
        self.assertEqual(self.facts(self.size_case(), "D3.10"), {"no_record": "missing"})
        spec = self.carton()
        with self.at("2026-11-25 11:00"):
            spec.action_set_size(480, 380, 350)
        case = self.size_case()
        self.assertEqual(self.facts(case, "D3.10"), {"size_without_sample": "supports"})
        self.assertEqual(self.shares(case), [(MR, 100, "1680.00")])

    def test_d3_10_with_a_sample(self):
        spec = self.carton()
        with self.at("2026-11-26 10:00"):
            spec.action_ask_sample(self.ref("V04").id)
            sample = self.by(spec.sample_ids, MR)
            sample.action_receive()
            sample.write({"measured_length": 480, "measured_width": 380, "measured_height": 360,
                          "packs_tried": 40, "photo": photo("red")})
            sample.action_try(True)
            self.by(spec, MR).action_set_size(480, 380, 360, "sample")
        self.assertEqual(self.facts(self.size_case(), "D3.10"), {"sample_fits": "contradicts"})
