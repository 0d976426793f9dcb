"""A member's own part of the front page: what is new in what they follow, what they could answer, what they asked."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Subscription
from community.threads.models import Post, Status, TaggedThread, Thread, ThreadRead
from forum.models import Question, QuestionQuerySet

ROWS = 5
LATELY = timedelta(days=60)


class Own(NamedTuple):
    """Questions with all that their rows show."""

    news: list[Question]
    open: list[Question]
    could_answer: list[Question]


def own_of(member: Any) -> Own | None:
    """None for a stranger, and for a stand-in, who has nothing of the kind. Two queries."""
    if not member.is_authenticated or not member.pk:
        return None
    rows = list(_news_and_open(member))
    news = [question for question in rows if question.is_news]  # type: ignore[attr-defined]
    return Own(news, [question for question in rows if question not in news], list(_could_answer(member)))


def _news_and_open(member: Member) -> QuestionQuerySet:
    """Followed questions that others wrote in since `member` last read them, and `member`'s own that are unsolved."""
    news, unsolved = _news(member), Question.objects.listed().unsolved().filter(thread__author=member).newest()
    rows = Question.objects.filter(Q(pk__in=news) | Q(pk__in=unsolved.values("pk")[:ROWS]))
    return rows.annotate(is_news=Case(When(pk__in=news, then=True), default=False)).with_list_data().active()


def _news(member: Member) -> QuerySet[Any, Any]:
    read = ThreadRead.objects.filter(member=member, thread=OuterRef("thread")).values("read_until")
    followed = Subscription.objects.following().filter(
        member=member, thread__kind=Thread.Kind.QUESTION, thread__status=Status.PUBLISHED
    )
    since = followed.annotate(since=Coalesce(Subquery(read), F("created_at")))
    new = since.filter(thread__last_post_at__gt=F("since")).exclude(thread__last_post_by=member)
    return new.order_by("-thread__last_post_at").values("thread")[:ROWS]


def _could_answer(member: Member) -> QuerySet[Question]:
    """Lately asked and unsolved, under what `member` follows or about what they have answered on; never their own."""
    follows = Subscription.objects.following().filter(member=member)
    answered = Post.objects.published().answers().filter(author=member, thread__product__isnull=False)
    theirs = (
        Q(thread__product__in=follows.filter(product__isnull=False).values("product"))
        | Q(thread__product__in=answered.values("thread__product"))
        | Q(category__in=follows.filter(category__isnull=False).values("category"))
        | Q(Exists(TaggedThread.objects.filter(content_object=OuterRef("pk"), tag__in=_tags(follows))))
    )
    wrote = Post.objects.filter(thread=OuterRef("pk"), author=member)
    recent = Question.objects.listed().unsolved().filter(thread__created_at__gte=timezone.now() - LATELY)
    found = recent.filter(theirs, ~Exists(wrote)).newest()
    return Question.objects.filter(pk__in=found.values("pk")[:ROWS]).with_list_data().newest()


def _tags(follows: QuerySet[Subscription]) -> QuerySet[Any, Any]:
    return follows.filter(tag__isnull=False).values("tag")
