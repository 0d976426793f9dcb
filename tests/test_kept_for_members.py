"""A page shared by customers is, for each of them, the very page that would have been drawn for them alone."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import own_things
from community.kept_for_members import KeptForMembersMiddleware
from community.kept_pages import kept_pages
from community.members.models import Member
from community.notifications.following import follow
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.drafting import save_draft
from community.threads.models import Category, Post, Status, Tag, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from community.threads.voting import vote
from forum.me_too import have_too
from forum.models import Question
from forum.saved_lists import save_list
from forum.solving import accept
from reviews.models import Review
from reviews.reviewing import write_review
from tests.conftest import make_member

As = Callable[[Member | None], Client]
SECRETS = re.compile(rb'(csrfmiddlewaretoken|submission_key)"( type="hidden")? value="[^"]+"')
TITLE = "Warm enough, and no more"
BODY = "Warm on the hill in April, a bit thin for January."


@pytest.fixture
def pages(question: Thread, answer: Post, review: Review, product: Product) -> dict[str, str]:
    """One of every kind that is shared."""
    return {
        "home": "/",
        "questions": "/questions/?tab=active",
        "category": "/questions/?category=care-and-repair",
        "products": "/products/",
        "tag": "/tags/wool/",
        "question": question.get_absolute_url(),
        "product": product.get_absolute_url(),
        "review": review.thread.get_absolute_url(),
    }


@pytest.fixture
def first_reader(db: None) -> Member:
    """Has nothing of her own anywhere, and reads every page first."""
    return make_member("freya", display_name="Freya First", trust_level=2)


@pytest.fixture
def reader(db: None) -> Member:
    return make_member("sam", display_name="Sam Second", trust_level=2)


@contextmanager
def nothing_shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("community.kept_for_members.PAGES", {})
        yield


def said(client: Client, address: str) -> bytes:
    """The page without what is new at every reading."""
    page = client.get(address)
    assert page.status_code == 200
    return SECRETS.sub(b"", page.content)


def is_shared(address: str) -> bool:
    classes = [f"{level} {unread}" for level in range(5) for unread in (False, True)]
    return any(kept_pages.holds(f"{one} http://testserver{address}") for one in classes)


@pytest.mark.parametrize("kind", own_things.PAGES)
@pytest.mark.parametrize("unread", [0, 3])
def test_who_has_nothing_there_reads_the_page_that_would_be_drawn_for_them(
    kind: str,
    unread: int,
    pages: dict[str, str],
    first_reader: Member,
    reader: Member,
    as_: As,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Member.objects.update(unread_notifications=unread)
    said(as_(first_reader), pages[kind])
    assert is_shared(pages[kind])
    shared = said(as_(reader), pages[kind])
    with nothing_shared(monkeypatch):
        assert shared == said(as_(reader), pages[kind])
    assert b"Sam Second" in shared and b"Freya" not in shared and b"stand-in" not in shared


def review_it(by: Member, answer: Post, review: Review) -> None:
    write_review(by=by, product=review.product, stars=3, title=TITLE, body=BODY)


def accept_it(by: Member, answer: Post, review: Review) -> None:
    """Then lose the trust that lets one unaccept what others accepted."""
    accept(by=by, post=answer)
    Member.objects.filter(pk=by.pk).update(trust_level=2)
    by.refresh_from_db()


def accept_it_beside(by: Member, answer: Post, review: Review) -> None:
    """The same, as a second solution."""
    Category.objects.update(allows_several_accepted=True)
    helper = make_member("hal", trust_level=2)
    other = add_answer(by=helper, thread=answer.thread, body="I soak mine in cold water first.")
    accept(by=Member.objects.get(username="mara"), post=other)
    accept_it(by, answer, review)


def say_it(by: Member, answer: Post, review: Review) -> None:
    """A comment that waits for a moderator: nobody else sees it."""
    set_status(add_comment(by=by, parent=review.thread.posts.get(), body="So is mine."), Status.HELD)


def follow_before(by: Member, answer: Post) -> None:
    """Follow a question, and have it answered after that."""
    follow(by=by, thread=answer.thread)
    Thread.objects.filter(pk=answer.thread_id).update(last_post_at=timezone.now() + timedelta(seconds=1))


def other_about(product: Product) -> Thread:
    """A question about the product by somebody else, beside the scene's own."""
    asker = make_member("otto")
    opening = NewPost(asker, "I washed it once and it looks smaller now.")
    (thread,) = load_threads([NewThread("question", "Does it shrink at all?", opening, product=product)])
    Question.objects.create(thread=thread, category=Category.objects.get())
    return thread


OWN: dict[str, tuple[str, Callable[[Member, Post, Review], object]]] = {
    "a vote": ("question", lambda by, answer, review: vote(by=by, post=answer, is_helpful=True)),
    "a comment": ("question", lambda by, answer, review: add_comment(by=by, parent=answer, body="Thank you!")),
    "a following": ("question", lambda by, answer, review: follow(by=by, thread=answer.thread)),
    "a question of theirs too": (
        "question",
        lambda by, answer, review: have_too(by=by, question=answer.thread.question),
    ),
    "a second solution": ("question", accept_it_beside),
    "an acceptance": ("question", accept_it),
    "a draft": (
        "question",
        lambda by, answer, review: save_draft(by=by, place=f"answer:{answer.thread_id}", fields={"body": "I think"}),
    ),
    "something new in what one follows": ("home", lambda by, answer, review: follow_before(by, answer)),
    "a product that one could answer on": ("home", lambda by, answer, review: follow(by=by, product=review.product)),
    "an answer of one's own": (
        "home",
        lambda by, answer, review: add_answer(by=by, thread=other_about(review.product), body="Mine never did, no."),
    ),
    "a saved list": ("questions", lambda by, answer, review: save_list(by=by, name="Wool", query="tag=wool")),
    "a followed category": (
        "category",
        lambda by, answer, review: follow(by=by, category=answer.thread.question.category),
    ),
    "a followed tag": ("tag", lambda by, answer, review: follow(by=by, tag=Tag.objects.get(name="wool"))),
    "a followed product": ("product", lambda by, answer, review: follow(by=by, product=review.product)),
    "a review": ("product", review_it),
    "a vote on a review": (
        "product",
        lambda by, answer, review: vote(by=by, post=review.thread.posts.get(), is_helpful=True),
    ),
    "a vote on the review": (
        "review",
        lambda by, answer, review: vote(by=by, post=review.thread.posts.get(), is_helpful=True),
    ),
    "a word on a review": ("review", say_it),
}


@pytest.mark.parametrize("thing", OWN)
def test_who_has_something_there_reads_a_page_of_their_own(
    thing: str,
    pages: dict[str, str],
    regular: Member,
    answer: Post,
    review: Review,
    as_: As,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind, do = OWN[thing]
    do(regular, answer, review)
    other = make_member("olga", trust_level=regular.trust_level)
    shared = said(as_(other), pages[kind])
    mine = said(as_(regular), pages[kind])
    with nothing_shared(monkeypatch):
        assert mine == said(as_(regular), pages[kind]) and shared == said(as_(other), pages[kind])
    assert mine.partition(b"<main")[2] != shared.partition(b"<main")[2]


def test_who_wrote_it_reads_it_with_their_own_buttons(
    pages: dict[str, str], member: Member, reader: Member, as_: As
) -> None:
    said(as_(reader), pages["question"])
    assert b"Found it out yourself?" in said(as_(member), pages["question"])
    assert b"Found it out yourself?" not in said(as_(reader), pages["question"])


def test_what_trust_allows_is_not_shared_with_who_lacks_it(
    pages: dict[str, str], regular: Member, reader: Member, as_: As
) -> None:
    assert b"This solved it" in said(as_(regular), pages["question"])
    assert b"This solved it" not in said(as_(reader), pages["question"])


def test_staff_share_nothing(pages: dict[str, str], responder: Member, reader: Member, as_: As) -> None:
    for address in pages.values():
        assert b"Staff desk" in said(as_(responder), address)
        assert not is_shared(address)
        assert b"Staff desk" not in said(as_(reader), address)


def test_a_shared_page_costs_three_queries(
    pages: dict[str, str], first_reader: Member, reader: Member, as_: As
) -> None:
    for kind, address in pages.items():
        said(as_(first_reader), address)
        client = as_(reader)
        with CaptureQueriesContext(connection) as queries:
            said(client, address)
        asked = [query["sql"] for query in queries if "django_session" not in query["sql"]]
        assert len(asked) <= 3, kind  # who reads, whether anything there is theirs, what they have read


def test_what_is_hidden_or_edited_is_gone_at_once(answer: Post, first_reader: Member, reader: Member, as_: As) -> None:
    address = answer.thread.get_absolute_url()
    assert b"wool soap" in said(as_(first_reader), address)
    set_status(answer, Status.HIDDEN)
    assert b"wool soap" not in said(as_(first_reader), address)
    assert b"wool soap" not in said(as_(reader), address)


def test_the_token_in_a_shared_page_is_the_readers(answer: Post, first_reader: Member, reader: Member, as_: As) -> None:
    said(as_(first_reader), answer.thread.get_absolute_url())
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(answer.thread.get_absolute_url()).content.decode()
    for token in set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)):
        sent = client.post(f"/posts/{answer.pk}/helpful/", {"csrfmiddlewaretoken": token})
        assert sent.status_code == 302
    assert reader.votes.count() == 1


def test_every_reading_has_a_submission_key_of_its_own(question: Thread, reader: Member, as_: As) -> None:
    client, keys = as_(reader), set()
    for _ in range(3):
        keys |= set(
            re.findall(rb'name="submission_key" value="([^"]+)"', client.get(question.get_absolute_url()).content)
        )
    assert len(keys) == 3


def test_what_just_happened_is_said_once(question: Thread, answer: Post, reader: Member, as_: As) -> None:
    client = as_(reader)
    said(client, question.get_absolute_url())
    client.post("/members/me/edit/", {"display_name": "Sam Third", "bio": ""})
    first, second = said(client, question.get_absolute_url()), said(client, question.get_absolute_url())
    assert b'class="messages"' in first and b'class="messages"' not in second
    assert b"Sam Third" in second


def test_a_refusal_is_the_readers_own(pages: dict[str, str], question: Thread, reader: Member, as_: As) -> None:
    set_status(question.posts.get(kind=Post.Kind.OPENING), Status.REMOVED)
    page = as_(reader).get(question.get_absolute_url())
    assert page.status_code == 410
    assert b"Sam Second" in page.content and not is_shared(question.get_absolute_url())


def test_the_middleware_is_innermost(settings: object) -> None:
    name = f"{KeptForMembersMiddleware.__module__}.{KeptForMembersMiddleware.__qualname__}"
    assert settings.MIDDLEWARE[-1] == name  # type: ignore[attr-defined]
