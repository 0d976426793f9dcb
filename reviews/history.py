"""One review's log in words, with what it said at each point: for who asks why it is shown, or is not."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from community.moderation.models import Decision
from community.threads.models import Post
from reviews.models import Review, ReviewRecord

COLUMNS = ("at", "what", "by", "reason", "stars", "version", "evidence", "title", "body")
LOG_COLUMNS = ("at (UTC)", "review", "product", "what", "by", "reason", "stars", "version", "evidence")
HIDDEN = "Not shown to you: moderators and managers read what is not public."
_NAMES = {
    "purchase": "order",
    "campaign": "invitation campaign",
    "invitation": "invitation",
    "run": "import",
    "file_hash": "file’s SHA-256",
    "insider": "from inside",
    "incentivised": "something was promised for it",
    "first_posted_on": "first posted on",
    "added_later": "written into the log later, from what was stored",
}


@dataclass(frozen=True)
class Line:
    """`at` is UTC; `stars`, `title` and `body` as they stood with the line."""

    at: datetime
    what: str
    by: str
    reason: str
    stars: int
    version: int
    evidence: str
    title: str
    body: str


def lines_of(review: Review, reader: Any) -> list[Line]:
    """The log, oldest first. Who may not read the review as it stands is shown no words of it. 4 queries."""
    opening = Post.objects.select_related("thread").get(thread=review.pk, kind=Post.Kind.OPENING)
    texts = _texts(opening, Post.objects.visible_to(reader).filter(pk=opening.pk).exists())
    records = review.records.select_related("actor", "decision")
    return [_line(record, review, texts) for record in records]


def as_data(review: Review, reader: Any) -> dict[str, Any]:
    """The same for a program: JSON's types alone."""
    lines = [asdict(line) | {"at": line.at.isoformat()} for line in lines_of(review, reader)]
    return {
        "review": review.pk,
        "product": review.product.name,
        "status": review.thread.status,
        "stars": review.stars,
        "verified": review.is_verified,
        "insider": review.is_insider,
        "incentivised": review.is_incentivised,
        "first_posted_on": review.imported_from or None,
        "published_at": review.published_at.isoformat() if review.published_at else None,
        "log": lines,
    }


def reason_in_words(reason: str) -> str:
    return str(Decision.Reason(reason).label) if reason in Decision.Reason.values and reason else reason


def log_rows(since: datetime, until: datetime) -> Iterator[tuple[object, ...]]:
    """Every line of a time, oldest first, for a file: LOG_COLUMNS, then a row each, read 2,000 at a time."""
    records = ReviewRecord.objects.filter(at__gte=since, at__lt=until)
    yield LOG_COLUMNS
    for record in records.select_related("review__thread__product", "actor").iterator(chunk_size=2000):
        at, review = f"{record.at:%Y-%m-%d %H:%M:%S}", record.review
        yield (at, review.pk, review.product.name, *_in_words(record))


def evidence_in_words(record: ReviewRecord) -> str:
    said = [f"{_NAMES.get(name, name)}: {_value(value)}" for name, value in record.evidence.items() if value]
    if record.decision_id:
        said.append(f"decision: {record.decision_id}")
    return ", ".join(said)


def who(record: ReviewRecord) -> str:
    """A colleague's name; of the author only that it was them; else that nobody did it."""
    if record.actor is None:
        return "By rule"
    return "Its author" if record.actor_id == record.review.thread.author_id else record.actor.name


def _line(record: ReviewRecord, review: Review, texts: Sequence[tuple[int, str, str]]) -> Line:
    record.review = review
    title, body = next(((title, body) for version, title, body in texts if version >= record.version), texts[-1][1:])
    return Line(record.at, *_in_words(record), title, body)


def _in_words(record: ReviewRecord) -> tuple[str, str, str, int, int, str]:
    """What happened, who did it, why, and the stars, version and evidence that stood with it."""
    what, why, evidence = record.get_kind_display(), reason_in_words(record.reason), evidence_in_words(record)
    return what, who(record), why, record.stars, record.version, evidence


def _texts(opening: Post, is_visible: bool) -> list[tuple[int, str, str]]:
    """(version, title, body) of each text, oldest first; what stood with a number is the first at or above it."""
    if not is_visible:
        return [(opening.version, "", HIDDEN)]
    earlier = opening.revisions.order_by("version").values_list("version", "title", "body")
    return [*earlier, (opening.version, opening.thread.title, opening.body)]


def _value(value: Any) -> str:
    return "yes" if value is True else str(value)
