"""One small drawing per family of goods, so that screens and papers are no grey boxes."""

import base64
import functools
import io

try:
    from PIL import Image, ImageDraw
except ImportError:  # pictures are a nicety
    Image = None

SIZE = 256
PAPER, INK, SHADE = "#fbfaf6", "#33475b", "#d8dee4"


@functools.cache
def picture(family):
    """Return the PNG of ``family`` as base64 text, or False where Pillow is missing."""
    if Image is None:
        return False
    # drawn twice as large and made smaller: soft edges
    image = Image.new("RGB", (2 * SIZE, 2 * SIZE), PAPER)
    SHAPES[family](ImageDraw.Draw(image))
    stream = io.BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return base64.b64encode(stream.getvalue()).decode()


def _wipes(draw):
    """A soft pack with its lid."""
    draw.polygon([(60, 150), (452, 150), (476, 176), (476, 356), (452, 382), (60, 382),
                  (36, 356), (36, 176)], fill="#7cc4c9")
    draw.rectangle((60, 150, 452, 196), fill="#9bd6da")
    draw.rounded_rectangle((150, 196, 362, 316), 28, fill="white", outline=INK, width=6)
    draw.rounded_rectangle((216, 286, 296, 316), 12, fill=SHADE)


def _bibs(draw):
    """A bib with the hole for the head."""
    draw.rounded_rectangle((110, 110, 402, 440), 90, fill="#f3c677", outline=INK, width=6)
    draw.ellipse((186, 50, 326, 196), fill=PAPER, outline=INK, width=6)
    draw.rounded_rectangle((140, 350, 372, 420), 40, fill="#f8dda9", outline=INK, width=6)


def _tissues(draw):
    """A box with a tissue standing out."""
    draw.polygon([(196, 190), (224, 70), (262, 130), (304, 76), (322, 190)], fill="white",
                 outline=INK, width=6)
    draw.rounded_rectangle((60, 190, 452, 420), 24, fill="#e9a8a0", outline=INK, width=6)
    draw.ellipse((170, 176, 342, 206), fill="#c97f77")


def _towels(draw):
    """Folded towels on each other."""
    for top, colour in ((300, "#9db8e0"), (220, "#c3d4ee"), (140, "#9db8e0")):
        draw.rounded_rectangle((80, top, 432, top + 84), 40, fill=colour, outline=INK, width=6)


def _sheets(draw):
    """A flat folded sheet."""
    draw.polygon([(60, 220), (300, 110), (460, 190), (220, 310)], fill="#e4ecdf", outline=INK,
                 width=6)
    draw.polygon([(60, 220), (220, 310), (220, 400), (60, 310)], fill="#b9cdae", outline=INK,
                 width=6)
    draw.polygon([(220, 310), (460, 190), (460, 280), (220, 400)], fill="#cfdfc6", outline=INK,
                 width=6)


def _rolls(draw):
    """A standing roll with its end hanging down."""
    draw.rectangle((130, 140, 380, 400), fill="#d9cdea", outline=INK, width=6)
    draw.ellipse((130, 90, 380, 190), fill="#efe8f7", outline=INK, width=6)
    draw.ellipse((220, 122, 290, 158), fill="#a58cc4", outline=INK, width=6)
    draw.polygon([(380, 140), (440, 176), (440, 430), (380, 400)], fill="#efe8f7", outline=INK,
                 width=6)


def _bag(draw):
    """A printed bag, sealed above and below."""
    draw.rectangle((140, 60, 372, 450), fill="#b7d7c2", outline=INK, width=6)
    for top in (60, 420):
        draw.rectangle((140, top, 372, top + 30), fill=SHADE, outline=INK, width=6)
    draw.ellipse((190, 180, 322, 312), fill="white", outline=INK, width=6)


def _carton(draw):
    """A closed carton with its tape."""
    draw.polygon([(60, 190), (256, 100), (452, 190), (256, 290)], fill="#dcb98a", outline=INK,
                 width=6)
    draw.polygon([(60, 190), (256, 290), (256, 440), (60, 340)], fill="#c39a63", outline=INK,
                 width=6)
    draw.polygon([(256, 290), (452, 190), (452, 340), (256, 440)], fill="#d0a872", outline=INK,
                 width=6)
    draw.polygon([(146, 150), (172, 138), (366, 236), (340, 248)], fill="#f1e2c8")


SHAPES = {"wipes": _wipes, "bibs": _bibs, "tissues": _tissues, "towels": _towels,
          "sheets": _sheets, "rolls": _rolls, "bag": _bag, "film": _rolls, "carton": _carton}
