"""Telling in public how a private exchange ended: a colleague words it, the customer agrees or declines by a click.

Agreed, it becomes a reply of the company in the thread; declined, it never does, and nobody asks again.
"""

from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell_of
from community.threads.permissions import can_answer, require
from staff.company_word import say
from staff.history import log
from staff.models import Conversation, Publication, Reply
from staff.one_to_one.messaging import is_one_to_one
from staff.permissions import Refused, require_can_work_on
from staff.reading import customer_of
from staff.triage.running import lock, look_at

DECLINED = "The customer would rather not have it told. It stays between us."
AGREED = "It stands in the thread already."


def can_propose(conversation: Conversation, by: Member) -> bool:
    """Is there an exchange to tell of, a thread to tell it in, and no answer of the customer's yet?"""
    if conversation.thread is None or not is_one_to_one(conversation) or not can_answer(by, conversation.thread):
        return False
    return not Publication.objects.filter(conversation=conversation, answered_at__isnull=False).exists()


@transaction.atomic
def propose(*, by: Member, conversation: Conversation, body: str) -> Publication:
    """Show the customer `body` (Markdown, 20 to 5,000 characters), and ask. Until they answer it may be worded anew.

    Raises Refused where they have answered, or nothing was said alone.
    """
    require_can_work_on(by, conversation)
    current = lock(conversation)
    made = Publication.objects.filter(conversation=current).first()
    if made is not None and made.body == body:
        return made
    if made is not None and made.answered_at:
        raise Refused(AGREED if made.is_agreed else DECLINED)
    if not can_propose(current, by):
        raise Refused("There is nothing that could be told in the thread: it is closed, or nobody has written alone.")
    values = {"body": body, "proposed_by": by, "proposed_at": timezone.now()}
    proposed, _ = Publication.objects.update_or_create(conversation=current, defaults=values)
    log(current, "Asked the customer whether we may tell how it ended", by=by, at=proposed.proposed_at)
    tell_of(
        member=customer_of(current),
        kind=Notification.Kind.MESSAGE,
        address=f"{reverse('message_page', args=[current.pk])}#publication",
        subject=f"May we tell how this ended? {current.subject}"[:200],
        actor=by,
        happened_at=proposed.proposed_at,
    )
    return proposed


@transaction.atomic
def agree(*, by: Member, conversation: Conversation, words: str) -> Publication:
    """Publish what was proposed. `words` is what the customer had before them: Refused if it was worded anew since."""
    proposed = _answerable(by, conversation)
    if proposed.answered_at:
        return proposed
    if words != version_of(proposed):
        raise Refused("We have worded it anew since you opened this page. Please read it again.")
    current, author = proposed.conversation, proposed.proposed_by
    thread = current.thread
    if thread is None or not can_answer(author, thread) or not author.is_responder:
        raise Refused("The thread takes no replies at the moment, so nothing was published.")
    key = uuid5(NAMESPACE_URL, f"publication:{proposed.pk}")
    post = say(by=author, thread=thread, body=proposed.body, submission_key=key, adds=True)
    circumstances = {"conversation": current, "type": current.type, "waited_since": current.waiting_since}
    Reply.objects.update_or_create(post=post, defaults=circumstances)
    proposed.post, proposed.is_agreed = post, True
    _answered(by, proposed, "Agreed that we tell how it ended")
    look_at(current)
    return proposed


@transaction.atomic
def decline(*, by: Member, conversation: Conversation) -> Publication:
    """It stays between us. Declining again changes nothing; what stands in the thread is not taken back by this."""
    proposed = _answerable(by, conversation)
    if proposed.answered_at:
        return proposed
    _answered(by, proposed, "Would rather not have it told how it ended")
    return proposed


def version_of(proposed: Publication) -> str:
    """Which wording it is."""
    return proposed.proposed_at.isoformat()


def _answerable(by: Member, conversation: Conversation) -> Publication:
    require(conversation.customer_id == by.pk, "Only the customer decides what is told of this.")
    current = lock(conversation)
    proposed = Publication.objects.select_related("proposed_by").filter(conversation=current).first()
    if proposed is None:
        raise Refused("There is nothing to decide.")
    proposed.conversation = current
    return proposed


def _answered(by: Member, proposed: Publication, what: str) -> None:
    proposed.answered_at = timezone.now()
    proposed.save(update_fields=["answered_at", "is_agreed", "post"])
    log(proposed.conversation, what, by=by, at=proposed.answered_at)
