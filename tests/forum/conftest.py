"""Questions with any number of answers, made without waiting for the rates."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Category, Post, Thread
from forum.models import Question

Ask = Callable[..., Question]


@pytest.fixture
def asked(member: Member, other_member: Member, category: Category, product: Product) -> Ask:
    """`asked("Title …", answers=3, comments=1, tags=["wool"])`: Mara asks, Tomas answers, Mara comments on each."""

    def load(
        title: str = "Does the Fell Jumper shrink?", answers: int = 0, comments: int = 0, **fields: Any
    ) -> Question:
        then = timezone.now() - fields.pop("ago", timedelta(hours=5))
        in_category = fields.pop("category", category)
        kept = [
            NewPost(
                other_member,
                f"Answer number {n}: it does not, if you wash it cold.",
                created_at=then + timedelta(seconds=n + 1),
                comments=[NewPost(member, f"Thanks for {n}.{c}", created_at=then) for c in range(comments)],
            )
            for n in range(answers)
        ]
        opening = NewPost(member, "I washed it once and it looks smaller now.", created_at=then)
        fields = {"product": product} | fields
        (thread,) = load_threads([NewThread(Thread.Kind.QUESTION, title, opening, answers=kept, **fields)])
        return Question.objects.create(thread=thread, category=in_category)

    return load


def answers_of(question: Question) -> list[Post]:
    return list(question.thread.posts.answers().select_related("author", "thread").order_by("created_at", "pk"))
