"""Whose job a conversation is."""

import pytest
from django.core.exceptions import PermissionDenied

from staff.assigning import assign, unassign
from staff.models import Conversation, Event
from staff.permissions import Refused

pytestmark = pytest.mark.django_db


def test_it_is_given_once_and_the_history_says_to_whom(waiting, responder, manager):
    assert assign(by=manager, conversation=waiting, to=responder)
    lines = Event.objects.count()
    assert not assign(by=manager, conversation=waiting, to=responder)
    waiting.refresh_from_db()
    assert waiting.assigned_to == responder and Event.objects.count() == lines
    assert Event.objects.filter(what="Assigned it to Rhea", actor=manager).exists()


def test_it_can_be_taken_on_and_given_back(waiting, responder):
    assert assign(by=responder, conversation=waiting, to=responder)
    assert unassign(by=responder, conversation=waiting)
    assert not unassign(by=responder, conversation=waiting)
    waiting.refresh_from_db()
    assert waiting.assigned_to is None


def test_nobody_gets_what_they_can_not_work_on(waiting, responder, other_member, analyst):
    for nobody in (other_member, analyst, waiting.customer):
        with pytest.raises(Refused, match="can't work on this conversation"):
            assign(by=responder, conversation=waiting, to=nobody)


def test_readers_customers_and_the_asker_assign_nothing(waiting, responder, manager, analyst, other_member):
    Conversation.objects.update(customer=responder)
    for refused in (analyst, other_member, responder):
        with pytest.raises(PermissionDenied):
            assign(by=refused, conversation=waiting, to=manager)
        with pytest.raises(PermissionDenied):
            unassign(by=refused, conversation=waiting)
