"""Papers as they come out of the printer: the PDF itself, read back page by page."""

import unicodedata

import pypdfium2

from odoo.tests import HttpCase

from ..demo.factory import Factory

# radicals that the printer takes for the character and that no normal form maps back
RADICALS = str.maketrans({"\u2ecb": "车", "\u2ed4": "门", "\u2ec5": "见", "\u2ee2": "马",
                          "\u2ee9": "黄", "\u2ec9": "贝"})


class PrintCase(HttpCase):
    """Mixed with the verbs of a room; prints for real, as the person who prints."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US", tracking_disable=True))
        cls.factory = Factory(cls.env).ensure()
        cls.company = cls.factory.company
        cls.env["ir.config_parameter"].set_param("report.url", cls.base_url())

    def printed(self, report, records, number, lang=None):
        """Return the PDF that ``number`` gets, as a list of the texts of its pages."""
        reports = self.by(self.env["ir.actions.report"], number).with_context(
            force_report_rendering=True, **({"lang": lang} if lang else {}))
        content, kind = reports._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        # the PDF's glyphs may be look-alikes of another block: ⽣ for 生
        texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
        return [unicodedata.normalize("NFKC", text).translate(RADICALS) for text in texts]
