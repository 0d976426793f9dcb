"""Writing suggestions down, and dropping those that are out of date: once something is said, they answer the past."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from community.threads.models import Status
from community.threads.rendering import plain_text
from staff.models import Conversation, SavedReply, Suggestion
from staff.reading import messages_of_customer, newest_said_at
from staff.suggesting.links import Found, from_the_list, from_the_past
from staff.suggesting.threads import Solved, solved_like
from staff.triage.running import lock

READ = 4000  # characters of the newest that the customer said
MOST_LINKS = 2
_STILL_SOLVED = Q(thread__status=Status.PUBLISHED, thread__question__accepted_post__status=Status.PUBLISHED)
"""What was hidden or unaccepted since is quoted no more."""


@transaction.atomic
def suggest(conversation: Conversation) -> int:
    """Bring the suggestions up to date with what was said last. Returns how many are new; a second call adds none."""
    current = lock(conversation)
    drop_stale(current)
    if not current.needs_reply:
        return 0
    text = _text_of(current)
    links = {found.url: found for found in [*from_the_past(current, text), *from_the_list(current, text)]}
    threads = solved_like(current.thread, text) if current.thread else []
    wanted = [*(_of_thread(one) for one in threads), *(_of_link(one) for one in list(links.values())[:MOST_LINKS])]
    return sum(_keep(current, fields) for fields in wanted)


def suggest_saved_reply(conversation: Conversation, saved: SavedReply, *, rule: str) -> Suggestion:
    """For an automation rule called `rule`. The same again is the one that stands."""
    same = Suggestion.objects.filter(conversation=conversation, saved_reply=saved, stale_at=None, used_at=None)
    fields = {"because": f"Category {saved.category}" if saved.category else "A saved reply", "body": saved.body}
    kind = Suggestion.Kind.SAVED_REPLY
    return same.first() or Suggestion.objects.create(
        conversation=conversation, saved_reply=saved, kind=kind, suggested_by=rule[:80], **fields
    )


def drop_stale(conversation: Conversation) -> int:
    """Those made before the newest thing said are no longer shown. Returns how many were dropped."""
    said_at = newest_said_at(conversation)
    if said_at is None:
        return 0
    old = Suggestion.objects.filter(conversation=conversation, stale_at=None, suggested_at__lt=said_at)
    return old.update(stale_at=timezone.now())


def fresh(conversation: Conversation) -> QuerySet[Suggestion]:
    """What may be shown now: made after the newest thing said, and not used yet, even while the worker is late."""
    said_at = newest_said_at(conversation)
    found = Suggestion.objects.filter(conversation=conversation, stale_at=None, used_at=None)
    found = found.filter(suggested_at__gte=said_at) if said_at else found
    found = found.filter(~Q(kind=Suggestion.Kind.THREAD) | _STILL_SOLVED)
    return found.select_related("thread", "saved_reply").order_by("suggested_at", "pk")


def _text_of(conversation: Conversation) -> str:
    """The title and what the customer said, the newest first."""
    posts = messages_of_customer(conversation)
    said = [plain_text(html) for html in posts.order_by("-created_at").values_list("body_html", flat=True)[:5]]
    said += [conversation.mention.text] if conversation.mention else []
    return "\n".join([conversation.subject, *said])[:READ]


def _of_thread(one: Solved) -> dict[str, object]:
    return {"kind": Suggestion.Kind.THREAD, "thread": one.thread, "body": one.draft, "because": one.because[:200]}


def _of_link(one: Found) -> dict[str, object]:
    return {"kind": Suggestion.Kind.LINK, "url": one.url, "need": one.need, "because": one.because[:200]}


def _keep(conversation: Conversation, fields: dict[str, object]) -> bool:
    """False if the same stands already, or was used since the customer wrote."""
    same = {name: fields[name] for name in ("kind", "thread", "url") if name in fields}
    if Suggestion.objects.filter(conversation=conversation, stale_at=None, **same).exists():
        return False
    Suggestion.objects.create(conversation=conversation, **fields)
    return True
