"""A member's own part of the front page: what is new in what they follow, what they could answer, what they asked."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Subscription
from community.threads.models import Post, Status, TaggedThread, Thread, ThreadRead
from forum.models import IS_UNSOLVED, Question

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
    waiting = [question for question in rows if question not in news]
    return Own(news[:ROWS], waiting[:ROWS], list(_could_answer(member)))


def _news_and_open(member: Member) -> QuerySet[Question]:
    """Followed questions that others wrote in since `member` last read them, and `member`'s own that are unsolved.

    Found by what `member` follows and asked; the rest is asked for by expressions, or a database without statistics
    walks all threads.
    """
    follows = Subscription.objects.following().filter(member=member, thread__isnull=False)
    asked = Thread.objects.filter(author=member).order_by()
    is_public = Case(When(thread__status=Status.PUBLISHED, then=True), default=False)
    near = Question.objects.filter(Q(pk__in=follows.values("thread")) | Q(pk__in=asked.values("pk")))
    read = ThreadRead.objects.filter(member=member, thread=OuterRef("pk")).values("read_until")
    since = Coalesce(Subquery(read), Subquery(follows.filter(thread=OuterRef("pk")).values("created_at")))
    is_news = Q(since__lt=F("thread__last_post_at")) & ~Q(thread__last_post_by=member)
    marked = (
        near.alias(is_public=is_public)
        .filter(is_public=True)
        .annotate(since=since)
        .annotate(is_news=Case(When(is_news, then=True), default=False))
    )
    shown = marked.filter(Q(is_news=True) | (Q(thread__author=member) & IS_UNSOLVED))
    newest_first = Coalesce("thread__last_post_at", "thread__created_at").desc()
    return shown.with_list_data().order_by(newest_first, "-pk")[: 4 * ROWS]


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
