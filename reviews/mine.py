"""What a member sees of their own: what they bought, and what they wrote about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Post, Status, Thread
from community.threads.permissions import can_edit
from reviews.evidence import purchases_of
from reviews.models import Review
from reviews.updating import can_update_from

PER_PAGE = 20


@dataclass(frozen=True)
class Bought:
    """One product that a member bought, once or often."""

    product: Product
    at: datetime
    is_given_back: bool
    review: Review | None


@dataclass(frozen=True)
class Own:
    """A review of theirs with what they may do about it now."""

    opening: Post
    may_change: bool
    updates: list[Post]
    update_from: datetime | None

    @property
    def may_update(self) -> bool:
        return self.update_from is not None and self.update_from <= timezone.now()

    @property
    def review(self) -> Review:
        return self.opening.thread.review


def bought(member: Member, number: Any) -> Page[Any]:
    """A page of Bought, newest first, each product once. Three queries, however many."""
    mine = purchases_of(member).filter(product=OuterRef("pk")).order_by("-purchased_at")
    products = Product.objects.with_list_data().filter(pk__in=purchases_of(member).values("product"))
    products = products.annotate(
        bought_at=Subquery(mine.values("purchased_at")[:1]), is_kept=Exists(mine.standing())
    ).order_by("-bought_at", "pk")
    page: Page[Any] = Paginator(products, PER_PAGE).get_page(number)
    written = Review.objects.filter(thread__author=member, thread__product__in=[one.pk for one in page.object_list])
    reviews = {review.thread.product_id: review for review in written.with_list_data()}
    page.object_list = [_bought(product, reviews.get(product.pk)) for product in page.object_list]
    return page


def unproven_addresses(member: Member) -> list[str]:
    """Given by `member`, and not proven to be theirs: whether anything was ordered with them is not looked up."""
    return list(EmailAddress.objects.filter(user=member, verified=False).values_list("email", flat=True))


def proven_addresses(member: Member) -> list[str]:
    return list(EmailAddress.objects.filter(user=member, verified=True).values_list("email", flat=True))


def written(member: Member, number: Any) -> Page[Any]:
    """A page of Own, newest first, whatever became of each. Three queries, however many."""
    updates = Post.objects.filter(kind=Post.Kind.UPDATE).exclude(status=Status.WITHDRAWN).order_by("created_at", "pk")
    openings = own_openings(member).prefetch_related(Prefetch("thread__posts", updates, to_attr="updates"))
    page: Page[Any] = Paginator(openings.order_by("-thread__created_at", "-pk"), PER_PAGE).get_page(number)
    page.object_list = [_own(member, opening) for opening in page.object_list]
    return page


def own_openings(member: Member) -> QuerySet[Post]:
    """The opening posts of `member`'s reviews, whatever became of them: one a product."""
    openings = Post.objects.filter(author=member, kind=Post.Kind.OPENING, thread__kind=Thread.Kind.REVIEW)
    return openings.select_related("thread__review", "thread__product", "thread__author", "author")


def counts(member: Member) -> dict[str, int]:
    """For the tabs. Two queries."""
    products = purchases_of(member).order_by().values("product").distinct()
    return {"bought": products.count(), "written": own_openings(member).count()}


def _bought(product: Any, review: Review | None) -> Bought:
    return Bought(product, product.bought_at, not product.is_kept, review)


def _own(member: Member, opening: Post) -> Own:
    updates: list[Post] = opening.thread.updates  # type: ignore[attr-defined]  # prefetched
    may_change = opening.status == Status.WITHDRAWN or can_edit(member, opening)
    last = max([opening.thread.created_at, *(post.created_at for post in updates)])
    day = can_update_from(member, opening.thread, last)
    return Own(opening, may_change, updates, day)
