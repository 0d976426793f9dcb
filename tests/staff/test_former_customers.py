"""Former customers: who is found, who may be written to, once, and what becomes of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from community.members.consenting import give_consent, withdraw_consent
from community.members.models import Consent, Member
from community.notifications.models import Notification
from community.products.models import Product, Purchase
from community.threads.models import Category, Post
from community.threads.pausing import pause
from forum.asking import ask_question
from staff import tasks
from staff.former import working
from staff.former.finding import find_quiet
from staff.former.listing import bring_list, look_at_list
from staff.former.stopping import stopping_path
from staff.models import Conversation, FormerCustomer, Leaving, Message
from staff.one_to_one.messaging import receive, say
from staff.permissions import Refused
from tests.conftest import BODY

As = Callable[[Member | None], Client]
State, Channel = FormerCustomer.State, Consent.Channel
WORDS = {"subject": "A word from us", "body": "Dear Tomas, your jacket is three winters old. How is it?"}


@pytest.fixture
def bought(other_member: Member, product: Product) -> Purchase:
    """Tomas bought a jumper two years ago, and nothing since."""
    then = timezone.now() - timedelta(days=730)
    return Purchase.objects.create(
        product=product, member=other_member, email=other_member.email, reference="1", purchased_at=then
    )


@pytest.fixture
def former(bought: Purchase) -> FormerCustomer:
    find_quiet()
    return FormerCustomer.objects.get()


def allow(member: Member, channel: str = Channel.MAIL) -> None:
    give_consent(by=member, channel=channel, purpose=Consent.Purpose.REACTIVATION, source="test")


def test_who_bought_long_ago_and_was_not_here_since_is_found_once(bought: Purchase, other_member: Member) -> None:
    assert (find_quiet(), find_quiet()) == (1, 0)
    former = FormerCustomer.objects.get()
    assert (former.member, former.found_by, former.last_purchase_at) == (other_member, "Purchases", bought.purchased_at)


@pytest.mark.parametrize("fields", [{"refunded_at": timezone.now()}, {"purchased_at": timezone.now()}])
def test_who_bought_lately_or_gave_it_back_is_not(bought: Purchase, fields: dict[str, Any]) -> None:
    Purchase.objects.filter(pk=bought.pk).update(**fields)
    assert find_quiet() == 0


def test_who_wrote_lately_or_works_here_is_not(bought: Purchase, answer: Post, other_member: Member) -> None:
    assert find_quiet() == 0
    Post.objects.filter(author=other_member).delete()
    Member.objects.filter(pk=other_member.pk).update(is_staff=True)
    assert find_quiet() == 0


def test_without_consent_nothing_is_written(former: FormerCustomer, responder: Member) -> None:
    """Rule 12: a purchase and a hundred posts are no consent."""
    with pytest.raises(Refused, match="have not allowed"):
        working.write_once(by=responder, former=former, **WORDS)
    assert not Message.objects.exists()


def test_consent_for_something_else_is_none_for_this(former: FormerCustomer, responder: Member) -> None:
    """Rule 12."""
    give_consent(by=former.member, channel=Channel.MAIL, purpose=Consent.Purpose.MARKETING, source="test")
    with pytest.raises(Refused):
        working.write_once(by=responder, former=former, **WORDS)


def test_one_message_goes_by_the_allowed_way_alone(former: FormerCustomer, responder: Member) -> None:
    allow(former.member)
    sent = working.write_once(by=responder, former=former, **WORDS)
    assert (sent.conversation.type, sent.conversation.thread, sent.conversation.customer) == (
        "reactivation",
        None,
        former.member,
    )
    assert [letter.to for letter in mail.outbox] == [[former.member.email]]
    assert "Do not write to me again" in mail.outbox[0].body
    assert not Notification.objects.filter(member=former.member, kind="message").exists()


def test_by_private_message_alone_no_letter_leaves(former: FormerCustomer, responder: Member, as_: As) -> None:
    allow(former.member, Channel.MESSAGE)
    sent = working.write_once(by=responder, former=former, **WORDS)
    assert mail.outbox == []
    assert Notification.objects.filter(member=former.member, kind="message").exists()
    assert "three winters" in as_(former.member).get(f"/messages/{sent.conversation_id}/").content.decode()


def test_consent_is_looked_at_when_the_letter_leaves(
    former: FormerCustomer, responder: Member, monkeypatch: pytest.MonkeyPatch, as_: As
) -> None:
    """Rule 12: withdrawn between the writing and the sending, nothing reaches them."""
    allow(former.member)
    monkeypatch.setattr(tasks, "send_letter", lambda pk: False)  # the worker is slow
    sent = working.write_once(by=responder, former=former, **WORDS)
    withdraw_consent(by=former.member, channel="mail", purpose="reactivation", source="test")
    tasks.send_messages()
    former.refresh_from_db()
    assert (mail.outbox, former.state) == ([], State.LEFT_ALONE)
    assert as_(former.member).get(f"/messages/{sent.conversation_id}/").status_code == 404


def test_nobody_is_written_to_twice(former: FormerCustomer, responder: Member, moderator: Member) -> None:
    allow(former.member)
    sent = working.write_once(by=responder, former=former, **WORDS)
    with pytest.raises(Refused, match="One message is all"):
        working.write_once(by=moderator, former=former, **WORDS)
    with pytest.raises(Refused, match="One personal message"):
        say(by=moderator, conversation=sent.conversation, body="Me too!", place="private", confirm_second=True)
    receive(customer=former.member, conversation=sent.conversation, body="It leaks at the seam.")
    say(by=moderator, conversation=sent.conversation, body="Then we mend it.", place="private")
    assert Conversation.objects.get().messages.count() == 3


@pytest.mark.parametrize("where", ["site", "customer"])
def test_while_paused_nothing_is_written(
    former: FormerCustomer, responder: Member, manager: Member, where: str
) -> None:
    """Rule 13."""
    allow(former.member)
    pause(by=manager, because="A recall", **({"customer": former.member} if where == "customer" else {}))
    with pytest.raises(Refused, match="A recall"):
        working.write_once(by=responder, former=former, **WORDS)


def test_what_was_queued_before_a_pause_waits(
    former: FormerCustomer, responder: Member, manager: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 13: looked at when the work runs."""
    allow(former.member)
    monkeypatch.setattr(tasks, "send_letter", lambda pk: False)
    sent = working.write_once(by=responder, former=former, **WORDS)
    pause(by=manager, because="A recall")
    assert tasks.send_messages() == 0
    sent.refresh_from_db()
    assert sent.mail_due_at is not None and not sent.not_mailed_because


def test_do_not_write_again_takes_a_click_and_no_password(former: FormerCustomer, as_: As) -> None:
    allow(former.member)
    address = stopping_path(former.member)
    as_(None).get(address)
    assert Consent.objects.newest(former.member, "mail", "reactivation") is True
    as_(None).post(address, {"List-Unsubscribe": "One-Click"})
    assert Consent.objects.newest(former.member, "mail", "reactivation") is False
    assert as_(None).get(f"{address[:-4]}abc/").status_code == 404


def test_a_list_is_matched_by_proven_addresses_and_the_rest_is_not_kept(
    manager: Member, other_member: Member, new_member: Member, responder: Member
) -> None:
    new_member.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    text = f"Name;Mail\nTomas;TOMAS@example.com\nNed;{new_member.email}\nRhea;{responder.email}\nEve;eve@example.com\n"
    looked = look_at_list(by=manager, text=text)
    assert ([one.username for one in looked.fresh], looked.left_out) == (["tomas"], 1)
    assert looked.unmatched == ["ned@example.com", "eve@example.com"]
    assert not FormerCustomer.objects.exists()
    bring_list(by=manager, text=text, name="Returned a parka")
    assert bring_list(by=manager, text=text, name="Returned a parka").fresh == []
    assert FormerCustomer.objects.get().found_by == "Returned a parka"
    with pytest.raises(ValidationError):
        look_at_list(by=manager, text="nothing of the kind")


def test_who_posts_again_has_come_back(former: FormerCustomer, category: Category) -> None:
    ask_question(by=former.member, category=category, title="Is there a longer jumper now?", body=BODY)
    former.refresh_from_db()
    assert (former.state, former.state_changed_by) == (State.CAME_BACK, None)
    assert find_quiet() == 0


def test_who_buys_again_has_come_back(former: FormerCustomer, product: Product) -> None:
    Purchase.objects.create(
        product=product, member=former.member, email="t@example.com", reference="2", purchased_at=timezone.now()
    )
    tasks.find_former_customers()
    former.refresh_from_db()
    assert former.state == State.CAME_BACK


def test_leaving_somebody_alone_can_be_undone(former: FormerCustomer, responder: Member) -> None:
    assert working.leave_alone(by=responder, former=former, note="Asked us to")
    assert not working.leave_alone(by=responder, former=former)
    assert working.put_back(by=responder, former=former)
    former.refresh_from_db()
    assert former.state == State.TO_WRITE


def test_the_reason_they_give_is_noted_once(former: FormerCustomer, responder: Member, as_: As) -> None:
    address = f"/staff/former-customers/{former.pk}/"
    for _ in range(2):
        as_(responder).post(f"{address}left/", {"left-kind": "price", "left-words": "Twice what it was"})
    assert Leaving.objects.get().words == "Twice what it was"
    assert "Twice what it was" in as_(responder).get(address).content.decode()


def test_the_list_is_worked_through_on_its_pages(former: FormerCustomer, responder: Member, as_: As) -> None:
    listed = as_(responder).get("/staff/former-customers/").content.decode()
    assert "Tomas Berg" in listed and "Fell Jumper" in listed
    address = f"/staff/former-customers/{former.pk}/"
    assert "have not allowed" in as_(responder).get(address).content.decode()
    allow(former.member)
    as_(responder).post(f"{address}write/", WORDS)
    former.refresh_from_db()
    assert former.state == State.WRITTEN
    assert "Tomas Berg" in as_(responder).get("/staff/former-customers/?state=written").content.decode()


def test_a_manager_brings_a_list_in_two_steps(manager: Member, other_member: Member, as_: As) -> None:
    data = {"name": "Returned", "addresses": "tomas@example.com, eve@example.com"}
    looked = as_(manager).post("/staff/former-customers/bring/", data | {"act": "look"}).content.decode()
    assert "1 member would come on the list" in looked and "eve@example.com" in looked
    assert not FormerCustomer.objects.exists()
    as_(manager).post("/staff/former-customers/bring/", data | {"act": "bring"})
    assert FormerCustomer.objects.get().member == other_member
