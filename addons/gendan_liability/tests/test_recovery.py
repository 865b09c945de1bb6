from psycopg2 import IntegrityError

from odoo.exceptions import AccessError

from .common import CHAIR, HR, LiabilityCase


class TestRecovery(LiabilityCase):
    """Loss, share and amount stand apart; nothing is ever deducted (L-G7, A33)."""

    def final(self, *codes, loss, at="2026-12-15 09:00", day="2026-12-08"):
        incident = self.proposed(*codes, loss=loss, notice_id=self.notice.id,
                                 at=f"{day} 10:00", found=f"{day} 11:00")
        self.decide(incident, at=f"{day} 15:00")
        with self.at(at):
            self.by(incident, CHAIR).action_finalize()
        return incident

    def region(self, **values):
        region = self.env.ref("base.state_cn_ZJ", raise_if_not_found=False) or self.env[
            "res.country.state"].create({
                "name": "浙江", "code": "ZJX", "country_id": self.env.ref("base.cn").id})
        self.company.recovery_region_id = region
        return self.env["gendan.recovery.rule"].with_user(self.user(HR)).create({
            "region_id": region.id, "date_from": "2026-01-01", "allows_recovery": True,
            "minimum_wage": 2490, "source": "工资支付暂行规定 Art. 16", "source_date": "2026-11-22",
            **values})

    def prepare(self, month, at="2027-03-01 09:00"):
        rows = self.env["gendan.recovery.month"].with_user(self.user(HR)).with_company(
            self.company)
        with self.at(at):
            rows.action_prepare(month)
        return rows.search([("month", "=", month)])

    def test_an_appraisal_figure_by_default(self):
        self.final("L-M2", loss="2400.00")
        row = self.prepare("2026-12-01")
        self.assertRecordValues(row, [{
            "employee_id": self.ref("E11").id, "decided": 2400, "treatment": "appraisal",
            "recoverable": 0, "carried_out": 0}])

    def test_ceilings_of_the_month(self):
        """Two cases in one month: one ceiling for their sum; the balance is carried."""
        self.region()
        self.final("L-M2", loss="900.00")
        self.final("L-M3", loss="800.00", at="2026-12-16 09:00")
        row = self.prepare("2026-12-01")
        row.wage = 6000
        self.assertRecordValues(row, [{
            "decided": 1700, "treatment": "recovery", "ceiling": 1200, "recoverable": 1200,
            "carried_out": 500}])
        later = self.prepare("2027-01-01")
        later.wage = 2600
        self.assertRecordValues(later, [{
            "decided": 0, "carried_in": 500, "ceiling": 110, "recoverable": 110,
            "carried_out": 390}])
        self.assertEqual(self.prepare("2026-12-01").decided, 1700, "each case is listed once")

    def test_the_list_is_hrs(self):
        rows = self.env["gendan.recovery.month"]
        for number in ("E09", "E11", "E20", "E07"):
            with self.subTest(number), self.refused("prepared by HR"):
                rows.with_user(self.user(number)).action_prepare("2026-12-01")
        self.final("L-M2", loss="100.00")
        row = self.prepare("2026-12-01")
        with self.refused("only wage and note"):
            row.write({"carried_in": 1})
        for number in ("E11", "E20", "E10"):
            with self.subTest(number), self.refused(".", AccessError):
                self.by(row, number).read(["decided"])

    def test_the_rule_has_source_and_ceiling(self):
        rule = self.region()
        with self.refused("not rewritten|not allowed", Exception):
            rule.write({"minimum_wage": 0})
        for values in ({"ceiling_percent": 21, "date_from": "2027-01-01"},
                       {"source": False, "date_from": "2027-01-01"}):
            with self.subTest(values), self.refused("gendan_recovery_rule|source",
                                                    IntegrityError):
                self.region(**values)

    def test_a_correction_counts_instead(self):
        incident = self.final("L-M2", loss="1000.00")
        self.decide(incident, at="2026-12-17 09:00", reason="复核",
                    lines=self.as_proposed(incident, E11=40))
        self.assertEqual(self.prepare("2026-12-01").decided, 400)
