"""Where we listen: feeds that are really polled, webhooks that are really signed, and who may say where."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from community.notifications.webhook_signature import HEADER, sign
from staff.listening.polling import LONGEST_PAUSE, due_feeds, pause_after, poll
from staff.listening.sources import add_feed, add_webhook, pause_source, resume_source, rotate_secret, try_feed
from staff.models import Conversation, Mention, Source
from staff.tasks import listen, poll_feed
from tests.staff.feed_server import FeedServer, feed, feed_server, item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _brand(brand: Any) -> None:
    pass


@pytest.fixture
def feeds(settings: Any) -> Iterator[FeedServer]:
    settings.LISTEN_TO_LOOPBACK = True
    with feed_server() as serving:
        yield serving


def source_of(url: str, **fields: Any) -> Source:
    return Source.objects.create(name="Trail notes", kind=Source.Kind.FEED, url=url, **fields)


def fresh(source: Source) -> Source:
    return Source.objects.get(pk=source.pk)


# Feeds ----------------------------------------------------------------------------------------------------------------


def test_a_feed_brings_what_names_us_and_passes_the_rest_over(feeds):
    body = feed(
        item("n1", "A wet weekend", "<p>The <b>Alder &amp; Tarn</b> held up.</p>"),
        item("n2", "A recipe for soup"),
        item("n3", "Alder & Tarn in its first year".replace("&", "&amp;"), date="Fri, 20 Nov 2020 10:00:00 GMT"),
    )
    source = source_of(feeds.serve("/feed", body))
    assert poll(source)
    mention = Mention.objects.get()
    assert (mention.title, mention.author, mention.url) == ("A wet weekend", "Pen Moor", "https://blog.example.com/1")
    assert fresh(source).last_result == {"entries": 3, "new": 1, "known": 0, "old": 1, "passed_over": 1}
    assert Conversation.objects.get().mention == mention


def test_polling_again_brings_nothing_twice(feeds):
    source = source_of(feeds.serve("/feed", feed(item("n1", "Alder and Tarn"))))
    poll(source)
    poll(fresh(source))
    assert Mention.objects.count() == 1
    assert fresh(source).last_result["known"] == 1


def test_an_unchanged_feed_is_asked_politely(feeds):
    source = source_of(feeds.serve("/feed", feed(), ETag='"7"', Last_Modified="Sun, 22 Nov 2026 04:00:00 GMT"))
    poll(source)
    poll(fresh(source))
    _, headers = feeds.asked[1]
    assert headers["If-None-Match"] == '"7"'
    assert headers["If-Modified-Since"] == "Sun, 22 Nov 2026 04:00:00 GMT"


def test_two_workers_poll_a_feed_once(feeds):
    source = source_of(feeds.serve("/feed", feed()))
    same = fresh(source)
    assert poll(source) and not poll(same)
    assert len(feeds.asked) == 1


def test_a_failing_feed_is_left_alone_for_longer_and_says_why(feeds):
    source = source_of(feeds.serve("/feed", b"", 503))
    for failures in (1, 2, 3):
        assert not poll(fresh(source))
        assert fresh(source).failures == failures
    assert "503" in fresh(source).last_error
    assert pause_after(fresh(source)) == timedelta(hours=2)
    source.failures = 60_000
    assert pause_after(source) == LONGEST_PAUSE
    feeds.serve("/feed", feed())
    assert poll(fresh(source))
    assert (fresh(source).failures, fresh(source).last_error) == (0, "")


def test_the_task_engine_asks_what_is_due_and_no_more(feeds):
    source = source_of(feeds.serve("/feed", feed()))
    source_two = Source.objects.create(name="Rests", kind=Source.Kind.FEED, url=source.url + "2", is_on=False)
    assert listen() == 1
    assert due_feeds() == [] and not poll_feed(source.pk)
    assert due_feeds(timezone.now() + timedelta(minutes=15)) == [source.pk]
    assert not poll(source_two) and not poll_feed(999_999)
    assert len(feeds.asked) == 1


def test_what_is_no_feed_fails_with_a_sentence(feeds):
    source = source_of(feeds.serve("/page", b"<html><body>Hello</body></html>"))
    assert not poll(source)
    assert "neither RSS nor Atom" in fresh(source).last_error


def test_a_feed_inside_our_network_can_be_neither_added_nor_polled(manager, settings):
    settings.LISTEN_TO_LOOPBACK = False
    for url in ("http://example.com:6379/", "file:///etc/passwd", "http://a:b@example.com/"):
        with pytest.raises(ValidationError):
            add_feed(by=manager, name="Inside", url=url)
    source = source_of("http://127.0.0.1/feed")
    assert not poll(source)
    assert "public" in fresh(source).last_error


def test_trying_a_feed_takes_nothing(feeds, manager, as_):
    source = source_of(feeds.serve("/feed", feed(item("n1", "Alder and Tarn"), item("n2", "Soup"))))
    assert len(try_feed(by=manager, source=source)) == 2
    page = as_(manager).post(reverse("try_source", args=[source.pk]))
    assert "It holds 2 entries; 1 speaks" in page.text and not Mention.objects.exists()


def test_trying_a_feed_that_fails_says_why(feeds, manager, as_):
    page = as_(manager).post(reverse("try_source", args=[source_of(feeds.url + "/nowhere").pk]))
    assert page.status_code == 422 and "404" in page.text


# Managing -------------------------------------------------------------------------------------------------------------


def test_managers_add_rest_and_take_up_again(manager):
    source = add_feed(by=manager, name="Blog", url="https://blog.example.com/feed")
    assert pause_source(by=manager, source=source) and not pause_source(by=manager, source=source)
    assert due_feeds() == []
    assert resume_source(by=manager, source=source) and not resume_source(by=manager, source=source)
    assert due_feeds() == [source.pk]


def test_nobody_else_says_where_we_listen(moderator):
    with pytest.raises(PermissionDenied, match="Managers"):
        add_feed(by=moderator, name="Blog", url="https://blog.example.com/feed")
    with pytest.raises(PermissionDenied, match="Managers"):
        add_webhook(by=moderator, name="Tool")


def test_a_name_and_a_feed_are_there_once(manager):
    add_feed(by=manager, name="Blog", url="https://blog.example.com/feed")
    for name, url in (("blog", "https://b.example/"), ("Other", "https://blog.example.com/feed")):
        with pytest.raises(ValidationError):
            add_feed(by=manager, name=name, url=url)


def test_a_secret_is_shown_once(manager, as_):
    client = as_(manager)
    client.post(reverse("add_webhook"), {"webhook-name": "Tool"})
    secret = Source.objects.get(name="Tool").secret
    first, second = (client.get(reverse("listening_sources")) for _ in range(2))
    assert secret in first.text and secret not in second.text
    assert "no-store" in first["Cache-Control"]


def test_a_refused_feed_keeps_what_was_typed(manager, as_):
    page = as_(manager).post(reverse("add_feed"), {"feed-name": "Inside", "feed-url": "http://example.com:22/"})
    assert page.status_code == 422 and "80 and 443" in page.text and "http://example.com:22/" in page.text


# Webhooks -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hook(manager: Any) -> Source:
    return add_webhook(by=manager, name="Listening tool")


def told(**fields: Any) -> dict[str, Any]:
    return {"id": "p1", "url": "https://s.example/p1", "author": "ann", "text": "Thanks, Alder & Tarn!"} | fields


def send(client: Any, source: Source, payload: Any, *, secret: str = "", at: float | None = None, pk: int = 0) -> Any:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    signature = sign(body, secret=secret or source.secret, at=int(at or time.time()))
    address = reverse("hear", args=[pk or source.pk])
    return client.post(address, body, content_type="application/json", headers={HEADER: signature})


def test_a_signed_mention_is_taken_once(client, hook):
    payload = {"mentions": [told(published_at="2026-11-20T14:30:00Z"), told(id="p2", url="")]}
    assert send(client, hook, payload).json() == {"taken": 2, "known": 0}
    assert send(client, hook, payload).json() == {"taken": 0, "known": 2}
    assert Conversation.objects.filter(mention__isnull=False).count() == 2


def test_a_wrong_old_or_missing_signature_takes_nothing(client, hook, manager):
    payload = {"mentions": [told()]}
    other = add_webhook(by=manager, name="Other tool")
    old = hook.secret
    answers = [
        send(client, hook, payload, secret="guessed"),
        send(client, hook, payload, secret=other.secret),
        send(client, hook, payload, at=time.time() - 301),
        send(client, hook, payload, at=time.time() + 301),
        send(client, hook, payload, pk=999_999),
        client.post(reverse("hear", args=[hook.pk]), "{}", content_type="application/json"),
    ]
    rotate_secret(by=manager, source=hook)
    answers.append(send(client, hook, payload, secret=old))
    assert {answer.status_code for answer in answers} == {403}
    assert all("signature" in answer.json()["errors"][0] for answer in answers)
    assert not Mention.objects.exists()


def test_a_feed_is_no_door_for_an_empty_secret(client):
    source = source_of("https://blog.example.com/feed")
    assert send(client, source, {"mentions": [told()]}, secret=" ").status_code == 403


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"no json", "mentions"), (b"[" * 100_000, "mentions"), ({"mentions": []}, "1 to 50"), ([], "mentions"),
        ({"mentions": "x"}, "1 to 50"), ({"mentions": [told()] * 51}, "1 to 50"),
        ({"mentions": [told(), 7]}, "mentions[1]"), ({"mentions": [told(text=7)]}, "must be text"),
        ({"mentions": [told(text="")]}, "text is empty"), ({"mentions": [told(url="ftp://x")]}, "no web address"),
        ({"mentions": [told(), told(id="", url="")]}, "mentions[1]"),
        ({"mentions": [told(published_at="soon")]}, "date"), ({"mentions": [told(published_at=7)]}, "date"),
        ({"mentions": [told(published_at="2026-02-31T00:00:00Z")]}, "date"),
    ],
)  # fmt: skip
def test_what_is_unclear_is_refused_whole_with_sentences(client, hook, payload, words):
    """Nothing is half-written: the good ones beside it are not taken either."""
    answer = send(client, hook, payload)
    assert answer.status_code == 422 and any(words in sentence for sentence in answer.json()["errors"])
    assert not Mention.objects.exists()


def test_too_much_at_once_is_refused(client, hook):
    answer = send(client, hook, {"mentions": [told(text="x" * 1_100_000)]})
    assert answer.status_code == 413 and "1 MB" in answer.json()["errors"][0]


def test_nul_and_half_characters_do_no_harm(client, hook):
    answer = send(client, hook, {"mentions": [told(id="a\x00b", text="Fine\x00 \ud800 here", author="\ud800")]})
    assert answer.status_code == 200
    assert Mention.objects.get().text == "Fine  here"


def test_a_resting_webhook_says_so(client, hook, manager):
    pause_source(by=manager, source=hook)
    answer = send(client, hook, {"mentions": [told()]})
    assert answer.status_code == 409 and "rests" in answer.json()["errors"][0]
