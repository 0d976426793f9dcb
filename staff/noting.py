"""Internal notes: for colleagues only, never public and never a reply. An @name in one tells that colleague."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell_of
from community.threads.mentions import find_members
from community.threads.rendering import mentioned_names, render
from staff.history import log
from staff.locking import lock_row
from staff.models import Conversation, Note

DOUBLE_CLICK = timedelta(minutes=1)


@dataclass(frozen=True)
class ShownNote:
    note: Note
    html: str


@transaction.atomic
def add_note(*, by: Member, conversation: Conversation, body: str) -> Note:
    """Write a note, and tell whom it mentions. The same words by the same person within a minute are the same note."""
    lock_row(by=by, conversation=conversation)
    since = timezone.now() - DOUBLE_CLICK
    twin = conversation.notes.filter(author=by, body=body, created_at__gt=since).first()
    if twin is not None:
        return twin
    note = Note.objects.create(conversation=conversation, author=by, body=body)
    log(conversation, "Wrote a note", by=by, at=note.created_at)
    for colleague in _meant(mentioned_names(body)).values():
        _tell(colleague, note)
    return note


def show_notes(notes: Collection[Note]) -> list[ShownNote]:
    """Each with its HTML: an @name of a colleague is a link, anybody else's stays text. One query for all of them."""
    staff = _meant(name for note in notes for name in mentioned_names(note.body))
    return [ShownNote(note, render(note.body, is_trusted=True, members=staff)) for note in notes]


def _meant(names: Iterable[str]) -> dict[str, Member]:
    """By lower-case username: colleagues only. Customers are never told of what is said about them."""
    return {name: member for name, member in find_members(names).items() if member.is_desk_reader}


def _tell(colleague: Member, note: Note) -> None:
    """Nobody hears of a conversation that they may not open."""
    if Conversation.objects.visible_to(colleague).filter(pk=note.conversation_id).exists():
        tell_of(
            member=colleague,
            kind=Notification.Kind.NOTE,
            address=f"{note.conversation.get_absolute_url()}#note-{note.pk}",
            subject=note.conversation.subject,
            actor=note.author,
        )
