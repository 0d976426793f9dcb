"""What a product's page and a review's page show, loaded in a number of queries that does not grow with the reviews."""

from collections.abc import Sequence
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
from reviews.listing import PER_PAGE, Choice, said
from reviews.models import AttributeRating, Review, ReviewVersion
from reviews.permissions import Acts, acts_on

QUESTIONS_SHOWN = 4
TOLD_BY_REVIEWER = (Post.Kind.OPENING, Post.Kind.UPDATE)


@dataclass
class Shown:
    """One review as a page shows it."""

    opening: Post
    acts: Acts
    photos: list[Attachment] = field(default_factory=list)
    updates: list[Post] = field(default_factory=list)
    update_photos: dict[int, list[Attachment]] = field(default_factory=dict)  # by the update's pk
    update_acts: dict[int, Acts] = field(default_factory=dict)  # likewise
    replies: list[Post] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # of attributes, in words

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


def add_photos(shown: Sequence[Shown]) -> None:
    """Give each review its photos and those of its updates. One query."""
    by_thread = {one.opening.thread_id: one for one in shown}
    photos = Attachment.objects.filter(post__kind__in=TOLD_BY_REVIEWER, post__thread__in=by_thread)
    for photo in photos.annotate(thread=F("post__thread")):
        one = by_thread[photo.thread]
        is_own = photo.post_id == one.opening.pk
        (one.photos if is_own else one.update_photos.setdefault(photo.post_id or 0, [])).append(photo)


def add_said(shown: Sequence[Shown]) -> None:
    """Give each review what it says of attributes, in words. One query."""
    by_thread = {one.opening.thread_id: one for one in shown}
    ratings = AttributeRating.objects.filter(review__in=by_thread).select_related("attribute")
    for rating in ratings.order_by("attribute__position", "attribute"):
        by_thread[rating.review_id].said.append(said(rating.attribute, rating.value).words)


def earlier_facts(shown: Shown) -> list[ReviewVersion]:
    """What the review said besides its text before it was changed, newest first; without the silent first 5 minutes."""
    if shown.opening.edited_at is None:
        return []
    return list(shown.review.versions.filter(created_at__gte=shown.opening.created_at + GRACE))


def add_replies(shown: Sequence[Shown]) -> None:
    """Give each review its updates and company replies. One query."""
    by_thread = {one.opening.thread_id: one for one in shown}
    below = Q(kind=Post.Kind.ANSWER, is_official=True) | Q(kind=Post.Kind.UPDATE)
    for post in Post.objects.published().filter(below, thread__in=by_thread).select_related("author"):
        _set_below(by_thread[post.thread_id], post)


def questions_about(product: Product) -> list[Thread]:
    """The newest. One query of its own: put together with another, PostgreSQL reads every post of the site for it."""
    return list(Thread.objects.listed().questions().filter(product=product).order_by("-created_at")[:QUESTIONS_SHOWN])


def add_below(shown: Shown, reader: Any) -> list[Post]:
    """Give one review its updates and company replies as `reader` may see them; return the comments. One query."""
    visible = Post.objects.visible_to(reader).filter(thread=shown.opening.thread_id).exclude(pk=shown.opening.pk)
    posts = list(visible.select_related("author").order_by("created_at", "pk"))
    for post in posts:
        _set_below(shown, post)
    return [post for post in posts if post.kind == Post.Kind.COMMENT]


def add_update_acts(shown: Shown, reader: Any) -> None:
    """What `reader` may do to each update: on the review's own page, where there is room for it. No query."""
    shown.update_acts = {update.pk: acts_on(reader, update) for update in shown.updates}


def _set_below(shown: Shown, post: Post) -> None:
    post.thread = shown.opening.thread
    if post.kind == Post.Kind.UPDATE:
        shown.updates.append(post)
    elif post.kind == Post.Kind.ANSWER:
        shown.replies.append(post)


class _CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count
