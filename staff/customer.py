"""What an agent should know of a customer before writing to them."""

from dataclasses import dataclass, field

from community.members.models import Member
from community.products.models import Purchase
from staff.models import Conversation, Outcome

SHOWN = 5


@dataclass
class Standing:
    member: Member
    purchases: list[Purchase] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    last_outcome: Outcome | None = None


def standing_of(conversation: Conversation) -> Standing:
    """Purchases, earlier conversations and how the last one went. Three queries."""
    member = conversation.customer
    purchases = Purchase.objects.standing().filter(member=member).select_related("product")
    earlier = Conversation.objects.filter(customer=member).exclude(pk=conversation.pk).select_related("thread")
    outcomes = Outcome.objects.standing().filter(post__thread__author=member)
    return Standing(
        member=member,
        purchases=list(purchases[:SHOWN]),
        conversations=list(earlier[:SHOWN]),
        last_outcome=outcomes.exclude(post__thread=conversation.thread_id).select_related("post__thread").first(),
    )
