"""Reads a thread out of the database as a Case. Six queries whatever the thread's length."""

from collections.abc import Iterable
from datetime import datetime

from community.branding.models import Branding
from community.members.models import Member, Role
from community.moderation.models import Flag
from community.threads.models import Post, Thread, Vote
from community.threads.rendering import MENTION
from staff.hours import hours_of
from staff.models import Conversation, DeskSettings, Reason
from staff.triage.case import Case, Escalation, Flagged, Said, Words
from staff.triage.reading_text import lines

_FIELDS = (
    "pk", "body", "created_at", "edited_at", "author_id", "author__is_staff", "kind", "is_official",
    "source", "reply__is_holding", "reply__stars_then",
)  # fmt: skip


def read_case(thread: Thread, conversation: Conversation | None, now: datetime) -> Case:
    """`thread` comes with its question, category and review selected. A case without posts needs nobody."""
    desk = DeskSettings.current()
    rows = list(Post.objects.published().filter(thread=thread).values(*_FIELDS))
    question, review = getattr(thread, "question", None), getattr(thread, "review", None)
    reasons = list(conversation.reasons.select_related("raised_by")) if conversation else []
    return Case(
        now=now,
        hours=hours_of(desk),
        title=thread.title,
        posts=tuple(_said(thread, rows)),
        words=_words(desk, rows),
        is_question=thread.kind == Thread.Kind.QUESTION,
        is_open=not thread.is_closed,
        category=question.category.name if question else "",
        is_company_only=bool(question and question.category.is_company_only),
        solved_at=question.accepted_at if question and question.accepted_post_id else None,
        still_needed_at=question.still_needed_at if question else None,
        awaits_asker=bool(question and question.needs_info_at),
        stars=review.stars if review else None,
        stars_at_reply=_stars_at_reply(rows),
        flags=tuple(_flags(thread)) if rows else (),
        escalation=_escalation(reasons),
        asked_before=_asked_before(reasons),
        dismissed_until=conversation.dismissed_until if conversation else None,
        unanswered_hours=desk.unanswered_hours,
        escalate_hours=desk.escalate_hours,
    )


def _asked_before(reasons: list[Reason]) -> tuple[tuple[int, str, datetime], ...]:
    asked = (reason for reason in reasons if reason.kind == Reason.Kind.ASKS_COMPANY)
    return tuple((reason.post_id, reason.evidence, reason.raised_at) for reason in asked)


def _stars_at_reply(rows: list[dict]) -> int | None:
    official = [row["reply__stars_then"] for row in rows if row["is_official"]]
    return official[-1] if official else None


def _said(thread: Thread, rows: list[dict]) -> Iterable[Said]:
    unhelpful = set(
        Vote.objects.filter(post__thread=thread, member=thread.author_id, is_helpful=False).values_list(
            "post", flat=True
        )
    )
    for row in rows:
        yield Said(
            pk=row["pk"],
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


def _words(desk: DeskSettings, rows: list[dict]) -> Words:
    mentioned = {name.lower() for row in rows for name in MENTION.findall(row["body"])}
    colleagues = Member.objects.filter(is_staff=True, is_active=True).exclude(role=Role.NONE) if mentioned else None
    names = colleagues.filter(username__in=mentioned).values_list("username", flat=True) if colleagues else []
    return Words(
        brand=brand_names(Branding.current().name),
        company=lines(desk.company_words),
        staff_names=frozenset(name.lower() for name in names),
        competitors=tuple(
            tuple(part.strip() for part in line.split(",") if part.strip()) for line in lines(desk.competitors)
        ),
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


def _escalation(reasons: list[Reason]) -> Escalation | None:
    calls = [reason for reason in reasons if reason.kind == Reason.Kind.ESCALATED]
    newest = max(calls, key=lambda reason: reason.raised_at, default=None)
    if newest is None:
        return None
    return Escalation(newest.post_id, str(newest.raised_by), newest.evidence, newest.raised_at, newest.raised_by_id)
