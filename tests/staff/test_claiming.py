"""Claims: one person at a time, never for long."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from staff.claiming import claim, release, take_over
from staff.models import Conversation, Event
from staff.permissions import Refused

pytestmark = pytest.mark.django_db


def holder(conversation: Conversation):
    conversation.refresh_from_db()
    return conversation.holder(timezone.now())


def test_a_claim_holds_for_ten_minutes_and_then_expires(waiting, responder, manager):
    started = timezone.now() - timedelta(minutes=9)
    assert claim(by=responder, conversation=waiting, now=started)
    assert holder(waiting) == responder
    Conversation.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert holder(waiting) is None
    assert claim(by=manager, conversation=waiting)


def test_claiming_again_renews_it_and_says_nothing_new(waiting, responder):
    claim(by=responder, conversation=waiting)
    lines = Event.objects.count()
    assert not claim(by=responder, conversation=waiting, now=timezone.now() + timedelta(minutes=5))
    waiting.refresh_from_db()
    assert waiting.claimed_until > timezone.now() + timedelta(minutes=14)
    assert Event.objects.count() == lines


def test_a_colleagues_claim_is_refused_with_their_name_until_it_is_taken_over(waiting, responder, manager):
    claim(by=manager, conversation=waiting)
    with pytest.raises(Refused, match="Maud has this conversation"):
        claim(by=responder, conversation=waiting)
    assert take_over(by=responder, conversation=waiting)
    assert holder(waiting) == responder
    assert Event.objects.filter(what="Took it over from Maud", actor=responder).exists()


def test_only_the_holder_can_release(waiting, responder, manager):
    claim(by=manager, conversation=waiting)
    assert not release(by=responder, conversation=waiting)
    assert release(by=manager, conversation=waiting)
    assert not release(by=manager, conversation=waiting)
    assert holder(waiting) is None


def test_the_customer_who_started_it_can_not_claim_it(waiting, responder):
    Conversation.objects.update(customer=responder)
    waiting.refresh_from_db()
    with pytest.raises(PermissionDenied, match="as a customer"):
        claim(by=responder, conversation=waiting)


def test_a_customer_can_not_claim(waiting, other_member):
    with pytest.raises(PermissionDenied):
        claim(by=other_member, conversation=waiting)


def test_everyone_who_opens_the_conversation_sees_who_has_it(waiting, as_, responder, manager):
    as_(manager).post(f"/staff/conversations/{waiting.pk}/claim/")
    assert "<strong>Maud</strong> is answering" in as_(responder).get(waiting.get_absolute_url()).content.decode()
    assert "Maud has it" in as_(responder).get("/staff/").content.decode()


def test_a_refused_claim_is_said_on_the_page(waiting, as_, responder, manager):
    claim(by=manager, conversation=waiting)
    response = as_(responder).post(f"/staff/conversations/{waiting.pk}/claim/", follow=True)
    assert "Maud has this conversation. You can take it over." in response.content.decode()
