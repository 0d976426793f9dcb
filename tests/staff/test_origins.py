"""Triage over every origin: a thread with private messages, a mention from elsewhere, a personal message from us."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product, Purchase
from community.threads.models import Post, Thread
from forum.models import Question
from forum.needing_details import ask_for_details
from staff.history import log
from staff.models import Conversation, DeskSettings, Event, FormerCustomer, Mention, Message, Reason, Source
from staff.snoozing import snooze
from staff.tasks import look_at_post, sweep
from staff.triage.running import look_at, triage
from staff.triage.sweeping import conversations_to_sweep, threads_to_sweep
from tests.conftest import long_ago
from tests.staff.conftest import answer_for, earlier, write

pytestmark = pytest.mark.django_db
State = Conversation.State


def standing(conversation: Conversation) -> set[str]:
    return set(conversation.reasons.standing().values_list("kind", flat=True))


def rows() -> list[str]:
    return [str(sorted(row.items(), key=str)) for m in (Conversation, Reason, Event) for row in m.objects.values()]


def message(conversation: Conversation, body: str, by: Member | None = None, **ago: float) -> Message:
    at = timezone.now() - timedelta(**ago)
    is_ours = bool(by and by.is_staff)
    return Message.objects.create(
        conversation=conversation, author=by, is_official=is_ours, body=body, created_at=at, posted_at=at
    )


@pytest.fixture
def heard(db: None) -> Conversation:
    """Somebody complains elsewhere."""
    source = Source.objects.create(name="By hand", kind=Source.Kind.HAND)
    mention = Mention.objects.create(
        source=source, external_id="1", text="My Alder & Tarn boots fell apart, terrible quality, nobody answers."
    )
    return Conversation.objects.create(mention=mention, state=State.SETTLED, subject="Boots", customer_name="hiker")


def test_a_mention_waits_since_we_could_know_of_it_and_a_posted_reply_clears_it(heard, responder):
    heard = look_at(heard)
    assert (heard.state, heard.waiting_since) == (State.WAITING, heard.mention.seen_at)
    assert standing(heard) == {"outside", "complaint"}
    draft = Message.objects.create(
        conversation=heard, author=responder, is_official=True, body="So sorry.", place=Message.Place.OUTSIDE
    )
    assert look_at(heard).state == State.WAITING  # nobody has posted it there
    Message.objects.filter(pk=draft.pk).update(posted_at=timezone.now())
    assert (look_at(heard).state, standing(heard)) == (State.ANSWERED, set())


def test_looking_again_changes_nothing_whichever_the_origin(heard, waiting, member):
    message(waiting, "My order is 4711, where is it?", member)
    look_at(heard)
    look_at(waiting)
    before = rows()
    look_at(heard)
    look_at(waiting)
    assert rows() == before


def test_a_private_message_raises_a_reason_in_the_threads_conversation_and_our_message_settles_it(
    waiting, member, responder
):
    message(waiting, "Hello.", responder)
    said = message(waiting, "My address is 4 Mill Lane.", member)
    current = look_at(waiting)
    assert current.reasons.standing().get().message == said
    assert (current.state, current.waiting_since) == (State.WAITING, said.created_at)
    message(waiting, "It is on its way.", responder)
    assert look_at(waiting).state == State.ANSWERED


def test_a_personal_message_of_ours_waits_for_nobody_until_the_customer_answers(member, responder):
    personal = Conversation.objects.create(customer=member, state=State.SETTLED, subject="We miss you")
    message(personal, "We have not heard from you.", responder, hours=2)
    assert look_at(personal).state == State.ANSWERED
    message(personal, "What would it cost to mend my boots?", member, hours=1)
    assert (look_at(personal).state, standing(personal)) == (State.WAITING, {"private_message"})


def test_a_snooze_ends_when_the_customer_writes_and_not_before(waiting, question, member, responder):
    snooze(by=responder, conversation=waiting, until=timezone.now() + timedelta(days=2))
    assert triage(question.pk).snoozed_until
    write(member, question, "Hello? Any news?")
    assert triage(question.pk).snoozed_until is None


def test_opening_holding_and_notes_leave_the_wait_where_it_was(waiting, question, responder):
    """Rule 3."""
    since = waiting.waiting_since
    log(waiting, "A note", by=responder)
    message(waiting, "We are looking into it.", responder, hours=0.1)
    Message.objects.update(is_holding=True)
    current = look_at(waiting)
    assert (current.waiting_since, current.state) == (since, State.WAITING)
    assert current.first_company_response_at is not None


def test_the_first_response_by_anybody_is_not_the_companys(question, other_member, waiting):
    """Rule 4: two figures."""
    answer = answer_for(other_member, question)
    current = triage(question.pk)
    assert (current.first_response_at, current.first_company_response_at) == (answer.created_at, None)


def test_details_that_came_start_the_count_anew_for_the_sweep_too(question, member, responder, category):
    long_ago(question, hours=30)
    ask_for_details(by=responder, question=question.question, what="Which size is it, please?")
    Post.objects.filter(thread=question, author=responder).update(is_official=False)
    Conversation.objects.all().delete()
    assert threads_to_sweep() == []
    write(member, question, "It is an M.")
    assert Question.objects.get(pk=question.pk).details_at
    assert threads_to_sweep() == []
    Question.objects.update(details_at=timezone.now() - timedelta(hours=5))
    assert threads_to_sweep() == threads_to_sweep(glance=True) == [question.pk]


def test_a_promise_is_swept_up_after_a_working_day_and_once(waiting, question, responder):
    long_ago(question, hours=20)
    Reason.objects.update(raised_at=timezone.now() - timedelta(hours=19))
    told = answer_for(responder, question, "I will ask the workshop and let you know.", is_official=True)
    triage(question.pk)
    assert conversations_to_sweep() == []
    earlier(told, hours=9)
    assert len(conversations_to_sweep(glance=True)) == 1
    assert sweep() == 1
    assert standing(waiting) == {"promised"}
    assert sweep() == 0


def test_who_has_bought_nothing_for_long_is_a_former_customer_when_they_write(question, member, product):
    long_ago = timezone.now() - timedelta(days=800)
    Purchase.objects.create(product=product, member=member, email=member.email, reference="1", purchased_at=long_ago)
    conversation = triage(question.pk)
    assert conversation and standing(conversation) == {"former_customer"}
    Purchase.objects.create(
        product=product, member=member, email=member.email, reference="2", purchased_at=timezone.now()
    )
    assert standing(triage(question.pk) or conversation) == set()


def test_who_comes_back_off_the_list_by_writing_is_a_reason_all_the_same(question, opening, member):
    FormerCustomer.objects.create(member=member, found_by="A list")
    look_at_post(opening.pk)
    conversation = Conversation.objects.get(thread=question)
    assert standing(conversation) == {"former_customer"}


def test_weights_of_the_settings_order_the_queue(waiting, question, product: Product, desk: DeskSettings):
    DeskSettings.objects.update(weights={"escalated": 9})
    assert triage(question.pk).priority == 9


def test_praise_alone_is_kept_without_putting_anything_into_the_queue(review, member):
    """Rule 2."""
    Post.objects.filter(thread=review.thread).update(body="I love it, thank you so much! The best jumper ever.")
    review.stars = 5
    review.save()
    conversation = triage(review.thread_id)
    assert (conversation.state, conversation.waiting_since, conversation.due_at) == (State.SETTLED, None, None)
    assert standing(conversation) == {"praise"}
    assert Thread.objects.filter(conversation=conversation).exists()
