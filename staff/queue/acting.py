"""Acting on many conversations: each through the verb that acts on one, and told apart in the end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from community.members.models import Member
from community.threads.models import Post
from staff import closing
from staff.models import Conversation
from staff.permissions import Refused

AT_ONCE = 100
Act = Callable[[Conversation], bool]


@dataclass
class Report:
    """What became of each: done, as it was already, or refused with a sentence."""

    done: list[Conversation] = field(default_factory=list)
    unchanged: list[Conversation] = field(default_factory=list)
    refused: list[tuple[Conversation, str]] = field(default_factory=list)


def act_on(chosen: Iterable[Conversation], act: Act) -> Report:
    """One after the other: what is refused for one holds up no other."""
    report = Report()
    for conversation in chosen:
        try:
            (report.done if act(conversation) else report.unchanged).append(conversation)
        except (Refused, PermissionDenied) as refusal:
            report.refused.append((conversation, str(refusal)))
    return report


def end(*, by: Member, conversation: Conversation, because: str, as_of: datetime | None = None) -> bool:
    """No reply needed where the customer waits, closed where nobody does. False if it has ended already.

    `as_of` is when the list was drawn: Refused if the customer has written since.
    """
    seen = newest_at(conversation, as_of) if as_of else {}
    current = Conversation.objects.get(pk=conversation.pk)
    verb = closing.no_reply_needed if current.needs_reply else closing.close
    return verb(by=by, conversation=conversation, because=because, **seen)


def newest_at(conversation: Conversation, as_of: datetime) -> dict[str, int]:
    """The last post and message that could be seen at `as_of`, as staff.closing takes them; 0 where there was none."""
    posts = (
        Post.objects.filter(thread=conversation.thread_id, created_at__lte=as_of) if conversation.thread_id else None
    )
    messages = conversation.messages.filter(created_at__lte=as_of)
    return {
        "seen_post": (posts.aggregate(pk=Max("pk"))["pk"] or 0) if posts is not None else 0,
        "seen_message": messages.aggregate(pk=Max("pk"))["pk"] or 0,
    }
