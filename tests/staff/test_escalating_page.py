"""A thread gets to the desk from its public page, by one button that only staff see."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.threads.models import Thread
from reviews.models import Review


@pytest.fixture
def threads(question: Thread, review: Review) -> list[Thread]:
    return [question, review.thread]


def test_the_button_is_for_staff(
    threads: list[Thread], member: Member, responder: Member, as_: Callable[..., Client]
) -> None:
    for thread in threads:
        address = reverse("escalate", args=[thread.pk])
        assert address not in as_(member).get(thread.get_absolute_url()).content.decode()
        assert address in as_(responder).get(thread.get_absolute_url()).content.decode()


def test_it_brings_the_thread_to_the_desk(threads: list[Thread], responder: Member, as_: Callable[..., Client]) -> None:
    for thread in threads:
        as_(responder).post(reverse("escalate", args=[thread.pk]))
        assert thread.conversation.reasons.filter(kind="escalated").exists()
