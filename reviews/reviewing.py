"""Writing a review of a product, and changing it. One per member and product; stars never decide if it is shown."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.members.limits import TooSoon, enforce
from community.members.models import Member
from community.products.models import Product
from community.threads.attaching import attach, remove_photo
from community.threads.editing import GRACE, EditConflict, revise
from community.threads.events import announce, post_revised
from community.threads.forms import REVIEW_BODY_LIMITS, REVIEW_TITLE_LIMITS
from community.threads.limits import EDITS_A_DAY
from community.threads.models import Attachment, Post, Status, Thread
from community.threads.permissions import can_take_part, require
from community.threads.posting import open_thread
from community.threads.publishing import set_status
from community.threads.screening import screen
from community.threads.withdrawing import restore
from reviews.evidence import find_purchase
from reviews.models import FACTS, Review, ReviewVersion
from reviews.names import NameShown
from reviews.rating import recount

STARS = range(1, 6)


class AlreadyReviewed(Exception):  # noqa: N818 - two visits of one person, not a fault
    """The member has reviewed this product before: let them change `review` instead."""

    def __init__(self, review: Review) -> None:
        self.review = review
        super().__init__("You have reviewed this product before.")


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
    photos: Iterable[Attachment] = (),
    submission_key: UUID | None = None,
) -> Review:
    """Publish `by`'s review of `product`, or hold it as any post is held. The same `submission_key` makes one review.

    Raises AlreadyReviewed, PermissionDenied, TooSoon, or ValidationError by field.
    """
    require(can_take_part(by), "Sign in to write a review.")
    facts = {"stars": stars, "recommends": recommends, "experience_date": experience_date, "pros": pros, "cons": cons}
    review = Review(**facts, name_shown=name_shown, is_insider=by.is_staff)
    _refuse_bad(review, title, body)
    earlier = _create_once(
        by, product, partial(_create, review, by, product, title, body, tuple(photos), submission_key)
    )
    if earlier is not review and not _is_same(earlier, review, title, body, submission_key):
        raise AlreadyReviewed(earlier)
    return earlier


def revise_review(
    *,
    by: Member,
    review: Review,
    base_version: int,
    title: str,
    body: str,
    photos: Iterable[Attachment],
    name_shown: str,
    **facts: Any,
) -> bool:
    """Let its author change a review, or bring a deleted one back with this text. False if nothing would change.

    `facts` are those of reviews.models.FACTS; `photos` are all that it shall have. What it said before is kept. Raises
    EditConflict, PermissionDenied, TooSoon, or ValidationError by field.
    """
    _refuse_bad(Review(**facts, name_shown=name_shown), title, body)
    with transaction.atomic():
        review, opening = _locked(review.pk)
        require(opening.author_id == by.pk, "Only its author can change a review.")
        is_back = opening.status == Status.WITHDRAWN and restore(by=by, post=opening)
        is_said_anew = _change_facts(review, opening, by, base_version, facts)
        is_reworded = revise(by=by, post=opening, title=title, body=body, base_version=base_version)
        is_dressed_anew = _change_photos(opening, by, tuple(photos)) | _change_name(review, name_shown)
        if is_said_anew:
            _hold_if_suspect(opening, by, review)
        if (is_said_anew or is_dressed_anew) and not is_reworded:
            _mark_changed(opening, is_edit=is_said_anew)
    return is_back or is_said_anew or is_reworded or is_dressed_anew


def _create_once(by: Member, product: Product, create: Callable[[], Review]) -> Review:
    """The review of `product` that `by` has, or what `create` makes. Of two at once the database lets one in."""
    try:
        with transaction.atomic():
            return Review.objects.of(by, product) or create()
    except (IntegrityError, TooSoon):
        earlier = Review.objects.of(by, product)
        if earlier is None:
            raise
        return earlier


def _is_same(earlier: Review, review: Review, title: str, body: str, key: UUID | None) -> bool:
    """The other click of a double click; not a form used before in which something else was written since."""
    posts = earlier.thread.posts.filter(submission_key=key, body=body) if key else Post.objects.none()
    return earlier.facts() == review.facts() and earlier.thread.title == title and posts.exists()


def _locked(pk: int) -> tuple[Review, Post]:
    """A review and its opening post as they stand, the post locked until the transaction ends."""
    openings = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("thread")
    opening = openings.get(thread=pk, kind=Post.Kind.OPENING)
    return Review.objects.with_list_data().get(pk=pk), opening


def _refuse_bad(review: Review, title: str, body: str) -> None:
    problems: dict[str, Any] = {}
    shortest, longest = REVIEW_BODY_LIMITS
    if not REVIEW_TITLE_LIMITS[0] <= len(title.strip()) <= REVIEW_TITLE_LIMITS[1]:
        problems["title"] = f"Give your review a title of at most {REVIEW_TITLE_LIMITS[1]} characters."
    if not shortest <= len(body.strip()) <= longest:
        problems["body"] = f"Write between {shortest} and {longest:,} characters."
    if review.stars not in STARS:  # to a model field 4.5 would do as 4
        problems["stars"] = "Choose 1 to 5 stars."
    try:
        review.clean_fields(exclude=["thread", "purchase"])
        review.clean()
    except ValidationError as error:
        problems = error.message_dict | problems
    if problems:
        raise ValidationError(problems)


def _create(
    review: Review,
    by: Member,
    product: Product,
    title: str,
    body: str,
    photos: tuple[Attachment, ...],
    key: UUID | None,
) -> Review:
    review.purchase = find_purchase(by, product)
    review.thread = open_thread(
        by=by,
        kind=Thread.Kind.REVIEW,
        title=title,
        body=body,
        product=product,
        photos=photos,
        submission_key=key,
    )
    is_ours = review.thread.kind == Thread.Kind.REVIEW and review.thread.product_id == product.pk
    require(is_ours, "This form has been used for something else. Open the page again.")
    review.save(force_insert=True)
    _hold_if_suspect(review.thread.posts.select_related("thread").get(kind=Post.Kind.OPENING), by, review)
    return review


def _hold_if_suspect(opening: Post, by: Member, review: Review) -> None:
    """Pros and cons are looked over like the text. Raises ValidationError where a cap is broken."""
    verdict = screen(by=by, text=f"{review.pros}\n{review.cons}")
    opening.refresh_from_db(fields=["status"])
    if verdict.status == Status.HELD and opening.is_published:
        set_status(opening, Status.HELD, reason=verdict.reason)


def _change_facts(review: Review, opening: Post, by: Member, base_version: int, facts: dict[str, Any]) -> bool:
    before = review.facts()
    if before == facts:
        return False
    if opening.version != base_version:
        raise EditConflict(opening)
    enforce(EDITS_A_DAY, ReviewVersion.objects.filter(review__thread__author=by))
    ReviewVersion.objects.create(review=review, **before)
    for name, value in facts.items():
        setattr(review, name, value)
    review.save(update_fields=FACTS)
    recount(review.product.pk)
    return True


def _change_photos(opening: Post, by: Member, photos: tuple[Attachment, ...]) -> bool:
    kept = {photo.pk for photo in photos}
    dropped = [remove_photo(by=by, photo=photo) for photo in opening.attachments.all() if photo.pk not in kept]
    return bool(attach(photos, post=opening, by=by)) or any(dropped)


def _change_name(review: Review, name_shown: str) -> bool:
    return bool(Review.objects.filter(pk=review.pk).exclude(name_shown=name_shown).update(name_shown=name_shown))


def _mark_changed(opening: Post, *, is_edit: bool) -> None:
    """What threads.editing does for a new text, where the text stayed: an edit says so after 5 minutes, and what a
    moderator removed waits for one again.
    """
    if is_edit:
        opening.version += 1
        if opening.edited_at or timezone.now() - opening.created_at >= GRACE:
            opening.edited_at = timezone.now()
        opening.save(update_fields=["version", "edited_at"])
    if opening.status == Status.REMOVED:
        set_status(opening, Status.HELD, reason=f"Mended after removal: {opening.status_reason}"[:200])
    announce(post_revised, post_id=opening.pk)
