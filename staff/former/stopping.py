"""Consent to one personal message after a long absence, asked for when it is sent, and taken back from the letter.

“Do not write to me again” in the letter: its link is signed and names one member; it works without signing in.
"""

from django.core.signing import BadSignature, dumps, loads
from django.urls import reverse
from django.utils import timezone

from community.members.consenting import has_consent, withdraw_consent
from community.members.models import Consent, Member
from staff.history import log_event
from staff.models import Conversation, FormerCustomer, Message

SALT = "staff.former.stopping"


Channel = Consent.Channel


def may_write(member: Member, channel: str = Channel.MAIL) -> bool:
    """Does the member allow it in this way, as of now? Taking part in the forum is no consent. One query."""
    return has_consent(member, channel, Consent.Purpose.REACTIVATION)


def channels_of(member: Member) -> list[str]:
    """In which ways the member allows it, as of now."""
    return [channel for channel in Channel.values if may_write(member, channel)]


def is_unasked(conversation: Conversation) -> bool:
    """Did we begin it, and has the customer said nothing in it yet? Then it stands on their consent alone."""
    began_here = conversation.thread_id is None and conversation.mention_id is None
    return began_here and not conversation.messages.from_customer().exists()


def take_back_unreached(message: Message) -> bool:
    """Consent was withdrawn before anything reached them: then the message stands nowhere, and they are left alone."""
    conversation = message.conversation
    customer = conversation.customer
    if customer is None or not is_unasked(conversation) or channels_of(customer):
        return False
    Message.objects.filter(pk=message.pk).update(posted_at=None)
    written = FormerCustomer.objects.filter(conversation=conversation, state=FormerCustomer.State.WRITTEN)
    note = "They took their consent back before the letter left."
    left_alone = FormerCustomer.State.LEFT_ALONE
    written.update(state=left_alone, state_changed_at=timezone.now(), state_changed_by=None, note=note)
    log_event(conversation, f"Not sent: {note}", by_pk=None, at=timezone.now())
    return True


def stop(*, by: Member) -> bool:
    """Take the consent back, for every way. False if none stood."""
    source, purpose = "link in a letter", Consent.Purpose.REACTIVATION
    taken = [withdraw_consent(by=by, channel=channel, purpose=purpose, source=source) for channel in Channel.values]
    return any(taken)


def stopping_path(member: Member) -> str:
    """Holds for ever: old letters are read late."""
    return reverse("no_more_personal_letters", args=[dumps(member.pk, salt=SALT)])


def member_of(token: str) -> Member | None:
    """None for a token that is not ours, or whose member has gone."""
    try:
        return Member.objects.filter(pk=loads(token, salt=SALT), is_active=True).first()
    except (BadSignature, ValueError, TypeError):
        return None
