"""What a colleague should know before an answer leaves: they are asked once, and may send it all the same."""

from django.utils import timezone

from community.members.models import Member
from staff.models import Conversation
from staff.permissions import AskFirst
from staff.reading import last_company_word, name_of_customer

REPLACES = (
    "The company replies once to a review, and has. Sent, this takes the place of that reply; what it said before "
    "stays in its history."
)


def ask_first(*, by: Member, conversation: Conversation, has_written: bool, replaces: bool = False) -> None:
    """Raise AskFirst where the customer would otherwise be answered twice, or past what they said.

    `has_written`: the customer wrote after what `by` had on the page. `replaces`: a reply to the review stands, and
    this would take its place. `conversation` is up to date.
    """
    name = name_of_customer(conversation)
    if has_written:
        raise AskFirst(f"{name} wrote again while you were writing. Read it before you send yours.")
    holder = conversation.holder(timezone.now())
    if holder is not None and holder != by:
        raise AskFirst(f"{holder.name} has this conversation and may be answering it now.")
    if replaces:
        raise AskFirst(REPLACES)
    last = None if conversation.needs_reply else last_company_word(conversation)
    if last is not None and last.author is not None:
        who = "You have" if last.author == by else f"{last.author.name} has"
        raise AskFirst(f"{who} answered {name} already. Read that before you send another.")
