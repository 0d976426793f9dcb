"""Internal notes. Rule 7: with @mention, never public and never a reply."""

import json

import pytest
from django.core.management import call_command

from community.exporting.writing import lines
from community.members.models import Member
from community.notifications.models import Notification
from staff.models import Conversation, Note, Reply
from staff.noting import add_note, show_notes

pytestmark = pytest.mark.django_db
SECRET = "The felting batch was 0417, keep it quiet"


def shown(conversation):
    return "".join(one.html for one in show_notes(conversation.notes.select_related("author", "conversation")))


def test_a_colleague_who_is_mentioned_hears_of_it_and_is_led_to_the_note(waiting, responder, manager, as_):
    note = add_note(by=manager, conversation=waiting, body="@rhea do you know the mill?")
    told = Notification.objects.get(member=responder)
    assert (told.kind, told.url) == ("note", f"{waiting.get_absolute_url()}#note-{note.pk}")
    assert f'id="note-{note.pk}"' in as_(responder).get(waiting.get_absolute_url()).content.decode()


def test_a_customer_in_a_note_stays_text_and_hears_nothing(waiting, responder, member):
    """Rule 7"""
    add_note(by=responder, conversation=waiting, body="@mara is our oldest customer")
    assert not Notification.objects.filter(member=member).exists()
    assert "<a" not in shown(waiting)
    assert "@mara" in shown(waiting)


def test_a_double_click_is_one_note_and_one_ring(waiting, responder, manager):
    for _ in range(2):
        add_note(by=manager, conversation=waiting, body="@rhea please look")
    assert (Note.objects.count(), Notification.objects.filter(member=responder).count()) == (1, 1)


def test_nobody_hears_of_a_conversation_that_they_may_not_open(waiting, responder, manager):
    waiting.thread.status = "hidden"
    waiting.thread.save(update_fields=["status"])
    add_note(by=manager, conversation=waiting, body="@rhea this one is bad")
    assert not Notification.objects.filter(member=responder).exists()


def test_a_note_is_rendered_and_its_html_is_clean(waiting, responder):
    add_note(by=responder, conversation=waiting, body="**Mill** says <script>alert(1)</script>")
    assert "<strong>Mill</strong>" in shown(waiting)
    assert "<script" not in shown(waiting)


def test_a_note_is_no_reply(waiting, responder):
    """Rules 4 and 7: notes never count as a response."""
    add_note(by=responder, conversation=waiting, body=SECRET)
    after = Conversation.objects.get(pk=waiting.pk)
    assert after.needs_reply
    assert after.first_company_response_at is None
    assert not Reply.objects.exists()


PUBLIC = ("/", "/questions/", "/search/?q=felting", "/search/?q=0417", "/feeds/questions/", "/products/fell-jumper/")


def test_a_note_is_found_on_no_public_page(waiting, responder, member, as_):
    """Rule 7: never public."""
    add_note(by=responder, conversation=waiting, body=SECRET)
    call_command("rebuild_index", interactive=False, verbosity=0)
    for who in (None, member):
        client = as_(who)
        for address in (*PUBLIC, waiting.thread.get_absolute_url(), "/members/mara/", "/members/rhea/"):
            assert "0417, keep" not in client.get(address, follow=True).content.decode(), address


def test_a_note_is_in_no_export(waiting, responder):
    """Rule 7"""
    add_note(by=responder, conversation=waiting, body=SECRET)
    assert "0417" not in "".join(lines())


def test_only_colleagues_are_offered_after_an_at(waiting, responder, manager, member, as_):
    offered = json.loads(as_(responder).get("/staff/colleagues/?q=ma").content)["choices"]
    assert [one["value"] for one in offered] == ["maud"]
    assert Member.objects.filter(username="mara").exists()
