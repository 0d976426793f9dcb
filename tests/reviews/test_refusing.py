"""Whose review is refused hears why, has the text, and may mend it: the same for every star."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from community.members.models import Member, TrustLevel
from community.moderation import deciding
from community.moderation.models import Decision
from community.notifications.mailing import send_due_mail
from community.products.models import Product
from community.threads.models import Status
from reviews.models import ReviewRecord
from reviews.refusing import MEANINGS, send_refusals
from tests.reviews.writing import BODY, change, opening_of, write

Clients = Callable[[Member | None], Client]
REASONS = [reason for reason in Decision.Reason.values if reason]


def in_minutes(minutes: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


@pytest.mark.parametrize(("reason", "stars"), [(reason, 1 + place % 5) for place, reason in enumerate(REASONS)])
def test_the_author_reads_the_reason_the_text_and_how_to_mend(
    reason: str, stars: int, member: Member, product: Product, moderator: Member
) -> None:
    written = write(member, product, stars=stars, pros="Warm", cons="Long arms")
    deciding.remove(by=moderator, post=opening_of(written), reason=reason, note="Between us: a bore.")
    with in_minutes(6):
        assert send_refusals() == 1 and send_refusals() == 0
    (letter,) = mail.outbox
    assert letter.to == [member.email] and letter.subject == "Your review of Fell Jumper is not published"
    text = " ".join(str(letter.body).split())
    until = timezone.localtime(timezone.now() + timedelta(days=7))
    for words in (Decision.Reason(reason).label, BODY, f"{stars} of 5 stars", "Warm", "Long arms", f"{until:%B}"):
        assert " ".join(str(words).split()) in text
    assert "/products/fell-jumper/review/" in text and "bore" not in text and "Milo" not in text


def test_every_fixed_reason_is_explained() -> None:
    assert set(MEANINGS) == set(REASONS) and len(REASONS) == 7


def test_it_is_not_told_twice_by_mail(member: Member, product: Product, moderator: Member) -> None:
    deciding.remove(by=moderator, post=opening_of(write(member, product)), reason="fake")
    with in_minutes(20):
        assert send_refusals() == 1 and send_due_mail() == 0
    assert member.notifications.filter(kind="decision").count() == 1


def test_a_slip_taken_back_troubles_nobody(member: Member, product: Product, moderator: Member) -> None:
    opening = opening_of(write(member, product))
    deciding.remove(by=moderator, post=opening, reason="fake")
    assert send_refusals() == 0
    deciding.restore(by=moderator, post=opening)
    with in_minutes(6):
        assert send_refusals() == 0


def test_a_held_review_that_is_refused_is_told_too(new_member: Member, product: Product, moderator: Member) -> None:
    held = write(new_member, product, body="A casino on the hill: warm, and it kept its shape.")
    assert held.thread.posts.get().status == Status.HELD
    deciding.remove(by=moderator, post=opening_of(held), reason="off_topic")
    assert new_member.notifications.filter(kind="decision").count() == 1
    with in_minutes(6):
        assert send_refusals() == 1


def test_what_is_mended_goes_back_to_a_moderator(member: Member, product: Product, moderator: Member) -> None:
    Member.objects.filter(pk=member.pk).update(trust_level=TrustLevel.LEADER)
    member.refresh_from_db()
    written = write(member, product)
    deciding.remove(by=moderator, post=opening_of(written), reason="personal_data")
    change(written, body=f"{BODY} Without the neighbour's name.")
    assert opening_of(written).status == Status.HELD
    kinds = [line.kind for line in written.records.all()]
    assert kinds[-2:] == [ReviewRecord.Kind.REVISED, ReviewRecord.Kind.HELD]


def test_after_seven_days_it_can_no_longer_be_mended(member: Member, product: Product, moderator: Member) -> None:
    written = write(member, product)
    deciding.remove(by=moderator, post=opening_of(written), reason="fake")
    with in_minutes(7 * 24 * 60 + 1), pytest.raises(PermissionDenied):
        change(written, body=f"{BODY} Again.")


@pytest.mark.parametrize("reason", ["", "too negative", "none"])
def test_a_moderator_has_no_words_of_their_own(
    reason: str, member: Member, product: Product, moderator: Member, as_: Clients
) -> None:
    opening = opening_of(write(member, product, stars=1))
    data = {"action": "remove", "reason": reason, "note": "Too negative"}
    page = as_(moderator).post(f"/staff/moderation/{opening.pk}/decide/", data)
    assert page.status_code == 200 and "Nothing is decided yet" in page.content.decode()
    assert opening_of(opening.thread.review).status == Status.PUBLISHED
