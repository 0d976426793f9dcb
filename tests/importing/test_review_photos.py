"""Photos of imported reviews: fetched later, from public addresses alone, looked over as uploads are."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.importing.models import AwaitedPhoto
from community.importing.reviews.cells import photos_of
from community.importing.reviews.photos import MOST_TRIES, due, fetch_due
from community.threads.models import Attachment, Post
from reviews.models import Review
from tests.staff.feed_server import FeedServer, feed_server
from tests.threads.pictures_to_send import picture, png_that_claims, with_secrets


@pytest.fixture
def server(settings: Any) -> Iterator[FeedServer]:
    settings.LISTEN_TO_LOOPBACK = True
    with feed_server() as serving:
        yield serving


@pytest.fixture
def await_photo(review: Review) -> Callable[..., AwaitedPhoto]:
    post = Post.objects.get(thread=review.pk, kind="opening")
    return lambda address, **facts: AwaitedPhoto.objects.create(post=post, address=address, **facts)


def test_a_photo_is_fetched_re_encoded_and_shown(
    server: FeedServer, await_photo: Callable[..., AwaitedPhoto], review: Review, client: Client
) -> None:
    await_photo(server.serve("/a.jpg", with_secrets()))
    assert fetch_due(seconds=20) and not AwaitedPhoto.objects.exists()
    kept = Attachment.objects.get()
    assert kept.post_id == review.thread.posts.get(kind="opening").pk and kept.large.name.endswith(".webp")
    assert b"Secret" not in Path(kept.large.path).read_bytes()
    assert kept.small.url in client.get(review.thread.get_absolute_url()).content.decode()


def test_the_import_itself_fetched_nothing_and_a_second_round_fetches_nothing_twice(
    server: FeedServer, await_photo: Callable[..., AwaitedPhoto]
) -> None:
    await_photo(server.serve("/a.jpg", picture()))
    assert not server.asked
    fetch_due(seconds=20)
    fetch_due(seconds=20)
    assert len(server.asked) == 1 and Attachment.objects.count() == 1


@pytest.mark.parametrize("body", [b"<html>", b"", png_that_claims(100_000, 100_000), b"%PDF-1.4"])
def test_what_is_no_picture_is_dropped_with_a_reason(
    server: FeedServer, await_photo: Callable[..., AwaitedPhoto], body: bytes
) -> None:
    awaited = await_photo(server.serve("/a.jpg", body, Content_Type="image/jpeg"))
    fetch_due(seconds=20)
    awaited.refresh_from_db()
    assert awaited.why_dropped and not Attachment.objects.exists() and not due().exists()


def test_no_address_of_our_own_network_is_asked(await_photo: Callable[..., AwaitedPhoto]) -> None:
    awaited = await_photo("http://169.254.169.254/latest/meta-data/", tries=MOST_TRIES - 1)
    fetch_due(seconds=20)
    awaited.refresh_from_db()
    assert "public" in awaited.why_dropped


def test_a_server_that_is_away_is_asked_again_later_and_not_for_ever(
    server: FeedServer, await_photo: Callable[..., AwaitedPhoto]
) -> None:
    awaited = await_photo(server.serve("/a.jpg", b"", 503))
    for _ in range(MOST_TRIES + 1):
        fetch_due(seconds=20)
        assert not due().exists()
        AwaitedPhoto.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    awaited.refresh_from_db()
    assert len(server.asked) == MOST_TRIES and "503" in awaited.why_dropped


def test_a_review_has_at_most_five_photos(server: FeedServer, await_photo: Callable[..., AwaitedPhoto]) -> None:
    for number in range(6):
        await_photo(server.serve(f"/{number}.jpg", picture()), position=number)
    fetch_due(seconds=60)
    assert Attachment.objects.count() == 5 and AwaitedPhoto.objects.exclude(why_dropped="").count() == 1


def test_a_long_row_of_separators_takes_no_time() -> None:
    began = process_time()
    photos_of(f"a{' ,' * 40_000}x")
    assert process_time() - began < 2


@pytest.mark.parametrize(
    ("cell", "kept", "dropped"),
    [
        ("", 0, 0),
        ("https://a.example/1.jpg,https://a.example/2.jpg", 2, 0),
        ("https://a.example/1,2.jpg; http://a.example/2.jpg|https://a.example/3.jpg", 3, 0),
        ("ftp://a.example/1.jpg https://a.example/2.jpg", 1, 1),
        ("javascript:alert(1)", 0, 1), ("data:image/png;base64,AAAA", 0, 1), ("//a.example/1.jpg", 0, 1),
        ("file:///etc/passwd", 0, 1), ("https://[bad", 0, 1), ("/1.jpg", 0, 1),
        (",".join(f"https://a.example/{n}.jpg" for n in range(7)), 5, 2),
    ],
)  # fmt: skip
def test_only_web_addresses_are_kept_and_at_most_five(cell: str, kept: int, dropped: int) -> None:
    found, others = photos_of(cell)
    assert (len(found), others) == (kept, dropped)
