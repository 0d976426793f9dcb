"""Telling of what is no post: a note, an assignment, a message. The bell, the page behind it, and letters."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.members.models import Member, Role
from community.notifications.mailing import send_due_mail
from community.notifications.models import MailPreference, Notification
from community.notifications.reading import read_page, recount
from community.notifications.telling import QUIET, tell_of
from community.threads.models import Post

As = Callable[[Member | None], Client]
Kind = Notification.Kind
PAGE = "/staff/conversations/7/"


def tell_note(to: Member, by: Member, note: int = 1, **more: object) -> bool:
    address = f"{PAGE}#note-{note}"
    return tell_of(member=to, kind=Kind.NOTE, address=address, subject="A felted jumper", actor=by, **more)  # type: ignore[arg-type]


def bell(member: Member) -> int:
    return Member.objects.get(pk=member.pk).unread_notifications


def page(client: Client) -> str:
    return " ".join(client.get("/notifications/").content.decode().split())


def test_a_note_is_told_once_and_counted_in_the_bell(responder: Member, manager: Member) -> None:
    assert tell_note(responder, manager)
    assert not tell_note(responder, manager)
    assert bell(responder) == 1


def test_nobody_is_told_what_they_did_themselves(responder: Member) -> None:
    assert not tell_note(responder, responder)
    assert bell(responder) == 0


def test_what_happens_again_is_told_anew_in_its_place(responder: Member, manager: Member) -> None:
    tell_note(responder, manager)
    read_page(by=responder, address=PAGE)
    assert bell(responder) == 0
    assert tell_note(responder, manager, happened_at=timezone.now())
    assert (bell(responder), Notification.objects.count()) == (1, 1)


def test_customers_hear_nothing_of_what_staff_say_among_themselves(member: Member, responder: Member) -> None:
    assert not tell_note(member, responder)
    assert not Notification.objects.exists()


def test_who_is_no_staff_any_more_sees_and_counts_none_of_it(responder: Member, manager: Member, as_: As) -> None:
    tell_note(responder, manager)
    Member.objects.filter(pk=responder.pk).update(role="", is_staff=False)
    former = Member.objects.get(pk=responder.pk)
    recount(former)
    assert bell(former) == 0
    assert "A felted jumper" not in page(as_(former))
    assert Role.RESPONDER not in Member.objects.values_list("role", flat=True).filter(pk=former.pk)


def test_notes_of_one_conversation_are_one_row_that_leads_to_the_oldest_unread(
    responder: Member, manager: Member, answer: Post, as_: As
) -> None:
    tell_note(responder, manager, 1)
    tell_note(responder, manager, 2)
    tell_of(member=responder, kind=Kind.ASSIGNED, address=PAGE, subject="A felted jumper", actor=manager)
    shown = page(as_(responder))
    assert shown.count('<h2 class="notice__title">') == 1
    assert f'<a href="{PAGE}#note-1">A felted jumper</a>' in shown
    assert "Maud mentioned you in a note." in shown
    assert "Maud gave you this conversation." in shown


def test_posts_and_pages_stand_in_one_list(answer: Post, member: Member, responder: Member, as_: As) -> None:
    tell_of(member=member, kind=Kind.MESSAGE, address="/messages/3/", subject="Your jumper", actor=responder)
    shown = page(as_(member))
    assert "Tomas Berg answered your question." in shown
    assert "Rhea wrote to you alone" in shown


def test_one_page_is_marked_read_and_the_rest_is_not(responder: Member, manager: Member, as_: As) -> None:
    tell_note(responder, manager)
    tell_of(member=responder, kind=Kind.ASSIGNED, address="/staff/conversations/8/", subject="Other", actor=manager)
    as_(responder).post("/notifications/pages/read/", {"address": PAGE})
    assert bell(responder) == 1


def ten_minutes_pass() -> None:
    for told in Notification.objects.awaiting_mail():
        Notification.objects.filter(pk=told.pk).update(mail_due_at=told.mail_due_at - QUIET)  # type: ignore[operator]


def test_a_letter_names_the_page_and_leads_there(responder: Member, manager: Member) -> None:
    tell_note(responder, manager)
    ten_minutes_pass()
    assert send_due_mail() == 1
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == ([responder.email], "A felted jumper")
    assert "Maud mentioned you in a note." in letter.body
    assert f"{PAGE}#note-1" in letter.body
    assert not letter.reply_to


def test_letters_about_pages_can_be_stopped_by_themselves_and_from_the_letter(
    responder: Member, manager: Member, as_: As
) -> None:
    tell_note(responder, manager)
    ten_minutes_pass()
    send_due_mail()
    link = str(mail.outbox[0].extra_headers["List-Unsubscribe"]).strip("<>")
    assert as_(None).post(link, {"List-Unsubscribe": "One-Click"}).content == b"Unsubscribed."
    assert not MailPreference.objects.get(member=responder).desk
    tell_note(responder, manager, 2)
    ten_minutes_pass()
    assert send_due_mail() == 0


def test_only_staff_are_asked_whether_they_want_mail_about_notes(member: Member, responder: Member, as_: As) -> None:
    words = "a colleague mentioned you in a note"
    assert words in as_(responder).get("/notifications/mail/").content.decode().lower()
    assert words not in as_(member).get("/notifications/mail/").content.decode().lower()


@pytest.mark.parametrize("address", ["", "x" * 300, "/nowhere/"])
def test_any_address_may_be_marked_read(responder: Member, as_: As, address: str) -> None:
    assert as_(responder).post("/notifications/pages/read/", {"address": address}).status_code == 302


def test_the_desk_says_what_it_needs_in_its_own_words(responder: Member, as_: As) -> None:
    words = "The rule “Returns” failed three times in a row and was switched off."
    tell_of(member=responder, kind=Kind.DESK, address="/staff/automation/", subject=words, actor=None)
    shown = page(as_(responder))
    assert "The staff desk</a></h2>" in shown
    assert words in shown
