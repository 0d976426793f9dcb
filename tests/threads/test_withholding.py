"""Photos of what is no longer public: their old address leads nowhere."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from community.threads.attaching import attach
from community.threads.editing import revise
from community.threads.models import Attachment, Post, Status
from community.threads.publishing import set_status
from community.threads.withholding import withhold_photos


@pytest.fixture
def shown(answer: Post, photo: Attachment) -> Attachment:
    """The answer shows it, and so does an earlier version."""
    Attachment.objects.filter(pk=photo.pk).update(uploader=answer.author)
    photo.refresh_from_db()
    attach([photo], post=answer, by=answer.author)
    Post.objects.filter(pk=answer.pk).update(body=f"Look: ![It]({photo.large.url})")
    answer.refresh_from_db()
    revise(by=answer.author, post=answer, body=f"Look here: ![It]({photo.large.url})", base_version=answer.version)
    return photo


def addresses(photo: Attachment) -> list[str]:
    photo.refresh_from_db()
    return [photo.large.url, photo.medium.url, photo.small.url]


def there(urls: list[str]) -> list[bool]:
    return [default_storage.exists(url.removeprefix("/media/")) for url in urls]


@pytest.mark.parametrize("status", [Status.REMOVED, Status.HIDDEN, Status.WITHDRAWN])
def test_who_kept_the_address_of_a_photo_finds_nothing(
    status: str, shown: Attachment, answer: Post, client: Client
) -> None:
    before = addresses(shown)
    assert there(before) == [True] * 3
    set_status(answer, status)
    after = addresses(shown)
    assert not set(before) & set(after)
    assert there(before) == [False] * 3 and there(after) == [True] * 3
    assert client.get(before[0]).status_code == 404


def test_the_texts_show_it_where_it_is_now(shown: Attachment, answer: Post) -> None:
    old = addresses(shown)[0]
    set_status(answer, Status.REMOVED)
    new = addresses(shown)[0]
    answer.refresh_from_db()
    texts = [answer.body, answer.body_html, answer.revisions.latest("version").body]
    assert all(new in text and old not in text for text in texts)


def test_an_opening_takes_the_photos_of_its_answers_along(shown: Attachment, answer: Post) -> None:
    before = addresses(shown)
    set_status(answer.thread.posts.get(kind="opening"), Status.REMOVED)
    assert not set(before) & set(addresses(shown))


def test_what_is_public_again_by_then_stays(shown: Attachment, answer: Post) -> None:
    before = addresses(shown)
    assert withhold_photos(answer.pk) == 0 == withhold_photos(10**9)
    assert addresses(shown) == before


def test_it_may_run_twice(shown: Attachment, answer: Post) -> None:
    set_status(answer, Status.REMOVED)
    assert withhold_photos(answer.pk) == 1
    assert there(addresses(shown)) == [True] * 3
