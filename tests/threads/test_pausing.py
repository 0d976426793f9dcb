"""Rule 13: pauses of the site, a category, a thread or a customer, and who may set and lift them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Category, Pause, Thread
from community.threads.pausing import end_reply_pause, lift, pause, pause_after_reply, site_pause, standing_pause


def test_a_pause_of_the_site_holds_everything(question: Thread, member: Member, responder: Member) -> None:
    """Rule 13."""
    stopped = pause(by=responder, because="Bad news")
    assert standing_pause() == standing_pause(thread=question) == standing_pause(customer=member) == stopped


def test_a_pause_of_a_category_holds_its_threads_and_no_others(
    question: Thread, category: Category, other_member: Member, manager: Member
) -> None:
    """Rule 13."""
    stopped = pause(by=manager, because="A recall", category=category)
    assert standing_pause(thread=question) == standing_pause(category=category) == stopped
    assert standing_pause(category=Category.objects.create(name="Sizes", slug="sizes")) is None
    assert standing_pause() is None and standing_pause(customer=other_member) is None


def test_a_pause_of_a_thread_holds_it_alone(question: Thread, category: Category, responder: Member) -> None:
    """Rule 13: a thread's pause is not its category's."""
    stopped = pause(by=responder, because="We are on the phone", thread=question)
    assert standing_pause(thread=question) == stopped
    assert standing_pause(category=category) is None


def test_a_pause_of_a_customer_holds_what_is_theirs(
    question: Thread, member: Member, other_member: Member, responder: Member
) -> None:
    stopped = pause(by=responder, because="A bereavement", customer=member)
    assert standing_pause(thread=question) == standing_pause(customer=member) == stopped
    assert standing_pause(thread=question, customer=other_member) is None


def test_the_widest_pause_is_named_first(question: Thread, category: Category, member: Member, manager: Member) -> None:
    for place in ({"customer": member}, {"thread": question}, {"category": category}, {}):
        widest = pause(by=manager, because="Bad news", **place)
        assert standing_pause(thread=question) == widest


def test_a_pause_whose_time_is_over_holds_nothing(question: Thread, responder: Member) -> None:
    """Rule 13: it is asked when the work runs; nobody has to lift it."""
    now = timezone.now()
    pause(by=responder, because="Bad news", until=now + timedelta(hours=1))
    assert standing_pause(thread=question, now=now + timedelta(minutes=59)) is not None
    assert standing_pause(thread=question, now=now + timedelta(minutes=61)) is None


def test_pausing_twice_is_pausing_once(question: Thread, responder: Member) -> None:
    first = pause(by=responder, because="Bad news", thread=question)
    assert pause(by=responder, because="Bad news", thread=question) == first
    assert Pause.objects.count() == 1


def test_a_second_pause_lengthens_and_never_shortens(question: Thread, responder: Member) -> None:
    now = timezone.now()
    hour, day = now + timedelta(hours=1), now + timedelta(days=1)
    assert pause(by=responder, because="Bad news", until=hour).until == hour
    assert pause(by=responder, because="Worse news", until=day).until == day
    assert pause(by=responder, because="Never mind", until=hour).until == day
    assert Pause.objects.standing(now).count() == 1


def test_lifting_twice_lifts_once(question: Thread, responder: Member) -> None:
    stopped = pause(by=responder, because="Bad news", thread=question)
    assert lift(by=responder, pause=stopped)
    assert not lift(by=responder, pause=stopped)
    assert standing_pause(thread=question) is None
    stopped.refresh_from_db()
    assert stopped.lifted_by == responder and stopped.lifted_at


def test_every_responder_stops_everything_and_managers_start_it_again(responder: Member, manager: Member) -> None:
    stopped = pause(by=responder, because="Bad news")
    with pytest.raises(PermissionDenied, match="Managers start"):
        lift(by=responder, pause=stopped)
    assert lift(by=manager, pause=stopped) and site_pause() is None


def test_managers_pause_a_category_and_customers_pause_nothing(
    category: Category, question: Thread, member: Member, analyst: Member, responder: Member, manager: Member
) -> None:
    with pytest.raises(PermissionDenied, match="Managers pause a category"):
        pause(by=responder, because="A recall", category=category)
    for nobody in (member, analyst):
        with pytest.raises(PermissionDenied):
            pause(by=nobody, because="Stop", thread=question)
    assert pause(by=manager, because="A recall", category=category)


def test_a_pause_says_why_and_ends_later(responder: Member) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        pause(by=responder, because="  ")
    with pytest.raises(ValidationError, match="is over"):
        pause(by=responder, because="Bad news", until=timezone.now() - timedelta(minutes=1))


def test_a_company_reply_pauses_rules_but_not_letters(question: Thread, responder: Member) -> None:
    """Rule 13; the reply's own letter and the question whether it helped still go out."""
    stopped = pause_after_reply(by=responder, thread=question)
    assert standing_pause(thread=question) == stopped
    assert standing_pause(thread=question, by_hand_only=True) is None
    assert pause_after_reply(by=responder, thread=question) == stopped
    assert end_reply_pause(by=responder, thread=question) and standing_pause(thread=question) is None


def test_closing_does_not_lift_what_a_person_paused(question: Thread, responder: Member) -> None:
    by_hand = pause(by=responder, because="We are on the phone", thread=question)
    assert not end_reply_pause(by=responder, thread=question)
    assert standing_pause(thread=question) == by_hand
