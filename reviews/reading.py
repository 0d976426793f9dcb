"""What a product's page and a review's page show, loaded in a number of queries that does not grow with the reviews."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.editing import GRACE
from community.threads.models import Attachment, Post, Status, Thread, Vote
from reviews.listing import PER_PAGE, Choice
from reviews.models import Review, ReviewVersion
from reviews.permissions import Acts, acts_on

STRIP_LENGTH = 12
QUESTIONS_SHOWN = 4


@dataclass
class Shown:
    """One review as a page shows it."""

    opening: Post
    acts: Acts
    photos: list[Attachment] = field(default_factory=list)
    replies: list[Post] = field(default_factory=list)

    @property
    def review(self) -> Review:
        return self.opening.thread.review

    @property
    def my_vote(self) -> bool | None:
        return self.opening.my_vote  # type: ignore[attr-defined]  # annotated by with_card_data()


def with_page_data(products: QuerySet[Product], reader: Any, choice: Choice) -> QuerySet[Product]:
    """A product with its rating, how many reviews a filter leaves (`matching`), and what `reader` has to do with it."""
    products = products.select_related("category", "rating")
    if choice.is_filtered:
        left = choice.openings(OuterRef("pk")).order_by().values("thread__product")
        products = products.annotate(matching=Coalesce(Subquery(left.annotate(n=Count("pk")).values("n")), 0))
    if not reader.is_authenticated:
        return products
    own = Thread.objects.reviews().filter(author=reader, product=OuterRef("pk")).exclude(status=Status.WITHDRAWN)
    level = Subscription.objects.filter(member=reader, product=OuterRef("pk")).values("level")
    return products.annotate(follow_level=Subquery(level), is_reviewed=Exists(own))


def page_of_reviews(product: Product, reader: Any, choice: Choice, number: str | int) -> Any:
    """A Page of Shown. Raises InvalidPage. `product` comes from with_page_data."""
    rating = getattr(product, "rating", None)
    count = product.matching if choice.is_filtered else rating.listed_count if rating else 0  # type: ignore[attr-defined]
    openings = choice.in_order(choice.openings(product))
    page: Any = _CountedPaginator(openings, PER_PAGE, count).page(number)
    ranked = page.object_list.values("pk")
    shown = list(choice.in_order(with_card_data(Post.objects.filter(pk__in=ranked), reader)))
    for opening in shown:
        opening.thread.product, opening.author = product, opening.thread.author
    page.object_list = [Shown(opening, acts_on(reader, opening)) for opening in shown]
    return page


def with_card_data(openings: QuerySet[Post], reader: Any) -> QuerySet[Post]:
    """Opening posts with all that a review's card touches but product, photos and replies."""
    loaded = openings.select_related("thread__review", "thread__author")
    if not reader.is_authenticated:
        return loaded.annotate(my_vote=Value(None, output_field=BooleanField()))
    mine = Vote.objects.filter(post=OuterRef("pk"), member=reader).values("is_helpful")
    return loaded.annotate(my_vote=Subquery(mine, output_field=BooleanField()))


def add_photos(product: Product, shown: Sequence[Shown]) -> list[Attachment]:
    """Give each review its photos; return the newest of the product's, for the strip above the list. One query."""
    openings = {one.opening.pk: one for one in shown}
    public = Attachment.objects.filter(
        post__kind=Post.Kind.OPENING,
        post__status=Status.PUBLISHED,
        post__thread__kind=Thread.Kind.REVIEW,
        post__thread__product=product,
    )
    newest = public.order_by("-created_at", "-pk").values("pk")[:STRIP_LENGTH]
    wanted = Attachment.objects.filter(Q(post__in=openings) | Q(pk__in=newest))
    photos: list[Attachment] = list(wanted.annotate(thread=F("post__thread")))
    for photo in photos:
        if photo.post_id in openings:
            openings[photo.post_id].photos.append(photo)
    return sorted(photos, key=lambda photo: (photo.created_at, photo.pk), reverse=True)[:STRIP_LENGTH]


def add_own_photos(shown: Shown) -> None:
    shown.photos = list(shown.opening.attachments.all())


def earlier_facts(shown: Shown) -> list[ReviewVersion]:
    """What the review said besides its text before it was changed, newest first; without the silent first 5 minutes."""
    if shown.opening.edited_at is None:
        return []
    return list(shown.review.versions.filter(created_at__gte=shown.opening.created_at + GRACE))


def add_replies(product: Product, shown: Sequence[Shown]) -> list[Thread]:
    """Give each review its company replies; return the newest questions about the product. One query."""
    by_thread = {one.opening.thread_id: one for one in shown}
    questions = Thread.objects.listed().questions().filter(product=product).order_by("-created_at")
    replies = Q(thread__in=by_thread, kind=Post.Kind.ANSWER, is_official=True)
    asked = Q(kind=Post.Kind.OPENING, thread__in=questions.values("pk")[:QUESTIONS_SHOWN])
    found = Post.objects.published().filter(replies | asked).select_related("author", "thread")
    for post in found:
        if post.thread_id in by_thread:
            by_thread[post.thread_id].replies.append(post)
    return sorted((p.thread for p in found if p.is_opening), key=lambda t: t.created_at, reverse=True)


def replies_and_comments(shown: Shown, reader: Any) -> tuple[list[Post], list[Post]]:
    """What was said below one review, oldest first: the company's replies, then comments. One query."""
    visible = Post.objects.visible_to(reader).filter(thread=shown.opening.thread_id).exclude(pk=shown.opening.pk)
    posts: Iterable[Post] = visible.select_related("author").order_by("created_at", "pk")
    posts = list(posts)
    return [p for p in posts if p.parent_id is None], [p for p in posts if p.parent_id is not None]


class _CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count
