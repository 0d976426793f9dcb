"""A picture of one's own: taken in safely, shown everywhere, and gone when it is taken away."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from community.members.models import Member
from community.people.describing import remove_picture, take_picture
from community.threads.models import Edition, Post

As = Callable[[Member | None], Client]


def portrait(kind: str = "JPEG", size: tuple[int, int] = (300, 500)) -> SimpleUploadedFile:
    drawn, mode = BytesIO(), "RGB" if kind == "JPEG" else "RGBA"
    exif = Image.Exif()
    exif[271] = "A camera that tells"
    Image.new(mode, size, "teal").save(drawn, kind, exif=exif)
    return SimpleUploadedFile("../../me.svg", drawn.getvalue(), "image/svg+xml")


def send(client: Client, file: SimpleUploadedFile) -> str:
    return client.post(reverse("own_picture"), {"picture": file}, follow=True).content.decode()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_cut_square_and_tells_nothing_of_where_it_is_from(member: Member, as_: As, kind: str) -> None:
    assert "This is your picture now." in send(as_(member), portrait(kind))
    member.refresh_from_db()
    for size in (80, 160):
        with default_storage.open(f"{member.picture}-{size}.webp") as kept:
            picture = Image.open(kept)
            assert (picture.size, picture.format, len(picture.getexif())) == ((size, size), "WEBP", 0)
    assert "me" not in member.picture.split("/")[-1]


def test_it_stands_beside_what_they_write_without_a_query_more(
    answer: Post, other_member: Member, regular: Member, as_: As
) -> None:
    client, address = as_(regular), answer.thread.get_absolute_url()
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        assert 'class="avatar"' not in client.get(address + "?order=time").content.decode()
    take_picture(by=other_member, upload=portrait())
    client.get(address)
    with CaptureQueriesContext(connection) as after:
        page = client.get(address + "?order=time").content.decode()
    assert f'src="/media/{other_member.picture}-80.webp" alt=""' in page
    assert len(after) <= len(before)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "not a picture that we can read"),
        (b"", "This file is empty."),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(member: Member, as_: As, content: bytes, sentence: str) -> None:
    assert sentence in send(as_(member), SimpleUploadedFile("me.png", content))
    member.refresh_from_db()
    assert member.picture == ""


def test_without_a_file_the_form_says_so(member: Member, as_: As) -> None:
    assert "This field is required" in as_(member).post(reverse("own_picture")).content.decode()


def test_a_new_picture_waits_a_little(member: Member, as_: As) -> None:
    client = as_(member)
    send(client, portrait())
    refused = client.post(reverse("own_picture"), {"picture": portrait()})
    assert refused.status_code == 429 and b"just changed your picture" in refused.content


@pytest.mark.django_db(transaction=True)
def test_its_files_go_with_it_and_no_kept_page_shows_them(member: Member) -> None:
    take_picture(by=member, upload=portrait())
    stem, edition = member.picture, Edition.current()
    assert remove_picture(by=member, member=member)
    assert not default_storage.exists(f"{stem}-80.webp") and not default_storage.exists(f"{stem}-160.webp")
    assert Edition.current() > edition
    assert not remove_picture(by=member, member=member)


def test_a_moderator_takes_a_picture_away_and_nobody_else_does(
    member: Member, other_member: Member, moderator: Member, as_: As
) -> None:
    take_picture(by=member, upload=portrait())
    address = reverse("remove_picture", args=["mara"])
    assert as_(other_member).post(address).status_code == 403
    assert as_(moderator).post(address).status_code == 302
    member.refresh_from_db()
    assert member.picture == ""


def test_staff_keep_their_square_corners(responder: Member) -> None:
    responder.picture = "people/ab/abc"
    drawn = Template("{% load look %}{% avatar who %}").render(Context({"who": responder}))
    assert 'class="avatar avatar--staff"' in drawn
