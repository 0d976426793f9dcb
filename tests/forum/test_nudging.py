"""Who asked is asked once, three days after the answers, whether one helped."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Post, Thread
from forum.models import Question
from forum.nudging import nudge_askers


@pytest.fixture
def waiting(question: Thread, answer: Post) -> Thread:
    """Answered four days ago, nothing accepted."""
    Thread.objects.update(last_post_at=timezone.now() - timedelta(days=4))
    return question


def test_the_asker_is_asked_once_about_the_best_answer(waiting: Thread, answer: Post, member: Member) -> None:
    assert (nudge_askers(), nudge_askers()) == (1, 0)
    told = Notification.objects.get(kind="nudge")
    assert (told.member, told.post, told.actor) == (member, answer, None)
    assert Question.objects.get(pk=waiting.pk).nudged_at


@pytest.mark.parametrize(
    "spare",
    [
        lambda answer: Thread.objects.update(last_post_at=timezone.now() - timedelta(days=2)),
        lambda answer: Thread.objects.update(last_post_at=timezone.now() - timedelta(days=40)),
        lambda answer: Thread.objects.update(closed_at=timezone.now()),
        lambda answer: Post.objects.update(source="import"),
        lambda answer: Question.objects.update(still_needed_at=timezone.now()),
        lambda answer: Question.objects.update(needs_info_at=timezone.now(), needs_info_by=answer.author),
        lambda answer: Question.objects.update(
            accepted_post=answer, accepted_by=answer.author, accepted_at=timezone.now()
        ),
    ],
)
def test_who_need_not_be_asked_is_not(waiting: Thread, answer: Post, spare: Callable[[Post], object]) -> None:
    spare(answer)
    assert nudge_askers() == 0
    assert not Notification.objects.filter(kind="nudge").exists()
