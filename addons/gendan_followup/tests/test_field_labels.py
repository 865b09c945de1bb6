from collections import defaultdict

from odoo.tests import TransactionCase


class TestFieldLabels(TransactionCase):
    """Two fields of one label cannot be told apart in filters, exports and imports."""

    def test_no_two_fields_of_a_model_share_a_label(self):
        for name in self.env:
            labels = defaultdict(set)
            for field in self.env[name]._fields.values():
                labels[field.string].add((field.name, field._module or ""))
            for label, fields in labels.items():
                if any(module.startswith("gendan_") for _name, module in fields):
                    with self.subTest(model=name, label=label):
                        self.assertEqual(len(fields), 1, fields)
