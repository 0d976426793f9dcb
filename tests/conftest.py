"""The fixed cast, and the ground every test stands on: a database that commits, an empty cache, mail in memory."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_delete, post_save
from django.db.transaction import Atomic
from django.test import Client
from django.utils import timezone
from haystack import connections as search_connections
from hypothesis import HealthCheck
from hypothesis import settings as made_up_input
from PIL import Image

from community.branding.memory import forget
from community.branding.models import Branding
from community.kept_pages import kept_pages
from community.members.models import Member, Role, TrustLevel
from community.members.roles import keep_in_group
from community.notifications.unsubscribing import token_for
from community.products.models import Product, ProductCategory
from community.recognising.receivers import on_post, on_thread
from community.search import receivers as search
from community.search.answering import answers
from community.threads.attaching import take_photo
from community.threads.events import post_published, post_revised, post_withdrawn, thread_changed, vote_changed
from community.threads.kept import kept
from community.threads.models import Attachment, Category, Post, Status, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from forum.asking import ask_question
from reviews.models import Review
from reviews.reviewing import write_review
from staff.models import ConversationType
from staff.replying import reply
from staff.triage.running import triage
from tests.every_address import Scene
from tests.ready_database import copy_ready_database, remove_database

BODY = "It says hand wash only on the label, and I would like to know what you all do at home."

# a busy machine draws and answers slowly: that is no fault of what is tested
made_up_input.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
made_up_input.load_profile("busy")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> Iterator[bool]:
    """Every test process begins with a copy of a database that has all migrations, where there is one to copy."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        file = Path(test["NAME"])
        copy_ready_database(file)
        yield True
        remove_database(file)
    else:
        test["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")
        yield False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Django asks SQLite once what it can do: here, and not among the queries that a test counts."""
    with django_db_blocker.unblock():
        connection.features.supports_json_field  # noqa: B018


@pytest.fixture(autouse=True)
def _ground(settings: Any, tmp_path: Any) -> Iterator[None]:
    """An empty cache, no kept pages, and a media folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    forget()
    kept_pages.clear()
    kept.clear()
    answers.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def search_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's own search index, made when first needed."""
    folder = tmp_path / "search"
    monkeypatch.setitem(search_connections.connections_info["default"], "PATH", str(folder))
    search_connections.reload("default")
    return folder


@pytest.fixture(autouse=True)
def _commits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run on_commit callbacks when the outermost transaction inside a test ends, as a real commit would.

    pytest-django wraps each test in a transaction that never commits; without this no event would ever be sent.
    """
    if not (request.node.get_closest_marker("django_db") or "db" in request.fixturenames):
        return
    request.getfixturevalue("db")
    if not connection.in_atomic_block:
        return
    depth = len(connection.savepoint_ids)
    leave, on_commit = Atomic.__exit__, connection.on_commit

    def run_due() -> None:
        while connection.run_on_commit and len(connection.savepoint_ids) <= depth and not connection.needs_rollback:
            connection.run_on_commit.pop(0)[1]()

    def leave_and_run(self: Atomic, *error: Any) -> None:
        leave(self, *error)
        run_due()

    def on_commit_and_run(func: Callable[[], Any], robust: bool = False) -> None:
        on_commit(func, robust)
        run_due()

    monkeypatch.setattr(Atomic, "__exit__", leave_and_run)
    monkeypatch.setattr(connection, "on_commit", on_commit_and_run)


@pytest.fixture(autouse=True)
def _the_log_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is cleaned up by deleting every row, and the log of reviews lets nobody do that.

    PostgreSQL truncates, which its rows don't notice; under SQLite the log is emptied here, while its triggers rest.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames)
    if connection.vendor != "sqlite" or not (commits or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        triggers = triggers_of_the_log()
        for name, _, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in {table for _, table, _ in triggers}:
            cursor.execute(f"DELETE FROM {table}")
        for _, _, statement in triggers:
            cursor.execute(statement)


def triggers_of_the_log() -> list[tuple[str, str, str]]:
    """Name, table and statement of each."""
    query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'reviews_review%'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


# Who follows what is said, what each follows, and the only folders and files whose tests look at what comes of it:
# for all others it would be a sixth of a test's time (recognising) and a quarter of it (search).
RECOGNISING = {on_post: (post_published, post_withdrawn, vote_changed), on_thread: (thread_changed,)}
SEARCH = {
    search.on_post: (post_published, post_revised, post_withdrawn),
    search.on_thread: (thread_changed,),
    search.on_product: (post_save, post_delete),
}
LOOK_AT_RECOGNISING = {"people", "demo", "browser"}
LOOK_AT_SEARCH = {
    "search", "browser", "demo", "bench", "importing", "test_html", "test_tags",
    "test_asking", "test_detailing", "test_duplicates", "test_question_page", "test_related", "test_suggesting",
    "test_listening", "test_noting", "test_one_to_one",  # what must not be found, either
}  # fmt: skip


@pytest.fixture(autouse=True)
def _followers_rest(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nobody counts or indexes where no test looks at it."""
    place = {request.path.parent.name, request.path.stem}
    resting = (SEARCH if not place & LOOK_AT_SEARCH else {}) | (RECOGNISING if not place & LOOK_AT_RECOGNISING else {})
    pairs = [(signal, receiver) for receiver, signals in resting.items() for signal in signals]
    for signal, receiver in pairs:
        signal.disconnect(receiver, sender=Product if receiver is search.on_product else None)
    yield
    for signal, receiver in pairs:
        signal.connect(receiver, sender=Product if receiver is search.on_product else None)


@pytest.fixture(autouse=True)
def _events_do_not_fail(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A receiver that raises is only logged, so that the person's act stands; in a test it is a failure."""
    yield
    failed = [r for when in ("setup", "call") for r in caplog.get_records(when) if r.name == "django.dispatch"]
    assert not failed, f"an event's receiver failed: {failed[0].getMessage()}\n{failed[0].exc_text}"


def make_member(username: str, **fields: Any) -> Member:
    """A verified account, joined two months ago."""
    fields = {"email": f"{username}@example.com", "date_joined": timezone.now() - timedelta(days=60)} | fields
    member = Member.objects.create_user(username, password="a-good-long-password", **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    keep_in_group(member)
    return member


@pytest.fixture
def member(db: None) -> Member:
    """A customer who has been around: Mara."""
    return make_member("mara", display_name="Mara Lind", trust_level=TrustLevel.MEMBER)


@pytest.fixture
def other_member(db: None) -> Member:
    """Another customer: Tomas."""
    return make_member("tomas", display_name="Tomas Berg", trust_level=TrustLevel.MEMBER)


@pytest.fixture
def new_member(db: None) -> Member:
    """A customer since this morning: Ned."""
    return make_member("ned", display_name="Ned New", date_joined=timezone.now() - timedelta(hours=3))


@pytest.fixture
def regular(db: None) -> Member:
    """A customer at trust level 3: Rosa."""
    return make_member("rosa", display_name="Rosa Reyes", trust_level=TrustLevel.REGULAR)


@pytest.fixture
def responder(db: None) -> Member:
    return make_member("rhea", display_name="Rhea", is_staff=True, role=Role.RESPONDER)


@pytest.fixture
def moderator(db: None) -> Member:
    return make_member("milo", display_name="Milo", is_staff=True, role=Role.MODERATOR)


@pytest.fixture
def manager(db: None) -> Member:
    return make_member("maud", display_name="Maud", is_staff=True, role=Role.MANAGER)


@pytest.fixture
def analyst(db: None) -> Member:
    """Reads the desk and its figures, and changes nothing: Anna."""
    return make_member("anna", display_name="Anna", is_staff=True, role=Role.ANALYST)


@pytest.fixture
def admin(db: None) -> Member:
    return make_member("ada", display_name="Ada", is_staff=True, is_superuser=True)


@pytest.fixture
def as_(client: Client) -> Callable[[Member | None], Client]:
    """`as_(member)`: a client signed in as that member; `as_(None)`: one of a stranger."""

    def sign_in(who: Member | None) -> Client:
        fresh = Client()
        if who is not None:
            fresh.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return fresh

    return sign_in


@pytest.fixture
def brand(db: None) -> Branding:
    return Branding.objects.update_or_create(pk=1, defaults={"name": "Alder & Tarn"})[0]


@pytest.fixture
def product(db: None) -> Product:
    shelf = ProductCategory.objects.create(name="Knitwear", slug="knitwear")
    return Product.objects.create(
        name="Fell Jumper", slug="fell-jumper", sku="AT-100", category=shelf, description="A jumper for weather."
    )


@pytest.fixture
def category(db: None) -> Category:
    return Category.objects.create(name="Care and repair", slug="care-and-repair")


def long_ago(thread: Thread, hours: int = 1) -> Thread:
    """Move a thread and its posts back in time, out of reach of the rate limits."""
    then = timezone.now() - timedelta(hours=hours)
    Post.objects.filter(thread=thread).update(created_at=then)
    Thread.objects.filter(pk=thread.pk).update(created_at=then, last_post_at=then)
    return Thread.objects.get(pk=thread.pk)


@pytest.fixture
def question(member: Member, category: Category, product: Product) -> Thread:
    """Mara asked it an hour ago; nobody has answered."""
    asked = ask_question(
        by=member, category=category, product=product, title="How do I wash the Fell Jumper?", body=BODY, tags=["wool"]
    )
    return long_ago(asked.thread)


@pytest.fixture
def opening(question: Thread) -> Post:
    return question.posts.get(kind=Post.Kind.OPENING)


@pytest.fixture
def answer(question: Thread, other_member: Member) -> Post:
    """Tomas answered it an hour ago."""
    written = add_answer(by=other_member, thread=question, body="Cold water, wool soap, and dry it flat on a towel.")
    long_ago(question)
    return Post.objects.select_related("thread", "author").get(pk=written.pk)


@pytest.fixture
def review(other_member: Member, product: Product) -> Review:
    """Tomas gave the Fell Jumper four stars an hour ago."""
    written = write_review(
        by=other_member,
        product=product,
        stars=4,
        title="Warm and honest",
        body="Warm on the hill, a bit long in the arm.",
    )
    long_ago(written.thread)
    return Review.objects.select_related("thread").get(pk=written.pk)


@pytest.fixture
def photo(member: Member) -> Attachment:
    """Mara uploaded it; it is not posted yet."""
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(drawn, "PNG")
    return take_photo(by=member, upload=SimpleUploadedFile("jumper.png", drawn.getvalue()), alt="A teal jumper")


@pytest.fixture
def scene(
    new_member: Member,
    regular: Member,
    responder: Member,
    moderator: Member,
    manager: Member,
    admin: Member,
    analyst: Member,
    brand: Branding,
    answer: Post,
    review: Review,
    photo: Attachment,
) -> Scene:
    """One whole conversation for walking every address (see tests/every_address.py)."""
    question, author = answer.thread, answer.thread.author
    held = add_answer(by=regular, thread=question, body="I soak mine in vinegar first, and then cold water.")
    set_status(held, Status.HELD, reason="Contains a word that spam likes")
    long_ago(question)
    add_comment(by=author, parent=answer, body="Alder & Tarn, can someone from your team confirm this?")
    conversation = triage(question.pk)
    assert conversation is not None
    answered = reply(
        by=responder,
        conversation=conversation,
        body="Confirmed: cold water, wool soap, dried flat.",
        type=ConversationType.RETENTION,
        link_url="https://alder-and-tarn.example/care/wool",
        link_need="how to wash wool",
    )
    return Scene(
        people={
            "anonymous": None,
            "new": new_member,
            "member": regular,
            "author": author,
            "responder": responder,
            "moderator": moderator,
            "manager": manager,
            "admin": admin,
            "analyst": analyst,
        },
        category=question.question.category,
        product=review.thread.product,
        question=question,
        opening=question.posts.get(kind=Post.Kind.OPENING),
        answer=answer,
        review=review,
        held=held,
        photo=photo,
        conversation=conversation,
        link=answered.post.helpful_link,
        notification=author.notifications.all()[0],
        letter=token_for(author, question),
        tag=question.tags.get(name="wool"),
    )
