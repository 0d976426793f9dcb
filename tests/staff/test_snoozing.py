"""Putting a conversation off."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.threads.posting import add_answer
from staff.claiming import claim
from staff.models import Conversation, Event
from staff.permissions import Refused
from staff.snoozing import OVER, snooze, wake, wake_due
from staff.triage.running import look_at

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


def test_it_is_put_off_once_its_claim_ends_and_its_due_time_stays(waiting, responder):
    claim(by=responder, conversation=waiting)
    due, until = waiting.due_at, timezone.now() + TOMORROW
    assert snooze(by=responder, conversation=waiting, until=until)
    lines = Event.objects.count()
    assert not snooze(by=responder, conversation=waiting, until=until)
    waiting.refresh_from_db()
    assert (waiting.snoozed_until, waiting.snoozed_by, waiting.due_at) == (until, responder, due)
    assert waiting.claimed_by is None and Event.objects.count() == lines
    assert Event.objects.filter(what__startswith="Snoozed it until", actor=responder).exists()


def test_it_can_be_woken_up_once(waiting, responder):
    snooze(by=responder, conversation=waiting, until=timezone.now() + TOMORROW)
    assert wake(by=responder, conversation=waiting)
    assert not wake(by=responder, conversation=waiting)
    waiting.refresh_from_db()
    assert waiting.snoozed_until is None and waiting.snoozed_by is None


def test_it_comes_back_by_itself_when_its_time_has_come_and_says_so_once(waiting, responder):
    until = timezone.now() + TOMORROW
    snooze(by=responder, conversation=waiting, until=until)
    assert (wake_due(), wake_due(until), wake_due(until)) == (0, 1, 0)
    look_at(waiting, now=until)
    waiting.refresh_from_db()
    assert waiting.snoozed_until is None and Event.objects.filter(what=OVER).count() == 1


def test_what_the_customer_writes_brings_it_back_and_the_history_says_so(waiting, responder, member):
    snooze(by=responder, conversation=waiting, until=timezone.now() + TOMORROW)
    assert look_at(waiting).snoozed_until is not None
    add_answer(by=member, thread=waiting.thread, body="It has torn further since.")
    assert look_at(waiting).snoozed_until is None
    assert Event.objects.filter(what=OVER, conversation=waiting, actor=None).count() == 1


@pytest.mark.parametrize(
    ("away", "sentence"), [(timedelta(0), "past"), (timedelta(days=-1), "past"), (timedelta(days=91), "90 days")]
)
def test_a_moment_that_is_past_or_far_away_is_refused(waiting, responder, away, sentence):
    with pytest.raises(Refused, match=sentence):
        snooze(by=responder, conversation=waiting, until=timezone.now() + away)


@pytest.mark.parametrize("state", Conversation.ENDED)
def test_what_has_ended_is_not_put_off(waiting, responder, state):
    Conversation.objects.update(state=state)
    with pytest.raises(Refused, match="has ended"):
        snooze(by=responder, conversation=waiting, until=timezone.now() + TOMORROW)


def test_what_a_colleague_has_is_not_put_off(waiting, responder, manager):
    claim(by=manager, conversation=waiting)
    with pytest.raises(Refused, match="Maud has this conversation"):
        snooze(by=responder, conversation=waiting, until=timezone.now() + TOMORROW)


def test_readers_customers_and_the_asker_put_nothing_off(waiting, responder, analyst, other_member):
    Conversation.objects.update(customer=responder)
    for refused in (analyst, other_member, responder):
        with pytest.raises(PermissionDenied):
            snooze(by=refused, conversation=waiting, until=timezone.now() + TOMORROW)
        with pytest.raises(PermissionDenied):
            wake(by=refused, conversation=waiting)
