"""Answering where it was said: the reply is written here, a person posts it there, and brings back its address.

Only what has an address counts as a reply: until then the customer waits.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.permissions import require
from staff.claiming import let_go
from staff.history import log
from staff.listening.forms import AnswerForm, AuthorForm
from staff.listening.taking import web_address
from staff.models import Conversation, Message
from staff.one_to_one.messaging import made_by, say
from staff.permissions import AskFirst, can_work_on, require_can_work_on
from staff.triage.running import lock, look_at

LONGEST_PERMALINK = 500


@dataclass(frozen=True)
class Answer:
    """What the conversation's page shows of it: the form, what is written and not posted yet, and who the author is."""

    form: AnswerForm
    waiting: list[Message]
    author_form: AuthorForm
    may: bool


def answer_of(
    conversation: Conversation, *, by: Member, form: AnswerForm | None = None, author_form: AuthorForm | None = None
) -> Answer:
    waiting = unposted(conversation).select_related("author", "helpful_link")
    initial = {"type": conversation.type or conversation.type_suggested}
    return Answer(
        form=form or AnswerForm(initial=initial, prefix="answer"),
        waiting=list(waiting),
        author_form=author_form or AuthorForm(prefix="author"),
        may=can_work_on(by, conversation),
    )


def unposted(conversation: Conversation) -> Any:
    return Message.objects.filter(
        conversation=conversation, place=Message.Place.OUTSIDE, is_official=True, posted_at=None
    )


@transaction.atomic
def write_answer(*, by: Member, conversation: Conversation, confirm_second: bool = False, **said: Any) -> Message:
    """Keep an answer that a person will post. `said` as for one_to_one.messaging.say. Nothing reaches anybody by this.

    Raises AskFirst, unless `confirm_second`, where a colleague's answer waits to be posted, and as `say` does.
    """
    mention = conversation.mention
    if mention is None:
        raise PermissionDenied("This was said here: reply on its page.")
    made = made_by(by, said.get("submission_key"))
    if made is not None:
        return made
    other = unposted(conversation).select_related("author").first()
    if other is not None and not confirm_second:
        raise AskFirst(f"{other.author} has written an answer that is not posted yet. Post that one, or discard it.")
    place = Message.Place.OUTSIDE
    sent = say(by=by, conversation=conversation, place=place, confirm_second=confirm_second, **said)
    log(conversation, f"Wrote an answer to post at {mention.source.name}", by=by, at=sent.created_at)
    return sent


@transaction.atomic
def mark_posted(*, by: Member, message: Message, permalink: str) -> bool:
    """A person has posted it: `permalink` is where. From now on it is a reply. A second address corrects the first.

    False if that is how it stands. Raises ValidationError for what is no web address.
    """
    conversation = lock(message.conversation)
    require_can_work_on(by, conversation)
    require(message.place == Message.Place.OUTSIDE, "This message went to the customer alone.")
    address = web_address(permalink, LONGEST_PERMALINK)
    if not address:
        raise ValidationError("Paste the address of your reply there. It begins with https://.")
    current = Message.objects.get(pk=message.pk)
    if current.permalink == address:
        return False
    is_first = current.posted_at is None
    now = timezone.now()
    current.permalink, current.posted_at = address, current.posted_at or now
    current.save(update_fields=["permalink", "posted_at"])
    log(conversation, "Posted the reply there" if is_first else "Corrected the reply's address", by=by, at=now)
    if is_first and not current.is_holding:
        let_go(conversation)
    look_at(conversation)
    return True


@transaction.atomic
def discard_answer(*, by: Member, message: Message) -> bool:
    """Throw away what was written and never posted. False if it was posted, or is gone."""
    conversation = lock(message.conversation)
    require_can_work_on(by, conversation)
    gone, _ = unposted(conversation).filter(pk=message.pk).delete()
    if gone:
        log(conversation, "Discarded an answer that was not posted", by=by)
    return bool(gone)


@transaction.atomic
def tie_author(*, by: Member, conversation: Conversation, member: Member) -> bool:
    """Say that who wrote there is `member` here. False if that is said already. Raises ValidationError for colleagues.

    A colleague who errs ties it to somebody else; once the customer has been written to alone, it stays.
    """
    current = lock(conversation)
    require_can_work_on(by, current)
    require(current.mention_id is not None, "This was said here: its author is known.")
    if member.is_staff:
        raise ValidationError("That is a colleague's account. Choose the customer's.")
    if current.customer_id == member.pk:
        return False
    if current.customer_id and current.messages.filter(place=Message.Place.PRIVATE).exists():
        raise ValidationError("They have been written to alone already. That exchange stays theirs.")
    current.customer, current.customer_name = member, member.name[:80]
    current.save(update_fields=["customer", "customer_name"])
    log(current, f"Knows who wrote it: {member.name} ({member.username})", by=by)
    return True
