"""Facts: all that a rule's conditions may look at, as plain values; read for many happenings at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from community.threads.models import Post
from staff.automation.happenings import Happening
from staff.clocks.hours import hours_now
from staff.models import Conversation, FormerCustomer, Message, Reason

QUESTION, REVIEW, MENTION, MESSAGE = "question", "review", "mention", "message"
ORIGINS = {
    QUESTION: "A question here",
    REVIEW: "A review here",
    MENTION: "Something said elsewhere",
    MESSAGE: "A message from us",
}


@dataclass(frozen=True)
class Facts:
    """Reasons and business hours as they were when it happened; everything else as it is now."""

    origin: str
    type: str = ""
    reasons: frozenset[str] = frozenset()
    product: int | None = None
    category: int | None = None
    text: str = ""
    stars: int | None = None
    priority: int = 0
    trust: int | None = None
    is_former: bool = False
    is_open: bool = True
    is_assigned: bool = False


def read_facts(happenings: Sequence[Happening]) -> list[Facts | None]:
    """In the order given; None where the conversation has gone. Eight queries, however many there are."""
    ids = {one.conversation for one in happenings}
    rows = Conversation.objects.select_related("thread__question", "thread__review", "mention", "customer")
    conversations = rows.in_bulk(list(ids))
    texts = _texts(happenings, conversations)
    reasons = _reasons(ids)
    customers = {row.customer_id for row in conversations.values() if row.customer_id}
    former = set(FormerCustomer.objects.filter(member__in=customers).values_list("member", flat=True))
    hours = hours_now()
    return [
        _facts(
            conversations[one.conversation],
            text=text,
            reasons=_standing(reasons[one.conversation], one.at),
            is_former=conversations[one.conversation].customer_id in former,
            is_open=hours.is_open(one.at),
        )
        if one.conversation in conversations
        else None
        for one, text in zip(happenings, texts, strict=True)
    ]


def _facts(row: Conversation, *, text: str, reasons: frozenset[str], is_former: bool, is_open: bool) -> Facts:
    question, review = getattr(row.thread, "question", None), getattr(row.thread, "review", None)
    return Facts(
        origin=MENTION if row.mention_id else REVIEW if review else QUESTION if question else MESSAGE,
        type=row.type or row.type_suggested,
        reasons=reasons,
        product=row.thread.product_id if row.thread else row.product_id,
        category=question.category_id if question else None,
        text=text,
        stars=review.stars if review else None,
        priority=row.priority,
        trust=row.customer.trust_level if row.customer else None,
        is_former=is_former,
        is_open=is_open,
        is_assigned=row.assigned_to_id is not None,
    )


def _texts(happenings: Sequence[Happening], conversations: dict[int, Conversation]) -> list[str]:
    """What was written: by the post or message that set it off; else the subject and how it began."""
    posts = dict(Post.objects.filter(pk__in=_numbers(happenings, "post")).values_list("pk", "body"))
    messages = dict(Message.objects.filter(pk__in=_numbers(happenings, "message")).values_list("pk", "body"))
    threads = [row.thread_id for row in conversations.values() if row.thread_id]
    openings = Post.objects.filter(thread__in=threads, kind=Post.Kind.OPENING)
    first = dict(openings.values_list("thread", "body"))
    return [
        _text(one, conversations.get(one.conversation), posts=posts, messages=messages, first=first)
        for one in happenings
    ]


def _text(
    one: Happening,
    row: Conversation | None,
    *,
    posts: dict[int, str],
    messages: dict[int, str],
    first: dict[int, str],
) -> str:
    written = {"post": posts, "message": messages}.get(one.kind, {}).get(one.number or 0)
    if written is not None or row is None:
        return written or ""
    began = first.get(row.thread_id or 0, row.mention.text if row.mention else "")
    return f"{row.subject or (row.thread.title if row.thread else '')}\n{began}"


def _numbers(happenings: Iterable[Happening], kind: str) -> list[int]:
    return [one.number for one in happenings if one.kind == kind and one.number]


def _reasons(conversations: Iterable[int]) -> dict[int, list[Reason]]:
    found: dict[int, list[Reason]] = defaultdict(list)
    for reason in Reason.objects.filter(conversation__in=list(conversations)).exclude(kind=Reason.Kind.RULE):
        found[reason.conversation_id].append(reason)
    return found


def _standing(reasons: list[Reason], at: datetime) -> frozenset[str]:
    return frozenset(
        reason.kind
        for reason in reasons
        if reason.raised_at <= at and (reason.settled_at is None or reason.settled_at > at)
    )
