"""Working through the re-activation list: one personal message each, or none; and why they left."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.pausing import standing_pause
from community.threads.permissions import require
from staff.former.stopping import channels_of
from staff.history import log
from staff.models import Conversation, ConversationType, FormerCustomer, Leaving, Message
from staff.one_to_one.messaging import made_by, say
from staff.permissions import Refused

State = FormerCustomer.State
NOT_ALLOWED = "They have not allowed personal messages after a long absence, so none may be sent."


def why_not(former: FormerCustomer) -> str:
    """Why nothing may be written to them now, in a sentence; empty if it may. Three queries."""
    if former.conversation_id is not None:
        return f"They have been written to{_when(former)}. One message is all."
    if former.state != State.TO_WRITE:
        return f"They are not waiting for a message: {former.get_state_display().lower()}."
    if not former.member.is_active or former.member.erased_at:
        return "The account is closed."
    if not channels_of(former.member):
        return NOT_ALLOWED
    paused = standing_pause(customer=former.member, by_hand_only=True)
    return f"Messages like this are paused: {paused.because}" if paused else ""


@transaction.atomic
def write_once(
    *, by: Member, former: FormerCustomer, subject: str, body: str, submission_key: UUID | None = None
) -> Message:
    """The one personal message, as a conversation of its own. The same `submission_key` again returns what it made.

    Raises Refused where it may not be: consent is looked at now, and again when the letter leaves.
    """
    require(by.is_responder, "Only the company's staff write to former customers.")
    current = _lock(former)
    made = made_by(by, submission_key)
    if made is not None:
        return made
    because = why_not(current)
    if because:
        raise Refused(because)
    conversation = Conversation.objects.create(
        customer=current.member,
        customer_name=current.member.name,
        subject=" ".join(subject.split())[:200],
        state=Conversation.State.SETTLED,
        type_suggested=ConversationType.REACTIVATION,
        type_suggested_because="We wrote first, after a long absence.",
    )
    sent = say(
        by=by,
        conversation=conversation,
        body=body,
        place=Message.Place.PRIVATE,
        type=ConversationType.REACTIVATION,
        submission_key=submission_key,
    )
    current.conversation = conversation
    _move(by, current, State.WRITTEN)
    return sent


@transaction.atomic
def leave_alone(*, by: Member, former: FormerCustomer, note: str = "") -> bool:
    """Nobody writes to them. False if it was so."""
    return _decide(by, former, State.LEFT_ALONE, note, (State.TO_WRITE, State.WRITTEN))


@transaction.atomic
def put_back(*, by: Member, former: FormerCustomer) -> bool:
    """Undo leaving somebody alone: to be written to, or written to already. False if they were not left alone."""
    current = _lock(former)
    state = State.WRITTEN if current.conversation_id else State.TO_WRITE
    return _decide(by, current, state, "", (State.LEFT_ALONE,))


@transaction.atomic
def record_leaving(
    *, by: Member, member: Member, kind: str, words: str = "", conversation: Conversation | None = None
) -> bool:
    """Why `member` left: one of the kinds, and their own words. False if a colleague noted the same."""
    require(by.is_responder, "Only the company's staff record why customers leave.")
    Member.objects.select_for_update().get(pk=member.pk)
    words = " ".join(words.split())[:300]
    same = Leaving.objects.filter(member=member, kind=Leaving.Kind(kind), words=words)
    if same.exists():
        return False
    noted = Leaving.objects.create(member=member, kind=kind, words=words, conversation=conversation, recorded_by=by)
    if conversation is not None:
        log(conversation, f"Noted why they left: {noted.get_kind_display()}", by=by)
    return True


def _decide(by: Member, former: FormerCustomer, state: str, note: str, before: tuple[str, ...]) -> bool:
    require(by.is_responder, "Only the company's staff work on the list.")
    current = _lock(former)
    if current.state not in before:
        return False
    current.note = " ".join(note.split())[:300]
    _move(by, current, state)
    return True


def _move(by: Member, current: FormerCustomer, state: str) -> None:
    current.state, current.state_changed_by, current.state_changed_at = state, by, timezone.now()
    current.save(update_fields=["state", "state_changed_by", "state_changed_at", "note", "conversation"])


def _lock(former: FormerCustomer) -> FormerCustomer:
    FormerCustomer.objects.select_for_update().get(pk=former.pk)
    return FormerCustomer.objects.select_related("member").get(pk=former.pk)


def _when(former: FormerCustomer) -> str:
    return f" on {former.state_changed_at:%-d %B %Y}" if former.state_changed_at else ""
