"""What was said of the brand elsewhere, over the last weeks: some answered there, some waiting, some only news."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from community.demo.content import Row, moment, read
from community.members.models import Member
from staff.closing import no_reply_needed
from staff.listening.answering import mark_posted, write_answer
from staff.listening.taking import take
from staff.models import Conversation, Effect, Event, Evidence, Mention, Message, Outcome, Source
from staff.triage.running import look_at


@transaction.atomic
def load_listening(now: datetime) -> int:
    """How many mentions were added. Nothing if there are any."""
    if Mention.objects.exists() or Source.objects.exists():
        return 0
    data = read("listening")
    sources = {row["name"]: _source(row) for row in data["source"]}
    for row in sorted(data["mention"], key=lambda row: moment(row["at"], now)):
        _hear(row, sources[row["source"]], now)
    return len(data["mention"])


def _source(row: Row) -> Source:
    """The feed rests: its address is invented, and polling it would only fail."""
    rests = {"is_on": False} if row["kind"] == Source.Kind.FEED else {}
    secret = {"secret": token_urlsafe(32)} if row["kind"] == Source.Kind.WEBHOOK else {}
    return Source.objects.create(name=row["name"], kind=row["kind"], url=row.get("url", ""), **rests, **secret)


def _hear(row: Row, source: Source, now: datetime) -> None:
    at = moment(row["at"], now)
    url = (
        row["id"]
        if row["id"].startswith("https://")
        else f"https://{source.name.split()[0].lower()}.example/{row['id']}"
    )
    said = {name: row[name] for name in ("author", "title", "text") if name in row}
    mention = take(source=source, external_id=row["id"], url=url, published_at=at, seen_at=at, **said)
    current = Conversation.objects.get(mention=mention)
    if "answer" in row:
        _answer(row["answer"], current, url, moment(row["answer"]["after"], now, at))
    if "dismissed" in row:
        _dismiss(row["dismissed"], current, moment(row["dismissed"]["after"], now, at))


def _answer(row: Row, current: Conversation, url: str, at: datetime) -> None:
    by = Member.objects.get(username=row["by"])
    said = {name: row[name] for name in ("body", "type", "link_need", "link_url") if name in row}
    before = list(current.events.values_list("pk", flat=True))
    message = write_answer(by=by, conversation=current, **said)
    mark_posted(by=by, message=message, permalink=f"{url}#reply")
    Message.objects.filter(pk=message.pk).update(created_at=at, posted_at=at)
    Event.objects.filter(conversation=current).exclude(pk__in=before).update(at=at)
    look_at(current)
    if "effect" in row:
        recorded_by = by if row["evidence"] in (Evidence.STAFF_JUDGEMENT, Evidence.CUSTOMER_SAID) else None
        Outcome.objects.create(
            message=message,
            effect=Effect(row["effect"]),
            evidence=Evidence(row["evidence"]),
            words=row.get("words", ""),
            recorded_by=recorded_by,
            recorded_at=at,
        )


def _dismiss(row: Row, current: Conversation, at: datetime) -> None:
    before = list(current.events.values_list("pk", flat=True))
    no_reply_needed(by=Member.objects.get(username=row["by"]), conversation=current, because=row["because"])
    Event.objects.filter(conversation=current).exclude(pk__in=before).update(at=at)
    Conversation.objects.filter(pk=current.pk).update(closed_at=at, dismissed_until=at)
