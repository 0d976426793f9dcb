"""Photos: what is taken in, what is refused and with which words, and what happens to those nobody posts."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from community.members.limits import TooSoon
from community.members.models import Member
from community.threads.attaching import attach, describe_photo, purge_unposted, remove_photo, take_photo
from community.threads.models import Attachment, Post, Status, Thread
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from tests.threads.pictures_to_send import picture, png_that_claims, upload, with_secrets


def stored(file: Any) -> Image.Image:
    return Image.open(Path(file.path))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("GIF", "P"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_allowed_kind_is_kept_as_webp_in_three_sizes(member: Member, kind: str, mode: str) -> None:
    photo = take_photo(by=member, upload=upload(picture((2000, 1000), kind, mode)))
    for file, width in ((photo.large, 1280), (photo.medium, 640), (photo.small, 160)):
        with stored(file) as kept:
            assert (kept.format, kept.size) == ("WEBP", (width, width // 2))
    assert (photo.width, photo.height) == (1280, 640)


def test_a_small_picture_is_not_blown_up(member: Member) -> None:
    photo = take_photo(by=member, upload=upload(picture((60, 40))))
    assert (photo.width, photo.height) == (60, 40)


def test_a_very_tall_picture_is_bounded_too(member: Member) -> None:
    photo = take_photo(by=member, upload=upload(picture((100, 20_000))))
    assert photo.height == 2560


def test_nothing_of_where_and_with_what_remains(member: Member) -> None:
    photo = take_photo(by=member, upload=upload(with_secrets()))
    for file in (photo.large, photo.medium, photo.small):
        assert b"Secret" not in Path(file.path).read_bytes()
        with stored(file) as kept:
            assert not {"exif", "icc_profile", "xmp", "comment"} & kept.info.keys()


@pytest.mark.parametrize(
    ("orientation", "size", "red_corner"),
    [(1, (60, 40), (5, 5)), (3, (60, 40), (55, 35)), (6, (40, 60), (35, 5)), (8, (40, 60), (5, 55))],
)
def test_a_picture_stands_upright(
    member: Member, orientation: int, size: tuple[int, int], red_corner: tuple[int, int]
) -> None:
    photo = take_photo(by=member, upload=upload(with_secrets(orientation)))
    with stored(photo.large) as kept:
        red, _, blue = kept.convert("RGB").getpixel(red_corner)  # type: ignore[misc]
        assert kept.size == size
        assert red > blue


def test_the_name_says_nothing_and_cannot_be_guessed(member: Member) -> None:
    photo = take_photo(by=member, upload=upload(name="../../my-secret name.svg.jpg"))
    assert re.fullmatch(r"photos/\d{4}/\d{2}/[0-9a-f]{32}\.webp", str(photo.large.name))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"just words", "not a picture"),
        (SVG, "not a picture"),
        (picture(kind="BMP"), "not a picture"),
        (picture(kind="TIFF"), "not a picture"),
        (picture((600, 600))[:900], "not a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(500), "not a picture"),
        (b"GIF89a" + bytes(4), "not a picture"),
        (png_that_claims(8000, 5001), "40 megapixels"),
        (png_that_claims(20_000, 10_000), "40 megapixels"),
        (png_that_claims(0, 10), "not a picture"),
        (bytes(10 * 1024 * 1024 + 1), "at most 10 MB"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(member: Member, content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        take_photo(by=member, upload=upload(content))
    assert not Attachment.objects.exists()


def test_what_it_is_called_does_not_matter(member: Member) -> None:
    assert take_photo(by=member, upload=upload(picture(kind="PNG"), name="photo.svg"))


def test_the_fifty_first_photo_of_a_day_waits(member: Member) -> None:
    Attachment.objects.bulk_create(Attachment(uploader=member, width=1, height=1) for _ in range(50))
    with pytest.raises(TooSoon, match="50 photos"):
        take_photo(by=member, upload=upload())


def test_photos_are_posted_in_order_and_only_ones_own(question: Thread, other_member: Member, member: Member) -> None:
    mine = [take_photo(by=other_member, upload=upload()) for _ in range(2)]
    foreign = take_photo(by=member, upload=upload())
    post = add_answer(by=other_member, thread=question, body="Like this, you see?", photos=[mine[1], foreign, mine[0]])
    assert list(post.attachments.all()) == [mine[1], mine[0]]
    assert attach(mine, post=post, by=other_member) == 0


def test_a_post_has_at_most_five_photos(question: Thread, other_member: Member) -> None:
    photos = [take_photo(by=other_member, upload=upload()) for _ in range(6)]
    with pytest.raises(ValidationError, match="at most 5"):
        add_answer(by=other_member, thread=question, body="Like this, you see?", photos=photos)
    assert not Post.objects.filter(author=other_member).exists()


def test_a_new_member_posts_one_photo_shown_in_the_text_or_not(question: Thread, new_member: Member) -> None:
    one, two = (take_photo(by=new_member, upload=upload()) for _ in range(2))
    shown = f"Like this: ![Label]({one.large.url})"
    with pytest.raises(ValidationError, match="2 images"):
        add_answer(by=new_member, thread=question, body=shown, photos=[one, two])
    assert add_answer(by=new_member, thread=question, body=shown, photos=[one]).attachments.count() == 1


def test_a_photo_shown_in_the_text_belongs_to_the_post(question: Thread, other_member: Member) -> None:
    photo = take_photo(by=other_member, upload=upload())
    post = add_answer(by=other_member, thread=question, body=f"Like this: ![Label]({photo.large.url})")
    assert list(post.attachments.all()) == [photo]


def test_photos_that_nobody_posted_go_with_their_files_after_a_day(answer: Post, member: Member) -> None:
    old, new, posted = (take_photo(by=member, upload=upload()) for _ in range(3))
    Attachment.objects.filter(pk__in=[old.pk, posted.pk]).update(created_at=timezone.now() - timedelta(hours=25))
    Attachment.objects.filter(pk=posted.pk).update(post=answer)
    assert purge_unposted() == 1
    assert set(Attachment.objects.all()) == {new, posted}
    assert not default_storage.exists(str(old.large.name))
    assert default_storage.exists(str(new.small.name))


def test_removing_twice_is_removing_once(member: Member) -> None:
    photo = take_photo(by=member, upload=upload())
    assert remove_photo(by=member, photo=photo)
    assert not remove_photo(by=member, photo=photo)


def test_nobody_else_removes_or_describes_a_photo(member: Member, other_member: Member) -> None:
    photo = take_photo(by=member, upload=upload())
    with pytest.raises(PermissionDenied):
        remove_photo(by=other_member, photo=photo)
    with pytest.raises(PermissionDenied):
        describe_photo(by=other_member, photo=photo, alt="Mine now")


def test_the_editor_gets_what_shows_the_photo(member: Member, as_: Callable[..., Client]) -> None:
    response = as_(member).post(reverse("upload_photo"), {"photo": upload(), "alt": "The [care] label"})
    photo = Attachment.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": photo.pk,
        "url": photo.large.url,
        "small": photo.small.url,
        "markdown": rf"![The \[care\] label]({photo.large.url})",
    }


def test_the_editor_gets_a_sentence_for_what_is_refused(member: Member, as_: Callable[..., Client]) -> None:
    client, address = as_(member), reverse("upload_photo")
    assert client.post(address).json() == {"error": "No photo came with this."}
    refused = client.post(address, {"photo": upload(SVG)})
    assert (refused.status_code, "JPEG, PNG, WebP or GIF" in refused.json()["error"]) == (400, True)
    assert as_(None).post(address, {"photo": upload()}).status_code == 403
    Attachment.objects.bulk_create(Attachment(uploader=member, width=1, height=1) for _ in range(50))
    waits = client.post(address, {"photo": upload()})
    assert (waits.status_code, "Retry-After" in waits.headers) == (429, True)


@pytest.mark.parametrize("megabytes", [11, 40])
def test_an_upload_without_end_is_refused_and_cut_off(
    megabytes: int, member: Member, as_: Callable[..., Client]
) -> None:
    response = as_(member).post(reverse("upload_photo"), {"photo": upload(bytes(megabytes * 1024 * 1024))})
    assert (response.status_code, "at most 10 MB" in response.json()["error"]) == (400, True)
    assert response.wsgi_request.FILES["photo"].size < 11 * 1024 * 1024


def test_a_photo_is_taken_out_by_its_own_address(
    answer: Post, other_member: Member, member: Member, as_: Callable[..., Client]
) -> None:
    photo = take_photo(by=other_member, upload=upload())
    address = reverse("remove_photo", args=[photo.pk])
    assert as_(member).post(address).status_code == 404, "nobody knows of it before it is posted"
    attach([photo], post=answer, by=other_member)
    assert as_(member).post(address).status_code == 403
    assert (
        as_(other_member).post(address, headers={"Accept": "text/html"}).headers["Location"]
        == answer.get_absolute_url()
    )
    assert as_(other_member).post(address).status_code == 404


def edit(client: Client, post: Post, **fields: Any) -> Any:
    fields = {"body": post.body, "base_version": post.version} | fields
    return client.post(reverse("edit_post", args=[post.pk]), fields)


def test_without_javascript_photos_come_with_the_form(
    answer: Post, other_member: Member, as_: Callable[..., Client]
) -> None:
    client = as_(other_member)
    assert edit(client, answer, new_photos=[upload(), upload()]).status_code == 302
    first, second = answer.attachments.all()
    edit(client, answer, **{f"drop_{first.pk}": "on", f"alt_{second.pk}": "The label"})
    assert [photo.alt for photo in answer.attachments.all()] == ["The label"]


def test_a_photo_that_is_taken_out_leaves_the_text_too(
    answer: Post, other_member: Member, as_: Callable[..., Client]
) -> None:
    photo = take_photo(by=other_member, upload=upload(), alt="The [care] label")
    shown = rf"Like this: ![The \[care\] label]({photo.large.url})" + "\nwith cold water."
    edit(as_(other_member), answer, body=shown, photos=[photo.pk])
    assert list(answer.attachments.all()) == [photo]
    answer.refresh_from_db()
    edit(as_(other_member), answer, **{f"drop_{photo.pk}": "on"})
    answer.refresh_from_db()
    assert answer.body == "Like this: with cold water."
    assert not answer.attachments.exists()


def test_a_refused_form_keeps_the_photos_that_came_with_it(
    answer: Post, other_member: Member, as_: Callable[..., Client]
) -> None:
    page = edit(as_(other_member), answer, body="Short", new_photos=[upload()]).content.decode()
    kept = Attachment.objects.get()
    assert f'name="photos" value="{kept.pk}"' in page
    assert not answer.attachments.exists()
    edit(as_(other_member), answer, photos=[kept.pk])
    assert list(answer.attachments.all()) == [kept]


def test_a_form_says_which_file_it_could_not_keep(
    answer: Post, other_member: Member, as_: Callable[..., Client]
) -> None:
    page = edit(as_(other_member), answer, new_photos=[upload(b"words", "notes.jpg")]).content.decode()
    assert "notes.jpg: This file is not a picture" in page


def test_more_than_five_are_refused_before_they_are_read(
    answer: Post, other_member: Member, as_: Callable[..., Client]
) -> None:
    page = edit(as_(other_member), answer, new_photos=[upload() for _ in range(6)]).content.decode()
    assert "at most 5 photos" in page
    assert not Attachment.objects.exists()


def test_a_hidden_posts_photo_cannot_be_reached_through_its_address(
    answer: Post, other_member: Member, member: Member, as_: Callable[..., Client]
) -> None:
    photo = take_photo(by=other_member, upload=upload())
    attach([photo], post=answer, by=other_member)
    set_status(answer, Status.HIDDEN)
    assert as_(member).post(reverse("remove_photo", args=[photo.pk])).status_code == 404


def test_photos_that_were_refused_or_taken_out_count_too(member: Member, time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    remove_photo(by=member, photo=take_photo(by=member, upload=upload()))
    for _ in range(59):
        with pytest.raises(ValidationError):
            take_photo(by=member, upload=upload(b"words"))
    with pytest.raises(TooSoon):
        take_photo(by=member, upload=upload())
