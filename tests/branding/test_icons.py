"""Every icon that a page asks for is in the sprite."""

import re
from pathlib import Path

from django.conf import settings

from community.branding.templatetags.look import STATES

ICONS = Path(settings.BASE_DIR, "static", "icons")
NAMED = re.compile(r'{% icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|icon\|default:"([a-z0-9-]+)"')


def names_in_templates():
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        for match in NAMED.finditer(path.read_text()):
            yield next(name for name in match.groups() if name), path.name


def test_every_icon_named_in_a_template_is_in_the_sprite():
    known = set((ICONS / "lucide.txt").read_text().split()) | {path.stem for path in ICONS.glob("*.svg")}
    missing = {f"{name} in {page}" for name, page in names_in_templates() if name not in known}
    assert not missing, "add them to static/icons/lucide.txt"


def test_every_state_has_its_shape():
    known = set((ICONS / "lucide.txt").read_text().split()) | {path.stem for path in ICONS.glob("*.svg")}
    assert {shape for shape, _ in STATES.values()} <= known
