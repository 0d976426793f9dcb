"""Changing one's review, or bringing a deleted one back. What it said before is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.members.limits import enforce
from community.members.models import Member
from community.threads.attaching import attach, remove_photo
from community.threads.editing import GRACE, EditConflict, revise
from community.threads.events import announce, post_revised
from community.threads.limits import EDITS_A_DAY
from community.threads.models import Attachment, Post, Status
from community.threads.permissions import require
from community.threads.publishing import set_status
from community.threads.withdrawing import restore
from reviews.attributes import rate, rated_by_name, would_change
from reviews.models import FACTS, Review, ReviewRecord, ReviewVersion
from reviews.rating import recount
from reviews.recording import record
from reviews.screening import hold_if_suspect, refuse_bad


def revise_review(
    *,
    by: Member,
    review: Review,
    base_version: int,
    title: str,
    body: str,
    photos: Iterable[Attachment],
    name_shown: str,
    attributes: Mapping[int, int] | None = None,
    **facts: Any,
) -> bool:
    """Let its author change a review, or bring a deleted one back with this text. False if nothing would change.

    `facts` are those of reviews.models.FACTS; `photos` are all that it shall have; `attributes` all that it shall say
    of what is asked today, or None to leave them. Raises EditConflict, PermissionDenied, TooSoon, or ValidationError.
    """
    proposed = Review(**facts, name_shown=name_shown)
    refuse_bad(proposed, product=review.product, title=title, body=body, attributes=attributes or {})
    with transaction.atomic():
        review, opening = _locked(review.pk)
        require(opening.author_id == by.pk, "Only its author can change a review.")
        is_back = opening.status == Status.WITHDRAWN and restore(by=by, post=opening)
        is_said_anew = _change_facts(review, opening, by, base_version, facts, attributes)
        is_reworded = revise(by=by, post=opening, title=title, body=body, base_version=base_version)
        is_dressed_anew = _change_photos(opening, by, tuple(photos)) | _change_name(review, name_shown)
        if is_said_anew:
            hold_if_suspect(opening, by, review)
        if (is_said_anew or is_dressed_anew) and not is_reworded:
            _mark_changed(opening, is_edit=is_said_anew)
        if is_said_anew or is_reworded or is_dressed_anew:
            record(review, ReviewRecord.Kind.REVISED, by=by)
    return is_back or is_said_anew or is_reworded or is_dressed_anew


def _locked(pk: int) -> tuple[Review, Post]:
    """A review and its opening post as they stand, the post locked until the transaction ends."""
    openings = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("thread")
    opening = openings.get(thread=pk, kind=Post.Kind.OPENING)
    return Review.objects.with_list_data().get(pk=pk), opening


def _change_facts(
    review: Review,
    opening: Post,
    by: Member,
    base_version: int,
    facts: dict[str, Any],
    attributes: Mapping[int, int] | None,
) -> bool:
    before = review.facts()
    is_rated_anew = attributes is not None and would_change(review, attributes)
    if before == facts and not is_rated_anew:
        return False
    if opening.version != base_version:
        raise EditConflict(opening)
    enforce(EDITS_A_DAY, ReviewVersion.objects.filter(review__thread__author=by))
    ReviewVersion.objects.create(review=review, **before, attributes=rated_by_name(review))
    for name, value in facts.items():
        setattr(review, name, value)
    review.save(update_fields=FACTS)
    if attributes is not None:
        rate(review, attributes)
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
