"""The weekly digest: what was solved in what a member follows, the week's best answers there, questions that they could
answer, and new reviews of their products. Only for who asked for it, and only when there is something to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.members.models import Member
from community.notifications.letters import absolute
from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.models import Pause, Post, Thread, ThreadRead
from community.threads.rendering import plain_text
from forum.models import Question
from reviews.models import Review

WEEK = timedelta(days=7)
STILL_OPEN = timedelta(days=30)  # older questions wait for somebody else
MOST = 4
EXCERPT = 240


@dataclass(frozen=True)
class Entry:
    """One thing to read: `line` says who and where."""

    title: str
    url: str
    line: str
    excerpt: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    entries: list[Entry]


@dataclass(frozen=True)
class Interests:
    """What a member follows, has bought or has answered about, by id."""

    threads: set[int]
    products: set[int]
    tags: set[int]
    categories: set[int]
    bought: set[int]
    known: set[int]  # products about which they have answered
    paused_threads: set[int]  # a person has paused what goes out about these
    paused_categories: set[int]

    def about(self, thread: str = "thread") -> Q:
        """Threads in what is followed; `thread`: the way to it."""
        return (
            Q(**{f"{thread}__product__in": self.products})
            | Q(**{f"{thread}__question__category__in": self.categories})
            | Q(Exists(Thread.objects.filter(pk=OuterRef(f"{thread}__pk"), tags__in=self.tags)))
        )

    def may_be_told(self) -> Q:
        """What nobody has paused."""
        return ~Q(thread__in=self.paused_threads) & ~Q(thread__question__category__in=self.paused_categories)


def interests_of(member: Member, now: datetime) -> Interests:
    """4 queries."""
    followed = Subscription.objects.following().filter(member=member)
    rows = list(followed.values_list("thread_id", "product_id", "tag_id", "category_id"))
    threads, products, tags, categories = ({row[nth] for row in rows if row[nth]} for nth in range(4))
    paused = list(Pause.objects.standing(now).by_hand().values_list("thread_id", "category_id"))
    answered = Post.objects.published().answers().filter(author=member, thread__kind=Thread.Kind.QUESTION)
    return Interests(
        threads,
        products,
        tags,
        categories,
        bought=set(member.purchases.standing().values_list("product_id", flat=True)),
        known=set(answered.exclude(thread__product=None).values_list("thread__product_id", flat=True).distinct()),
        paused_threads={thread for thread, _ in paused if thread},
        paused_categories={category for _, category in paused if category},
    )


def news_for(member: Member, now: datetime) -> list[Section]:
    """The sections that have something in them; none if there is nothing to say. At most 9 queries."""
    mine, since = interests_of(member, now), now - WEEK
    solved = list(_solved(member, mine, since))
    best = _best_answers(member, mine, since).exclude(thread__in=[question.thread_id for question in solved])
    sections = [
        Section("Solved in what you follow", [_solved_entry(question) for question in solved]),
        Section("Best answers of the week", [_answer_entry(post) for post in _one_a_thread(best[: 3 * MOST])]),
        Section("You could answer these", [_open_entry(question) for question in _unanswered(member, mine, now)]),
        Section("New reviews of your products", [_review_entry(review) for review in _reviews(member, mine, since)]),
    ]
    return [section for section in sections if section.entries]


def _solved(member: Member, mine: Interests, since: datetime) -> QuerySet[Question]:
    solved = Question.objects.listed().filter(accepted_at__gt=since, accepted_post__status="published")
    ours = solved.filter(mine.may_be_told(), Q(thread__in=mine.threads) | mine.about()).exclude(
        accepted_post__author=member
    )
    unseen = ours.exclude(accepted_by=member).exclude(_has_read(member, "thread"))
    return unseen.select_related("thread__product", "accepted_post__author").order_by("-accepted_at")[:MOST]


def _best_answers(member: Member, mine: Interests, since: datetime) -> QuerySet[Post]:
    answers = Post.objects.published().answers().filter(created_at__gt=since, thread__kind=Thread.Kind.QUESTION)
    helpful = answers.filter(mine.may_be_told(), mine.about() | Q(thread__in=mine.threads), helpful_count__gte=1)
    unseen = helpful.exclude(author=member).exclude(_has_read(member, "thread"))
    return unseen.select_related("thread__product", "author").order_by("-helpful_score", "-pk")


def _one_a_thread(posts: Iterable[Post]) -> list[Post]:
    """The first four, the best of each thread."""
    best: dict[int, Post] = {}
    for post in posts:
        best.setdefault(post.thread_id, post)
    return list(best.values())[:MOST]


def _unanswered(member: Member, mine: Interests, now: datetime) -> QuerySet[Question]:
    waiting = Question.objects.listed().filter(
        thread__answer_count=0,
        thread__closed_at=None,
        thread__created_at__gt=now - STILL_OPEN,
        needs_info_at=None,
        duplicate_of=None,
        category__is_company_only=False,
    )
    could = waiting.filter(mine.may_be_told(), mine.about() | Q(thread__product__in=mine.bought | mine.known))
    return could.exclude(thread__author=member).select_related("thread__product").order_by("-thread__created_at")[:MOST]


def _reviews(member: Member, mine: Interests, since: datetime) -> QuerySet[Review]:
    new = Review.objects.listed().filter(thread__created_at__gt=since, thread__product__in=mine.products | mine.bought)
    return (
        new.filter(mine.may_be_told())
        .exclude(thread__author=member)
        .with_list_data()
        .order_by("-thread__created_at")[:MOST]
    )


def _has_read(member: Member, thread: str) -> Exists:
    """Did they see the newest post of it?"""
    until = OuterRef(f"{thread}__last_post_at")
    return Exists(ThreadRead.objects.filter(member=member, thread=OuterRef(f"{thread}__pk"), read_until__gte=until))


def _solved_entry(question: Question) -> Entry:
    answer: Any = question.accepted_post
    line = _joined(question.thread.product, f"{answer.author.name} helped")
    return Entry(question.thread.title, _url(answer), line, plain_text(answer.body_html, EXCERPT))


def _answer_entry(post: Post) -> Entry:
    people = "1 person" if post.helpful_count == 1 else f"{post.helpful_count} people"
    line = _joined(post.thread.product, f"{post.author.name} helped {people}")
    return Entry(post.thread.title, _url(post), line, plain_text(post.body_html, EXCERPT))


def _open_entry(question: Question) -> Entry:
    too = question.me_too_count
    waiting = f"{too} other{'s' if too > 1 else ''} would like to know, too" if too else ""
    line = _joined(question.thread.product, "nobody has answered yet", waiting)
    return Entry(question.thread.title, absolute(question.thread.get_absolute_url()), line)


def _review_entry(review: Review) -> Entry:
    line = _joined(review.product, f"{review.stars} of 5 stars", f"by {review.shown_name}")
    return Entry(review.thread.title, absolute(review.thread.get_absolute_url()), line)


def _url(post: Post) -> str:
    return absolute(post.get_absolute_url())


def _joined(product: Product | None, *facts: str) -> str:
    return " · ".join(fact for fact in (product.name if product else "", *facts) if fact)
