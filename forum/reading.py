"""A question's page: which posts it shows, in which order, on which page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, make_aware

from community.members.models import Member
from community.people.knowing import FIELDS, Expert, expert_of, experts_rows
from community.threads.kept import kept
from community.threads.models import Attachment, Post, Status, TaggedThread, Thread
from community.threads.rendering import plain_text
from forum.folding import Rows
from forum.models import AlsoAccepted, Question
from forum.related import find_related, related_keys

ANSWERS_A_PAGE = 20
RELATED = 5
EXPERTS = 3
DESCRIPTION_LIMIT = 155
BEST, BY_TIME = "best", "time"
ORDERS = {BEST: ("-helpful_score", "created_at", "pk"), BY_TIME: ("created_at", "pk")}
_IS_ACCEPTED = Q(accepted_in__isnull=False) | Q(also_accepted__isnull=False)
_PEOPLE = ("question__accepted_by", "question__closed_by", "question__needs_info_by", "question__duplicate_by")
_CANONICAL = "question__duplicate_of__thread"
WAITING = (Status.HELD, Status.HIDDEN, Status.REMOVED)


class TagWord(NamedTuple):
    slug: str
    name: str


class Named(NamedTuple):
    name: str


class Acceptance(NamedTuple):
    """Who accepted an answer, and when."""

    by_pk: int
    accepted_by: Named
    accepted_at: datetime


@dataclass(frozen=True)
class Said:
    """An opening or an answer, with what belongs to it."""

    post: Post
    photos: Sequence[Attachment]
    comments: Sequence[Post]


@dataclass(frozen=True)
class ThreadPage:
    """One page of a question. `answers` ends with those that wait for a moderator, for whoever may see them.

    `accepted`: by the answer's pk, the first solution first.
    Requests share it: never change it.
    """

    question: Question
    order: str
    page: Page
    opening: Said
    answers: Sequence[Said]
    accepted: Mapping[int, Acceptance]
    tags: Sequence[TagWord]
    related: Sequence[Question]
    is_alike: bool
    experts: Sequence[Expert]

    @property
    def thread(self) -> Thread:
        return self.question.thread

    @property
    def newest_answer(self) -> Post | None:
        """As far as a link to it needs."""
        pk = vars(self.thread)["newest_answer"]
        return Post(pk=pk) if pk else None

    @cached_property
    def description(self) -> str:
        """What stands first on this page, in short."""
        first = self.answers[0] if self.page.number > 1 and self.answers else self.opening
        return plain_text(first.post.body_html, DESCRIPTION_LIMIT)


def read_page(pk: int, reader: Any, *, order: str, number: int) -> ThreadPage | None:
    """Page `number` (the last, if there are fewer) of question `pk`; None if `reader` may not see it. 2 queries."""
    alike = related_keys(pk)
    thread = _threads(reader, alike).filter(pk=pk).first()
    if thread is None:
        return None
    find_related(thread)
    folded: dict[str, list[dict[str, Any]]] = vars(thread)
    paginator = Paginator(range(thread.answer_count), ANSWERS_A_PAGE)
    page = paginator.page(min(number, paginator.num_pages))
    accepted = _acceptances(thread, folded["also_rows"])
    posts = list(_posts(thread, reader, order, page, tuple(accepted)))
    opening, answers = _gather(thread, posts, order, tuple(accepted))
    return ThreadPage(
        question=thread.question,
        order=order,
        page=page,
        opening=opening,
        answers=answers,
        accepted=accepted,
        tags=[TagWord(**row) for row in folded["tag_rows"]],
        related=[_related(row) for row in _likest(folded, alike) or folded["by_product"] or folded["by_category"]],
        is_alike=bool(folded["by_likeness"]),
        experts=[expert_of(row) for row in folded["expert_rows"]],
    )


def read_public_page(pk: int, *, order: str, number: int) -> ThreadPage | None:
    """The same as everybody may see it, kept for the next reader. 3 queries; 1 until something public changes."""
    return kept.get((pk, order, number), lambda: read_page(pk, AnonymousUser(), order=order, number=number))


def page_of(post: Post, reader: Any) -> int:
    """The number of the page that shows `post`, in the order that is read first. At most 2 queries."""
    answer = post.parent if post.kind == Post.Kind.COMMENT else post
    if answer is None or answer.is_opening:
        return 1
    accepted = set(Post.objects.filter(_IS_ACCEPTED, thread=answer.thread_id).values_list("pk", flat=True))
    if answer.pk in accepted:
        return 1
    others = _public_answers(answer.thread_id).exclude(pk__in=accepted)
    same = Q(helpful_score=answer.helpful_score)
    is_before = (
        Q(helpful_score__gt=answer.helpful_score)
        | same & Q(created_at__lt=answer.created_at)
        | same & Q(created_at=answer.created_at, pk__lt=answer.pk)
    )
    before = others.filter(is_before).count() if answer.is_published else others.count() - 1
    return max(0, before + len(accepted)) // ANSWERS_A_PAGE + 1


def _threads(reader: Any, alike: Sequence[int]) -> QuerySet[Thread]:
    """Questions with all that the page says beside its posts, in one query."""
    near = Question.objects.listed().exclude(pk=OuterRef("pk"))
    by_product = near.filter(thread__product=OuterRef("product")).newest()[:RELATED]
    by_category = near.filter(category=OuterRef("question__category")).order_by("-pk")[:RELATED]
    link = {"pk": "pk", "title": "thread__title", "slug": "thread__slug", "answer_count": "thread__answer_count"}
    link["accepted_post_id"] = "accepted_post_id"
    tags = TaggedThread.objects.filter(content_object=OuterRef("pk")).order_by("tag__name")
    newest = _public_answers(OuterRef("pk")).order_by("-created_at", "-pk")
    also = AlsoAccepted.objects.filter(question=OuterRef("pk")).order_by("accepted_at", "pk")
    named = {"post": "post_id", "by": "accepted_by_id", "at": "accepted_at", "erased_at": "accepted_by__erased_at"}
    named |= {"display_name": "accepted_by__display_name", "username": "accepted_by__username"}
    threads = Thread.objects.visible_to(reader).questions().filter(question__isnull=False)
    return threads.select_related("author", "product", "question__category", _CANONICAL, *_PEOPLE).annotate(
        newest_answer=Subquery(newest.values("pk")[:1]),
        also_rows=Rows(also, **named),
        tag_rows=Rows(tags, slug="tag__slug", name="tag__name"),
        by_likeness=Rows(near.filter(pk__in=alike), **link),
        by_product=Rows(by_product, **link),
        by_category=Rows(by_category, **link),
        expert_rows=Rows(experts_rows(OuterRef("product"))[:EXPERTS], **FIELDS),
    )


def _acceptances(thread: Thread, also: Sequence[dict[str, Any]]) -> dict[int, Acceptance]:
    question, accepted = thread.question, {}
    if question.accepted_post_id and question.accepted_by and question.accepted_at:
        who = question.accepted_by
        accepted[question.accepted_post_id] = Acceptance(who.pk, Named(who.name), question.accepted_at)
    for row in also:
        who = Member(erased_at=row["erased_at"], display_name=row["display_name"], username=row["username"])
        at = parse_datetime(row["at"]) or thread.last_post_at
        accepted[row["post"]] = Acceptance(row["by"], Named(who.name), at if is_aware(at) else make_aware(at, UTC))
    return accepted


def _posts(thread: Thread, reader: Any, order: str, page: Page, accepted: tuple[int, ...]) -> QuerySet[Post]:
    """The page's posts with authors and photos, in one query and no order."""
    opening = Post.objects.filter(thread=thread, kind=Post.Kind.OPENING).values("pk")
    answers = _public_answers(thread.pk).order_by(*ORDERS[order])
    first, end = (page.number - 1) * ANSWERS_A_PAGE, page.number * ANSWERS_A_PAGE
    on_page = Q(pk__in=opening) | Q(parent__in=opening)
    if accepted and order == BEST:
        answers, first, end = answers.exclude(pk__in=accepted), max(0, first - len(accepted)), end - len(accepted)
        if page.number == 1:
            on_page |= Q(pk__in=accepted) | Q(parent__in=accepted)
    these = answers.values("pk")[first:end]
    on_page |= Q(pk__in=these) | Q(parent__in=these)
    if reader.is_authenticated and not page.has_next():
        on_page |= Q(thread=thread, kind=Post.Kind.ANSWER, status__in=WAITING)
    photos = Attachment.objects.filter(post=OuterRef("pk")).order_by("position", "pk")
    files = {name: name for name in ("pk", "large", "medium", "small", "width", "height", "alt")}
    here = Post.objects.filter(thread=thread)  # or a database without statistics reads every post there is
    visible = here.visible_to(reader).exclude(status=Status.WITHDRAWN).filter(on_page)
    return visible.select_related("author").defer("body").annotate(photo_rows=Rows(photos, **files)).order_by()


def _public_answers(thread_id: int | OuterRef) -> QuerySet[Post]:
    return Post.objects.answers().filter(thread=thread_id, status=Status.PUBLISHED)


def _gather(thread: Thread, posts: Sequence[Post], order: str, accepted: tuple[int, ...]) -> tuple[Said, list[Said]]:
    """The opening, and the answers in order, each with its comments."""
    comments: dict[int | None, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (post.created_at, post.pk)):
        post.thread = thread
        if post.kind == Post.Kind.COMMENT:
            comments[post.parent_id].append(post)
    said = [Said(post, _photos(post), comments[post.pk]) for post in posts if post.parent_id is None]
    answers = [one for one in said if not one.post.is_opening]
    answers.sort(key=lambda one: _rank(one.post, order, accepted))
    return next(one for one in said if one.post.is_opening), answers


def _rank(post: Post, order: str, accepted: tuple[int, ...]) -> tuple[Any, ...]:
    """What waits for a moderator comes last; the accepted answers first, where the best come first."""
    if order == BY_TIME:
        return not post.is_published, post.created_at, post.pk
    place = accepted.index(post.pk) if post.pk in accepted else len(accepted)
    return not post.is_published, place, -post.helpful_score, post.created_at, post.pk


def _photos(post: Post) -> list[Attachment]:
    """Those that the text does not show itself."""
    photos = [Attachment(post_id=post.pk, **row) for row in post.photo_rows]  # type: ignore[attr-defined]
    return [photo for photo in photos if photo.large.url not in post.body_html]


def _likest(folded: dict[str, Any], alike: Sequence[int]) -> list[dict[str, Any]]:
    """Those that are still there, in the order of `alike`."""
    rows: list[dict[str, Any]] = sorted(folded["by_likeness"] or [], key=lambda row: alike.index(row["pk"]))
    return rows[:RELATED]


def _related(row: dict[str, Any]) -> Question:
    """A question as far as a link to it needs."""
    accepted = row.pop("accepted_post_id")
    thread = Thread(kind=Thread.Kind.QUESTION, **row)
    return Question(thread=thread, accepted_post_id=accepted)
