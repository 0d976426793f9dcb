"""Acting on one row or many, and coming back to where one was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from staff.claiming import claim
from staff.models import Conversation, Event, Message
from staff.queue.forms import moment_of
from staff.tasks import wake_up
from tests.staff.conftest import write
from tests.staff.many import queue_many

pytestmark = pytest.mark.django_db
State = Conversation.State


@pytest.fixture
def three(member, category, product, manager):
    """Three that wait, whose claims have run out."""
    made = queue_many(3, member, category, product, manager)
    Conversation.objects.update(claimed_by=None, claimed_until=None)
    return made


def act(client, name: str, picked, query: str = "", **values) -> str:
    """Press a button of the bar with those rows picked, and return the page that comes."""
    data = {"pick": [getattr(it, "pk", it) for it in picked], "as_of": timezone.now().isoformat(), **values}
    response = client.post(f"/staff/queue/{name}/{query}", data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_many_are_claimed_at_once_and_what_a_colleague_has_is_named(three, as_, responder, manager):
    claim(by=manager, conversation=three[1])
    html = act(as_(responder), "claim", three)
    assert "Claimed: 2 conversations." in html
    assert f"Not done for 1. “{three[1].subject}”: Maud has this conversation." in html
    assert Conversation.objects.filter(claimed_by=responder).count() == 2
    assert "2 conversations were so already" in act(as_(responder), "claim", [three[0], three[2]])


def test_many_are_assigned_and_taken_off_again(three, as_, responder, manager):
    assert "Assigned to Rhea: 3 conversations." in act(as_(manager), "assign", three, to=responder.pk)
    assert responder.assignments.count() == responder.notifications.count() == 3
    assert "Assigned to nobody: “" in act(as_(manager), "assign", three[:1], to="")
    assert responder.assignments.count() == 2


@pytest.mark.parametrize("to", ["x", "999999", "customer"])
def test_only_who_works_at_the_desk_is_assigned_to(three, as_, responder, member, to):
    html = act(as_(responder), "assign", three, to=member.pk if to == "customer" else to)
    assert "Choose a colleague who works at the desk." in html
    assert not Conversation.objects.exclude(assigned_to=None).exists()


def test_many_are_put_off_and_woken_up(three, as_, responder):
    assert "Snoozed: 3 conversations." in act(as_(responder), "snooze", three, until="hour")
    assert Conversation.objects.filter(place="snoozed").count() == 3
    assert "Back in the queue: 3 conversations." in act(as_(responder), "wake", three)
    assert Conversation.objects.filter(place="waiting").count() == 3


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Choose until when."),
        ({"until": "never"}, "Choose until when."),
        ({"until": "at"}, "choose a day and an hour"),
        ({"until": "at", "at": "soon"}, "for example 2026-11-24T09:00"),
        ({"until": "at", "at": "2001-01-01T10:00"}, "That moment is past."),
        ({"until": "at", "at": "2999-01-01T10:00"}, "within the next 90 days"),
    ],
)
def test_a_snooze_without_a_good_time_says_what_to_do(three, as_, responder, values, sentence):
    assert sentence in act(as_(responder), "snooze", three, **values).replace("&#x27;", "'")
    assert not Conversation.objects.exclude(snoozed_until=None).exists()


def test_mornings_are_those_of_the_next_day_and_the_next_monday():
    friday = timezone.make_aware(timezone.datetime(2026, 11, 20, 16, 30))
    days = {choice: moment_of(choice, friday).strftime("%a %d %H:%M") for choice in ("tomorrow", "monday", "week")}
    assert days == {"tomorrow": "Sat 21 09:00", "monday": "Mon 23 09:00", "week": "Fri 27 16:30"}


def test_many_end_with_one_reason_each_as_it_stands(three, as_, responder):
    act(as_(responder), "end", three[:1], because="Dealt with elsewhere")
    Conversation.objects.filter(pk=three[1].pk).update(customer=responder)
    html = act(as_(responder), "end", three, because="The community has answered it")
    assert "Ended: 2 conversations." in html
    assert "Not done for 1." in html and "so a colleague answers it." in html
    said = Event.objects.filter(what__contains="The community has answered it", actor=responder).order_by("what")
    assert [line.what.split(":")[0] for line in said] == ["Closed it", "No reply needed"]


def test_nothing_ends_without_a_reason(three, as_, responder):
    assert "Say why, in a few words" in act(as_(responder), "end", three, because=" ")
    assert Conversation.objects.filter(state=State.WAITING).count() == 3


def test_what_a_customer_wrote_after_the_list_was_drawn_is_not_swept_away(waiting, member, as_, responder):
    drawn = timezone.now().isoformat()
    write(member, waiting.thread, "Please, it is urgent now.")
    html = act(as_(responder), "end", [waiting], because="Old", as_of=drawn)
    assert "Mara Lind has written again" in html
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_nor_is_what_they_wrote_to_us_alone(waiting, member, as_, responder):
    Message.objects.create(
        conversation=waiting, author=responder, place="private", is_official=True, body="Which size?"
    )
    drawn = timezone.now().isoformat()
    Message.objects.create(conversation=waiting, author=member, place="private", body="A medium, please.")
    assert "has written again" in act(as_(responder), "end", [waiting], because="Old", as_of=drawn)


@pytest.mark.parametrize("picked", [[], ["x"], ["99999999999999999999"], ["999999"]])
def test_without_a_row_that_is_there_one_is_told_to_pick_one(three, as_, responder, picked):
    html = act(as_(responder), "claim", picked)
    assert "tick its box" in html or "is there any more" in html


def test_at_most_a_hundred_at_once(three, as_, responder):
    assert "at most 100 conversations" in act(as_(responder), "claim", range(1, 102))


def test_what_a_responder_may_not_see_is_not_acted_on(waiting, as_, responder):
    waiting.thread.status = "hidden"
    waiting.thread.save()
    assert "None of those conversations is there" in act(as_(responder), "claim", [waiting])


def test_one_comes_back_to_the_same_view_and_page_or_conversation(three, as_, responder):
    client, data = as_(responder), {"pick": three[0].pk}
    to = client.post("/staff/queue/claim/?view=all&page=2&q=fell+jumper", data)["Location"]
    assert to == "/staff/?view=all&q=fell+jumper&page=2"
    to = client.post(f"/staff/queue/claim/?view=all&on={three[1].pk}", data)["Location"]
    assert to == f"/staff/conversations/{three[1].pk}/?view=all"
    assert client.post("/staff/queue/claim/?on=x&page=y", data)["Location"] == "/staff/"


def test_a_reader_sees_the_queue_and_nothing_to_press(three, as_, analyst):
    html = as_(analyst).get("/staff/").content.decode()
    assert three[0].subject in html
    assert "/staff/queue/claim/" not in html and 'name="pick"' not in html


def test_a_snooze_that_is_over_brings_it_back(waiting, responder):
    Conversation.objects.update(snoozed_until=timezone.now() - timedelta(minutes=1), snoozed_by=responder)
    assert wake_up() == 1
    waiting.refresh_from_db()
    assert (waiting.snoozed_until, waiting.place) == (None, "waiting")
    assert wake_up() == 0
