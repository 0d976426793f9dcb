"""Reviews as CSV: our own columns, which `import_reviews` reads back, and Judge.me's."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain

from community.exporting.reviews.reading import Leaving, leaving
from community.outside.csv_files import csv_lines
from community.threads.models import Attachment
from community.threads.rendering import plain_text
from community.threads.structured_data import absolute
from reviews.names import NameShown

OWN = (
    "review_id", "product_slug", "product_sku", "product_name", "stars", "title", "body", "pros", "cons", "recommends",
    "experience_date", "name", "email", "posted_at", "published_at", "verified", "incentivised", "insider",
    "imported_from", "reply", "replied_at", "helpful", "unhelpful", "photos", "address",
)  # fmt: skip
JUDGE_ME = (
    "title", "body", "rating", "review_date", "source", "curated", "reviewer_name", "reviewer_email", "product_id",
    "product_handle", "reply", "reply_date", "picture_urls", "ip_address", "location",
)  # fmt: skip
Row = Iterable[object]


def own_lines(*, with_addresses: bool = False) -> Iterator[str]:
    return _lines(OWN, _own, with_addresses)


def judge_me_lines(*, with_addresses: bool = False) -> Iterator[str]:
    return _lines(JUDGE_ME, _judge_me, with_addresses)


TABLES: dict[str, Callable[..., Iterator[str]]] = {"own": own_lines, "judgeme": judge_me_lines}


def _lines(columns: Row, row_of: Callable[[Leaving], Row], with_addresses: bool) -> Iterator[str]:
    rows = (row_of(one) for one in leaving(with_addresses=with_addresses))
    return csv_lines(chain([columns], rows))


def _own(one: Leaving) -> Row:
    review, thread, opening = one.review, one.review.thread, one.opening
    return (
        review.pk, review.product.slug, review.product.sku, review.product.name, review.stars, thread.title,
        opening.body, review.pros, review.cons, _yes_no(review.recommends), review.experience_date or "",
        _name(one), one.address, _moment(thread.created_at), _moment(review.published_at),
        _yes_no(review.is_verified), _yes_no(review.is_incentivised), _yes_no(review.is_insider),
        review.imported_from, one.reply.body if one.reply else "", _moment(one.reply.created_at if one.reply else None),
        opening.helpful_count, opening.unhelpful_count, _photos(one.photos), absolute(thread.get_absolute_url()),
    )  # fmt: skip


def _judge_me(one: Leaving) -> Row:
    review, thread = one.review, one.review.thread
    source = "import" if review.imported_from else "email" if review.campaign_id else "web"
    reply = plain_text(one.reply.body_html) if one.reply else ""
    return (
        thread.title, plain_text(one.opening.body_html), review.stars, _utc(thread.created_at), source, "ok",
        _name(one) or "Anonymous", one.address, "", review.product.slug, reply,
        _utc(one.reply.created_at) if one.reply else "", _photos(one.photos), "", "",
    )  # fmt: skip


def _name(one: Leaving) -> str:
    """As it stands beside the review; nothing for who gave none."""
    return "" if one.review.name_shown == NameShown.ANONYMOUS else one.review.shown_name


def _photos(photos: Iterable[Attachment]) -> str:
    return ",".join(absolute(photo.large.url) for photo in photos)


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
