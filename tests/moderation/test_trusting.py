"""Trust is earned by what a member read and did here; what was given by hand stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.members.models import Member, TrustLevel
from community.moderation.models import Flag
from community.moderation.trusting import next_level, steps_to, weigh, weigh_the_active, weigh_the_regulars
from community.threads.models import Post, ReadingDay, Thread, Vote


def read(member: Member, days: int, *, threads: int = 0, posts: int = 0, seconds: int = 0, ago: int = 0) -> None:
    """So much on each of `days` days, the last of them `ago` days back."""
    last = timezone.localdate() - timedelta(days=ago)
    ReadingDay.objects.bulk_create(
        ReadingDay(member=member, day=last - timedelta(days=n), threads_read=threads, posts_read=posts, seconds=seconds)
        for n in range(days)
    )


def reply_in(threads: int, by: Member, to: Member) -> list[Post]:
    made = [Thread(kind="question", author=to, title=f"Question {n}", last_post_by=to) for n in range(threads)]
    Thread.objects.bulk_create(made)
    posts = [Post(thread=thread, author=by, kind="answer", body="Yes.", body_html="<p>Yes.</p>") for thread in made]
    return Post.objects.bulk_create(posts)


@pytest.fixture
def reader(new_member: Member, member: Member) -> Member:
    """Two days short of Member, and one vote."""
    read(new_member, 13, threads=2, posts=10, seconds=60)
    posts = reply_in(3, new_member, member)
    Vote.objects.create(post=posts[0], member=member, is_helpful=True)
    return new_member


def test_reading_earns_the_first_level(new_member: Member) -> None:
    read(new_member, 1, threads=5, posts=30, seconds=599)
    assert weigh(new_member) == TrustLevel.NEW
    ReadingDay.objects.update(seconds=600)
    assert weigh(new_member) == TrustLevel.BASIC
    new_member.refresh_from_db()
    assert new_member.trust_level == TrustLevel.BASIC
    assert weigh(new_member) == TrustLevel.BASIC


def test_the_second_level_asks_for_helping_too(reader: Member, member: Member, other_member: Member) -> None:
    read(reader, 2, ago=20)
    assert weigh(reader) == TrustLevel.BASIC
    post = reply_in(1, other_member, member)[0]
    Vote.objects.create(post=post, member=reader, is_helpful=True)
    assert weigh(reader) == TrustLevel.MEMBER


def test_talking_to_oneself_is_no_reply(new_member: Member) -> None:
    reply_in(3, new_member, new_member)
    have = {step.label: step.have for step in steps_to(TrustLevel.MEMBER, new_member)}
    assert have["conversations you replied in"] == 0


@pytest.fixture
def earned_regular(other_member: Member, member: Member, regular: Member) -> Member:
    read(other_member, 50, threads=1, posts=5)
    posts = reply_in(20, other_member, member)
    Vote.objects.bulk_create(Vote(post=post, member=regular, is_helpful=True) for post in posts)
    return other_member


def test_the_third_level_is_earned_within_a_hundred_days_and_lost_by_staying_away(earned_regular: Member) -> None:
    assert weigh(earned_regular) == TrustLevel.REGULAR
    ReadingDay.objects.all().delete()
    read(earned_regular, 50, threads=1, posts=5, ago=60)
    assert weigh(earned_regular) == TrustLevel.MEMBER


def test_six_upheld_reports_cost_it(earned_regular: Member, regular: Member) -> None:
    weigh(earned_regular)
    for post in earned_regular.posts.all()[:6]:
        Flag.objects.create(post=post, member=regular, reason="abuse", settled_at=timezone.now(), was_upheld=True)
    assert weigh(earned_regular) == TrustLevel.MEMBER


def test_what_was_given_by_hand_stays(regular: Member, earned_regular: Member) -> None:
    Member.objects.update(trust_is_given=True)
    weigh_the_active(), weigh_the_regulars()
    assert list(
        Member.objects.filter(pk__in=[regular.pk, earned_regular.pk])
        .order_by("trust_level")
        .values_list("trust_level", flat=True)
    ) == [TrustLevel.MEMBER, TrustLevel.REGULAR]
    assert next_level(Member.objects.get(pk=earned_regular.pk)) is None


def test_the_task_weighs_who_was_here(earned_regular: Member, regular: Member) -> None:
    assert weigh_the_active() == 1
    assert weigh_the_regulars() == 2
    earned_regular.refresh_from_db(), regular.refresh_from_db()
    assert (earned_regular.trust_level, regular.trust_level) == (TrustLevel.REGULAR, TrustLevel.MEMBER)


def test_staff_have_no_level_to_earn(responder: Member) -> None:
    read(responder, 20, threads=9, posts=90, seconds=900)
    level = responder.trust_level
    assert weigh(responder) == level and next_level(responder) is None
