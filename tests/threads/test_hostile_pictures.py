"""Every door for pictures, tried with ones that mean harm: refused with a sentence, or made anew; never an error."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from community.members.models import Member
from community.products.models import Product
from reviews.models import Review
from tests.reviews.writing import fields
from tests.threads.hostile_pictures import KEPT, REFUSED
from tests.threads.pictures_to_send import picture, upload

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES = 800  # the most that one picture takes, whatever it is: 40 megapixels of WebP take 610
Send = Callable[[bytes, str], str]
Doors = dict[str, Send]


@pytest.fixture
def doors(as_: Callable[..., Client], member: Member, admin: Member, product: Product) -> Doors:
    """Each sends a file of a name, and returns what is answered."""
    customer, office = as_(member), as_(admin)
    shelf = {"name": "Fell Jumper", "slug": "fell-jumper", "sku": "AT-100", "category": product.category_id}
    inlines = {"outside_names-TOTAL_FORMS": 0, "outside_names-INITIAL_FORMS": 0}

    def send(client: Client, address: str, sent: dict[str, Any]) -> str:
        response = client.post(address, sent)
        assert response.status_code < 500
        return response.content.decode() if response.status_code != 302 else ""

    def editor(content: bytes, name: str) -> str:
        return send(customer, reverse("upload_photo"), {"photo": upload(content, name)})

    def review(content: bytes, name: str) -> str:
        return send(customer, "/products/fell-jumper/review/", fields(stars="", photo_1=upload(content, name)))

    def portrait(content: bytes, name: str) -> str:
        Member.objects.update(picture_at=None)
        return send(customer, reverse("own_picture"), {"picture": upload(content, name)})

    def shop(content: bytes, name: str) -> str:
        address = reverse("admin:products_product_change", args=[product.pk])
        return send(office, address, {**shelf, **inlines, "image": upload(content, name)})

    return {"editor": editor, "review": review, "portrait": portrait, "shop": shop}


@pytest.fixture
def media(settings: Any) -> Callable[[], list[Path]]:
    return lambda: [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("door", ["editor", "review", "portrait", "shop"])
def test_what_is_no_honest_picture_is_refused_with_the_right_words(
    door: str, doors: Doors, media: Callable[[], list[Path]]
) -> None:
    said = {what: doors[door](content, "jumper.jpg") for what, (content, _) in REFUSED.items()}
    assert [what for what, (_, words) in REFUSED.items() if words not in said[what]] == []
    assert media() == []
    assert not Review.objects.exists()


@pytest.mark.parametrize("door", ["editor", "review", "portrait", "shop"])
def test_what_is_kept_is_made_anew_and_holds_nothing_else(
    door: str, doors: Doors, media: Callable[[], list[Path]]
) -> None:
    for what, content in KEPT.items():
        before = set(media())
        said = doors[door](content, "../Secret.svg.exe")
        fresh = set(media()) - before
        assert fresh, (what, said)
        for file in fresh:
            _assert_is_plain(file, what)


def _assert_is_plain(file: Path, what: str) -> None:
    assert not any(mark in file.read_bytes() for mark in (b"Secret", b"script", b"PK\x03\x04")), what
    assert "Secret" not in file.name
    with Image.open(file) as kept:
        assert (kept.format, getattr(kept, "n_frames", 1)) == ("WEBP", 1), what
        assert not {"exif", "icc_profile", "xmp", "comment"} & kept.info.keys(), what


MEASURE = """
import re, sys
from django.conf import settings
settings.configure()
from community.products.pictures import encoded, sizes_of
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        print([len(encoded(made)) for made in sizes_of(file, 1)], file=sys.stderr)
with open("/proc/self/status") as status:  # ru_maxrss would begin with what the parent held when it forked
    print(int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1]) // 1024)
"""


@pytest.mark.slow
def test_the_largest_pictures_take_no_more_memory_than_there_is_for_them(tmp_path: Path) -> None:
    size, files = (8000, 5000), []
    for kind, mode, options in (
        ("PNG", "RGBA", {"compress_level": 1}),
        ("JPEG", "CMYK", {"progressive": True}),
        ("WEBP", "RGB", {"quality": 1, "method": 0}),
    ):
        files.append(tmp_path / f"large.{kind}")
        files[-1].write_bytes(picture(size, kind, mode, **options))
    command = [sys.executable, "-W", "ignore", "-c", MEASURE, *map(str, files)]
    measured = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(measured.stdout) < MEGABYTES
