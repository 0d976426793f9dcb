"""The brand's card: the picture that stands beside a link to a page that has none of its own."""

from functools import lru_cache
from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from community.branding.memory import Brand

SIZE = (1200, 630)
MARGIN, RULE = 96, 16
PAPER, INK, SOFT = "#fbf9f5", "#26221c", "#6a6257"
NAME_SIZE, LINE_SIZE, LINE_HEIGHT = 88, 44, 62
LONGEST_LINE, MOST_LINES = 42, 4


@lru_cache(maxsize=2)
def draw_card(brand: Brand) -> bytes:
    """A PNG of 1200 by 630 pixels: name and tagline on paper, with a rule in the brand's colour."""
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, RULE, SIZE[1]), fill=brand.accent)
    name = "\n".join(wrap(brand.name, 22)[:2])
    pen.multiline_text((MARGIN, MARGIN + 60), name, INK, ImageFont.load_default(NAME_SIZE), spacing=12)
    top = MARGIN + 60 + (name.count("\n") + 1) * (NAME_SIZE + 24) + 24
    for number, line in enumerate(wrap(brand.tagline or "Community", LONGEST_LINE)[:MOST_LINES]):
        pen.text((MARGIN, top + number * LINE_HEIGHT), line, SOFT, ImageFont.load_default(LINE_SIZE))
    out = BytesIO()
    card.save(out, "PNG", optimize=True)
    return out.getvalue()
