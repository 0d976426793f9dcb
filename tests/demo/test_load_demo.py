"""Loading the demo: everything once, all or nothing, whatever happened before."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from community.branding.models import Branding
from community.demo.content import questions, reviews
from community.demo.people import PASSWORD, load_people
from community.demo.shelves import load_brand, load_shelves
from community.demo.threads import load_questions, load_reviews
from community.members.models import Member
from community.moderation.models import Decision, Flag
from community.notifications.models import Notification, Subscription
from community.people.models import Award, Expertise, Standing
from community.products.models import Product
from community.search.indexing import compare
from community.search.models import SearchEntry
from community.threads.models import Attachment, Bookmark, Edition, Post, Revision, TagSynonym, Thread, ThreadRead
from forum.models import AlsoAccepted, Question, SavedFilter
from reviews.models import Review
from staff.models import (
    CompanyLink,
    Conversation,
    Coupon,
    FormerCustomer,
    HelpfulLink,
    Leaving,
    LinkOpening,
    Mention,
    Message,
    Note,
    Outcome,
    Reason,
    Reply,
    Rule,
    SavedReply,
)
from staff.triage.running import triage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2027, 3, 3, 14, 30, tzinfo=UTC)  # a Wednesday: how many questions wait too long depends on the day
ASKED_AND_REVIEWED = {
    Member: 451, Product: 25, Question: 60, Review: 648, Thread: 708, Post: 886, Attachment: 23, Revision: 1, Flag: 4,
    Decision: 2, Conversation: 112, Reply: 43, HelpfulLink: 26, Note: 9,
}  # fmt: skip
# two comments say where a question stands, two that we wrote alone; mentions and letters open conversations
ALL_STEPS = ASKED_AND_REVIEWED | {
    Member: 462, Review: 653, Thread: 713, Post: 899, Reply: 45, Conversation: 125, HelpfulLink: 29, SavedReply: 7,
    CompanyLink: 6, Coupon: 10,
    Mention: 12, Rule: 3, Message: 10, FormerCustomer: 5, Leaving: 1,
}  # fmt: skip
ALSO_COUNTED = (
    Reason, LinkOpening, Outcome, Notification, Subscription, Award, Expertise, Standing, Bookmark, SavedFilter,
    TagSynonym, ThreadRead, SearchEntry,
)  # fmt: skip


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (*ALL_STEPS, *ALSO_COUNTED)}


def load_demo() -> str:
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


@pytest.fixture
def asked(db: None) -> datetime:
    """The demo up to its questions, and when it was loaded."""
    load_brand()
    load_shelves()
    load_people(NOW)
    load_questions(NOW)
    return NOW


@time_machine.travel(NOW)
def test_everything_is_loaded_once_and_can_be_found(search_index: object) -> None:
    load_demo()
    first, edition = counts(), Edition.current()
    assert {model: first[model.__name__] for model in ALL_STEPS} == ALL_STEPS
    states = Question.objects.values_list("me_too_count", "duplicate_of", "needs_info_at", "still_needed_at")
    assert all(any(column) for column in zip(*states, strict=True))
    assert AlsoAccepted.objects.count() == 2
    assert Product.objects.filter(image_width=F("image_height") * 4 / 3).count() == 25
    assert compare().count == 0

    said = load_demo()
    assert said.count("there already") == said.count("Demo: ")
    assert (counts(), Edition.current()) == (first, edition)


def test_a_stopped_run_leaves_no_half_and_is_finished_by_the_next(asked: datetime) -> None:
    Member.objects.get(username=next(row["by"] for row in reviews() if "name" in row)).delete()
    with pytest.raises(KeyError):
        load_reviews(asked)
    assert not Thread.objects.reviews().exists()
    assert Attachment.objects.filter(post=None).count() == 0

    assert (load_people(asked), load_questions(asked), load_reviews(asked)) == (1, 0, 648)
    assert {model: model._default_manager.count() for model in ASKED_AND_REVIEWED} == ASKED_AND_REVIEWED


def test_the_desk_shows_each_conversation_as_it_was_written(asked: datetime) -> None:
    wanted = {row["title"]: row["conversation"]["state"] for row in questions() if "conversation" in row}
    found = Conversation.objects.filter(thread__title__in=wanted).values_list("thread__title", "state")
    assert dict(found) == wanted


def test_another_look_of_the_rules_changes_nothing(asked: datetime) -> None:
    before = list(Conversation.objects.order_by("pk").values())
    for conversation in before:
        triage(conversation["thread_id"], now=asked)
    assert list(Conversation.objects.order_by("pk").values()) == before


def test_what_visitors_changed_is_left_alone(asked: datetime) -> None:
    Thread.objects.update(title="Something else that was asked")
    Post.objects.update(body="Nothing of it is as it was.")
    assert load_questions(asked) == 0


def test_the_customer_has_news_and_nobody_is_mailed(asked: datetime) -> None:
    assert Member.objects.get(username="customer").unread_notifications == 3
    assert not Notification.objects.filter(mail_due_at__isnull=False).exists()


def test_only_the_printed_accounts_can_sign_in(db: None) -> None:
    load_people(timezone.now())
    can = {member.username for member in Member.objects.all() if member.has_usable_password()}
    assert can == {"customer", "responder", "moderator", "manager", "analyst", "admin"}
    assert Member.objects.get(username="customer").check_password(PASSWORD)


def test_a_site_with_a_brand_of_its_own_keeps_it(brand: Branding) -> None:
    assert load_brand() is False
