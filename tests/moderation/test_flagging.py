"""Reporting a post: weight, limits, and what hides by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import TrustLevel
from community.moderation.deciding import keep, remove
from community.moderation.flagging import flag, weight_of
from community.moderation.models import Decision, Flag
from community.threads.models import Post, Status
from tests.conftest import make_member
from tests.staff.many import ask_many

pytestmark = pytest.mark.django_db


def status(post: Post) -> str:
    return Post.objects.get(pk=post.pk).status


def settled(member, post, upheld: int, dismissed: int) -> None:
    """A record of decided flags."""
    for nth in range(upheld + dismissed):
        Flag.objects.create(post=post, member=member, reason="spam", settled_at=timezone.now(), was_upheld=nth < upheld)
    Flag.objects.update(created_at=timezone.now() - timedelta(days=3))


def test_a_flag_weighs_one_plus_trust(opening, new_member, regular):
    assert weight_of(new_member) == 1
    assert weight_of(regular) == 4


@pytest.mark.parametrize(
    ("upheld", "dismissed", "weight"), [(4, 0, 3), (5, 0, 5), (3, 3, 4), (1, 4, 1), (0, 5, 1), (2, 4, 3)]
)
def test_past_accuracy_adds_and_takes_weight_after_five_decisions(answer, member, upheld, dismissed, weight):
    settled(member, answer, upheld, dismissed)
    assert weight_of(member) == weight


def test_a_post_hides_itself_at_eight_and_not_before(answer, member, regular, new_member):
    for who, hidden in ((member, False), (regular, False), (new_member, True)):
        flag(by=who, post=answer, reason="spam")
        assert (status(answer) == Status.HIDDEN) is hidden
    decision = Decision.objects.get()
    assert (decision.action, decision.moderator, decision.body) == ("hide", None, answer.body)
    assert sum(f["weight"] for f in decision.facts["flags"]) == 8


def test_a_flag_by_staff_hides_at_once(answer, responder):
    flag(by=responder, post=answer, reason="abuse")
    assert status(answer) == Status.HIDDEN


def test_who_answers_reviews_for_the_company_can_not_hide_one_by_a_report(review, responder, moderator):
    opening = review.thread.posts.get()
    flag(by=responder, post=opening, reason="off_topic")
    assert status(opening) == Status.PUBLISHED
    flag(by=moderator, post=opening, reason="off_topic")
    assert status(opening) == Status.HIDDEN


def test_calling_the_company_hides_nothing(answer, regular, member, responder):
    for who in (regular, member, responder):
        flag(by=who, post=answer, reason="needs_staff")
    assert status(answer) == Status.PUBLISHED


def test_a_second_flag_by_the_same_member_changes_nothing(answer, member):
    assert flag(by=member, post=answer, reason="spam")
    assert not flag(by=member, post=answer, reason="abuse")
    assert Flag.objects.count() == 1


def test_the_same_post_can_be_flagged_again_24_hours_after(answer, member, moderator):
    flag(by=member, post=answer, reason="spam")
    keep(by=moderator, post=answer)
    with pytest.raises(TooSoon, match="Try again in 24 hours"):
        flag(by=member, post=answer, reason="spam")
    Flag.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert flag(by=member, post=answer, reason="spam")


def test_twenty_flags_a_day(member, other_member, category):
    posts = [thread.posts.get() for thread in ask_many(21, other_member, category)]
    for post in posts[:20]:
        flag(by=member, post=post, reason="off_topic")
    with pytest.raises(TooSoon, match="flagged 20 posts today"):
        flag(by=member, post=posts[20], reason="off_topic")


def test_ones_own_post_and_what_is_gone_can_not_be_flagged(answer, other_member, member, moderator):
    with pytest.raises(PermissionDenied, match="your own post"):
        flag(by=other_member, post=answer, reason="spam")
    remove(by=moderator, post=answer, reason="off_topic")
    answer.refresh_from_db()
    with pytest.raises(PermissionDenied):
        flag(by=member, post=answer, reason="spam")


# The page -----------------------------------------------------------------------------------------------------------


def test_the_page_sends_a_report_and_thanks(answer, as_, member):
    client = as_(member)
    assert "Report this post" in client.get(f"/posts/{answer.pk}/flag/").content.decode()
    response = client.post(
        f"/posts/{answer.pk}/flag/", {"reason": "other", "note": "Copied from elsewhere"}, follow=True
    )
    assert "A moderator will look at it." in response.content.decode()
    assert Flag.objects.get().note == "Copied from elsewhere"


def test_a_stranger_is_asked_to_sign_in(answer, as_):
    assert as_(None).post(f"/posts/{answer.pk}/flag/", {"reason": "spam"}).url.startswith("/accounts/login/")


@pytest.mark.parametrize("fields", [{}, {"reason": "because"}, {"reason": "spam", "note": "x" * 501}])
def test_bad_input_is_told_and_kept(answer, as_, member, fields):
    response = as_(member).post(f"/posts/{answer.pk}/flag/", fields)
    assert "Please mend" in response.content.decode()
    assert fields.get("note", "") in response.content.decode()
    assert not Flag.objects.exists()


def test_a_refused_rate_answers_429_and_keeps_the_note(answer, as_, member, moderator):
    flag(by=member, post=answer, reason="spam")
    keep(by=moderator, post=answer)
    response = as_(member).post(f"/posts/{answer.pk}/flag/", {"reason": "spam", "note": "It is back"})
    assert (response.status_code, int(response["Retry-After"]) > 86_000) == (429, True)
    assert "It is back" in response.content.decode()


def test_what_may_not_be_seen_is_not_found(answer, as_, member, moderator):
    remove(by=moderator, post=answer, reason="off_topic")
    assert as_(member).get(f"/posts/{answer.pk}/flag/").status_code == 404


def test_new_members_can_flag_too(answer, as_):
    ned = make_member("nora", trust_level=TrustLevel.NEW)
    as_(ned).post(f"/posts/{answer.pk}/flag/", {"reason": "spam"})
    assert Flag.objects.get().weight == 1
