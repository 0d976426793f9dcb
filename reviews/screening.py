"""A first look at a review: refuse what cannot stand, hold what looks like spam. Stars only have to be 1 to 5."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from community.members.models import Member
from community.products.models import Product
from community.threads.forms import REVIEW_BODY_LIMITS, REVIEW_TITLE_LIMITS
from community.threads.models import Post, Status
from community.threads.publishing import set_status
from community.threads.screening import screen
from reviews.attributes import refuse_foreign
from reviews.models import Review

STARS = range(1, 6)


def refuse_bad(review: Review, *, product: Product, title: str, body: str, attributes: Mapping[int, int]) -> None:
    """Raise ValidationError by field for what no form would let through. `review` is not saved yet."""
    problems: dict[str, Any] = {}
    shortest, longest = REVIEW_BODY_LIMITS
    if not REVIEW_TITLE_LIMITS[0] <= len(title.strip()) <= REVIEW_TITLE_LIMITS[1]:
        problems["title"] = f"Give your review a title of at most {REVIEW_TITLE_LIMITS[1]} characters."
    if not shortest <= len(body.strip()) <= longest:
        problems["body"] = f"Write between {shortest} and {longest:,} characters."
    if type(review.stars) is not int or review.stars not in STARS:  # to a model field 4.5 would do as 4
        problems["stars"] = "Choose 1 to 5 stars."
    try:
        review.clean_fields(exclude=["thread", "purchase", "campaign"])
        review.clean()
    except ValidationError as error:
        problems = error.message_dict | problems
    if problems:
        raise ValidationError(problems)
    refuse_foreign(product, attributes)


def hold_if_suspect(opening: Post, by: Member, review: Review) -> None:
    """Pros and cons are looked over like the text. Raises ValidationError where a cap is broken."""
    verdict = screen(by=by, text=f"{review.pros}\n{review.cons}")
    opening.refresh_from_db(fields=["status"])
    if verdict.status == Status.HELD and opening.is_published:
        set_status(opening, Status.HELD, reason=verdict.reason)
