"""Reads a conversation out of the database as a Case: a thread, a mention, messages. Ten queries at most."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Max, Q

from community.branding.models import Branding
from community.members.models import Member, Role
from community.moderation.models import Flag
from community.products.models import Product, Purchase
from community.threads.models import Post, Thread, Vote
from community.threads.rendering import MENTION
from staff.clocks.hours import hours_now
from staff.models import Conversation, DeskSettings, FormerCustomer, Mention, Message, Reason
from staff.triage.case import Case, Escalation, Flagged, RaisedBefore, Said, Words
from staff.triage.reading_text import lines

_FIELDS = (
    "pk", "body", "created_at", "edited_at", "author_id", "author__is_staff", "kind", "is_official",
    "source", "reply__is_holding", "reply__stars_then",
)  # fmt: skip
MONTH = timedelta(days=30.44)


@dataclass(frozen=True)
class Origin:
    """Where a conversation began: in a thread, with a mention, or (neither) with a personal message."""

    thread: Thread | None = None
    mention: Mention | None = None


def read_case(origin: Origin, conversation: Conversation | None, now: datetime) -> Case:
    """A thread comes with its author, question, category and review selected. A case without texts needs nobody."""
    desk = DeskSettings.current()
    rows = list(Post.objects.published().filter(thread=origin.thread).values(*_FIELDS)) if origin.thread else []
    texts = _texts(origin, rows, conversation)
    reasons = list(conversation.reasons.select_related("raised_by")) if conversation else []
    return Case(
        now=now,
        hours=hours_now(desk),
        title=_title(origin),
        texts=texts,
        words=words_of(desk, [said.body for said in texts]),
        weights=desk.weights,
        raised_before=tuple(_raised_before(reason) for reason in reasons if not _was_taken_back(reason)),
        escalation=_escalation(reasons),
        dismissed_until=conversation.dismissed_until if conversation else None,
        unanswered_hours=desk.unanswered_hours,
        escalate_hours=desk.escalate_hours,
        **_of_thread(origin.thread, rows) if origin.thread else {"is_question": False},
        **_of_mention(origin.mention),
        **_of_customer(_customer(origin, conversation), desk, now),
    )


def _title(origin: Origin) -> str:
    return origin.thread.title if origin.thread else origin.mention.title if origin.mention else ""


def _texts(origin: Origin, rows: list[dict[str, Any]], conversation: Conversation | None) -> tuple[Said, ...]:
    """The opening first, then everything by its time."""
    posts = list(_posts(origin.thread, rows)) if origin.thread else []
    mention = [_said_elsewhere(origin.mention)] if origin.mention else []
    messages = _messages(conversation) if conversation else []
    everything = [*mention, *posts, *messages]
    return (*everything[:1], *sorted(everything[1:], key=lambda said: said.at))


def _posts(thread: Thread, rows: list[dict[str, Any]]) -> Iterator[Said]:
    unhelpful = set(
        Vote.objects.filter(post__thread=thread, member=thread.author_id, is_helpful=False).values_list(
            "post", flat=True
        )
    )
    for row in rows:
        yield Said(
            post=row["pk"],
            body=row["body"],
            at=row["created_at"],
            is_asker=row["author_id"] == thread.author_id,
            is_staff=row["author__is_staff"],
            is_official=row["is_official"],
            is_holding=bool(row["reply__is_holding"]),
            is_answer=row["kind"] == Post.Kind.ANSWER,
            is_unhelpful_to_asker=row["pk"] in unhelpful,
            is_import=row["source"] == Post.Source.IMPORT,
            edited_at=row["edited_at"],
        )


def _messages(conversation: Conversation) -> list[Said]:
    """What has reached the other side; a reply that nobody has posted elsewhere yet has not."""
    sent = Message.objects.filter(Q(is_official=False) | Q(posted_at__isnull=False), conversation=conversation)
    return [
        Said(
            message=message.pk,
            body=message.body,
            at=message.posted_at or message.created_at,
            is_asker=not message.is_official,
            is_staff=message.is_official,
            is_official=message.is_official,
            is_holding=message.is_holding,
        )
        for message in sent
    ]


def _said_elsewhere(mention: Mention) -> Said:
    """Its clock starts when we could know of it."""
    return Said(body=mention.text, at=mention.seen_at, is_asker=True)


def _of_thread(thread: Thread, rows: list[dict[str, Any]]) -> dict[str, Any]:
    question, review = getattr(thread, "question", None), getattr(thread, "review", None)
    return {
        "is_question": thread.kind == Thread.Kind.QUESTION,
        "is_open": not thread.is_closed,
        "category": question.category.name if question else "",
        "is_company_only": bool(rows and question and question.category.is_company_only),
        "solved_at": question.accepted_at if question and question.accepted_post_id else None,
        "still_needed_at": question.still_needed_at if question else None,
        "needs_info_at": question.needs_info_at if question else None,
        "details_at": question.details_at if question else None,
        "stars": review.stars if review and rows else None,
        "stars_at_reply": _stars_at_reply(rows),
        "flags": tuple(_flags(thread)) if rows else (),
    }


def _of_mention(mention: Mention | None) -> dict[str, Any]:
    if mention is None:
        return {}
    return {
        "is_outside": True,
        "is_mention": True,
        "keywords": tuple((str(kind), str(words)) for kind, words in mention.keywords),
    }


def _customer(origin: Origin, conversation: Conversation | None) -> int | None:
    return origin.thread.author_id if origin.thread else conversation.customer_id if conversation else None


def _of_customer(member_id: int | None, desk: DeskSettings, now: datetime) -> dict[str, Any]:
    """When they last bought, as of now, and whether a colleague has them on the re-activation list."""
    if member_id is None:
        return {}
    bought = Purchase.objects.standing().filter(member=member_id).aggregate(last=Max("purchased_at"))["last"]
    return {
        "last_purchase_at": bought,
        "quiet_since": now - desk.quiet_months * MONTH,
        "listed_until": _listed_until(member_id, now),
    }


def _listed_until(member_id: int, now: datetime) -> datetime | None:
    """Who writes comes off the list at that moment; what brought them back still counts as a former customer's."""
    row = FormerCustomer.objects.filter(member=member_id).first()
    if row is None or row.state == FormerCustomer.State.LEFT_ALONE:
        return None
    return row.state_changed_at if row.state == FormerCustomer.State.CAME_BACK else now


def _stars_at_reply(rows: list[dict[str, Any]]) -> int | None:
    official = [row["reply__stars_then"] for row in rows if row["is_official"]]
    return official[-1] if official else None


def words_of(desk: DeskSettings, bodies: Iterable[str] = ()) -> Words:
    """What to look for, as the settings say; of the staff only those whom `bodies` mention."""
    mentioned = {name.lower() for name in chain.from_iterable(MENTION.findall(body) for body in bodies)}
    colleagues = Member.objects.filter(is_staff=True, is_active=True).exclude(role=Role.NONE) if mentioned else None
    names = colleagues.filter(username__in=mentioned).values_list("username", flat=True) if colleagues else []
    return Words(
        brand=brand_names(Branding.current().name),
        company=lines(desk.company_words),
        staff_names=frozenset(name.lower() for name in names),
        competitors=tuple(
            tuple(part.strip() for part in line.split(",") if part.strip()) for line in lines(desk.competitors)
        ),
        category=lines(desk.category_words),
        products=tuple(Product.objects.values_list("name", flat=True)),
    )


def brand_names(name: str) -> tuple[str, ...]:
    """The ways people write a brand: “Alder & Tarn”, “Alder and Tarn”, “AlderAndTarn”, “AlderTarn”."""
    spoken = name.replace("&", "and")
    ways = [name, spoken, spoken.replace(" ", ""), name.replace("&", "").replace(" ", "")]
    return tuple(dict.fromkeys(way for way in ways if len(way) > 2))


def _flags(thread: Thread) -> Iterable[Flagged]:
    for flag in Flag.objects.waiting().filter(post__thread=thread):
        yield Flagged(
            post=flag.post_id,
            label=flag.get_reason_display(),
            weight=flag.weight,
            at=flag.created_at,
            needs_staff=flag.reason == Flag.Reason.NEEDS_STAFF,
            note=flag.note,
        )


def _was_taken_back(reason: Reason) -> bool:
    """A rule's call stands only by its own row: once settled it must not raise itself again."""
    return reason.kind == Reason.Kind.RULE and reason.settled_at is not None


def _raised_before(reason: Reason) -> RaisedBefore:
    key = (reason.post_id, reason.message_id)
    return RaisedBefore(reason.kind, key, reason.evidence, reason.raised_at, reason.weight, reason.rule)


def _escalation(reasons: list[Reason]) -> Escalation | None:
    calls = [reason for reason in reasons if reason.kind == Reason.Kind.ESCALATED]
    newest = max(calls, key=lambda reason: reason.raised_at, default=None)
    if newest is None:
        return None
    return Escalation(newest.post_id, str(newest.raised_by), newest.evidence, newest.raised_at, newest.raised_by_id)
