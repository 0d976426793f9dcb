"""Writing a review of a product. One per member and product; stars never decide if it is shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import Member
from community.products.models import Product
from community.threads.models import Attachment, Post, Thread
from community.threads.permissions import can_take_part, require
from community.threads.posting import open_thread
from reviews.attributes import rate, rated
from reviews.evidence import Evidence, evidence_for
from reviews.insiders import is_insider
from reviews.models import InvitedPurchase, Review, ReviewRecord
from reviews.names import NameShown
from reviews.recording import record
from reviews.screening import hold_if_suspect, refuse_bad

NOT_ASKED: Mapping[int, int] = {}


class AlreadyReviewed(Exception):  # noqa: N818 - two visits of one person, not a fault
    """The member has reviewed this product before: let them change `review` instead."""

    def __init__(self, review: Review) -> None:
        self.review = review
        super().__init__("You have reviewed this product before.")


class ProductGone(Exception):  # noqa: N818 - somebody tidied up meanwhile
    """The product was deleted while its review was being written."""


@dataclass(frozen=True)
class Written:
    """The words of a review as they came in."""

    title: str
    body: str
    photos: tuple[Attachment, ...] = ()
    key: UUID | None = None
    attributes: Mapping[int, int] = field(default_factory=dict)


def write_review(
    *,
    by: Member,
    product: Product,
    stars: int,
    title: str,
    body: str,
    experience_date: date | None = None,
    recommends: bool | None = None,
    pros: str = "",
    cons: str = "",
    name_shown: str = NameShown.FULL,
    attributes: Mapping[int, int] = NOT_ASKED,
    invited: InvitedPurchase | None = None,
    photos: Iterable[Attachment] = (),
    submission_key: UUID | None = None,
) -> Review:
    """Publish `by`'s review of `product`, or hold it as any post is held. The same `submission_key` makes one review.

    `attributes`: ReviewAttribute's pk → 1 to 5. `invited`: the link that led here, which is used up by it. Raises
    AlreadyReviewed, ProductGone, PermissionDenied, TooSoon, or ValidationError by field.
    """
    require(can_take_part(by), "Sign in to write a review.")
    facts = {"stars": stars, "recommends": recommends, "experience_date": experience_date, "pros": pros, "cons": cons}
    review = Review(**facts, name_shown=name_shown, is_insider=is_insider(by))
    refuse_bad(review, product=product, title=title, body=body, attributes=attributes)
    written = Written(title, body, tuple(photos), submission_key, attributes)
    earlier = _create_once(by, product, partial(_create, review, by, product, written, invited))
    if earlier is not review and not _is_same(earlier, review, written):
        raise AlreadyReviewed(earlier)
    return earlier


def _create_once(by: Member, product: Product, create: Callable[[], Review]) -> Review:
    """The review of `product` that `by` has, or what `create` makes. Of two at once the database lets one in."""
    try:
        with transaction.atomic():
            return Review.objects.of(by, product) or create()
    except (IntegrityError, TooSoon, ValidationError) as error:  # a link may have been used by the other click
        earlier = Review.objects.of(by, product)
        if earlier is not None:
            return earlier
        if isinstance(error, IntegrityError) and not Product.objects.filter(pk=product.pk).exists():
            raise ProductGone from error
        raise


def _is_same(earlier: Review, review: Review, written: Written) -> bool:
    """The other click of a double click; not a form used before in which something else was written since."""
    posts = earlier.thread.posts.filter(submission_key=written.key, body=written.body) if written.key else None
    is_equal = earlier.facts() == review.facts() and earlier.thread.title == written.title
    return bool(is_equal and rated(earlier) == dict(written.attributes) and posts and posts.exists())


def _create(review: Review, by: Member, product: Product, written: Written, invited: InvitedPurchase | None) -> Review:
    if not Product.objects.filter(pk=product.pk).exists():
        raise ProductGone
    evidence = evidence_for(by, product, invited)
    review.purchase, review.campaign = evidence.purchase, evidence.campaign
    review.is_incentivised = evidence.is_incentivised
    review.thread = open_thread(
        by=by,
        kind=Thread.Kind.REVIEW,
        title=written.title,
        body=written.body,
        product=product,
        photos=written.photos,
        submission_key=written.key,
    )
    is_ours = review.thread.kind == Thread.Kind.REVIEW and review.thread.product_id == product.pk
    require(is_ours, "This form has been used for something else. Open the page again.")
    review.save(force_insert=True)
    rate(review, written.attributes)
    opening = review.thread.posts.select_related("thread").get(kind=Post.Kind.OPENING)
    hold_if_suspect(opening, by, review)
    _use_up(evidence, review)
    record(review, ReviewRecord.Kind.WRITTEN, by=by, invitation=evidence.invitation_number)
    return review


def _use_up(evidence: Evidence, review: Review) -> None:
    if evidence.invited:
        used = {"used_at": timezone.now(), "review": review}
        InvitedPurchase.objects.filter(pk=evidence.invited.pk).update(**used)
