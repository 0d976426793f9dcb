"""What a customer sees of the exchanges that they have with us alone, and that they have seen them."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.notifications.reading import read_page
from staff.models import Conversation, Message, Publication

_REACHED = Q(messages__place=Message.Place.PRIVATE, messages__is_official=True, messages__posted_at__isnull=False)


def conversations_of(member: Member) -> QuerySet[Conversation]:
    """Those in which we wrote to `member` alone. Nobody else's, whatever their role."""
    reached = Message.objects.visible_to(member).from_company()
    return Conversation.objects.filter(customer=member, pk__in=reached.values("conversation"))


def exchanges_of(member: Member) -> QuerySet[Conversation]:
    """For the list: with `newest_at` and `unread`. One query."""
    return (
        conversations_of(member)
        .annotate(
            newest_at=Max("messages__created_at", filter=Q(messages__place=Message.Place.PRIVATE)),
            unread=Count("messages", filter=_REACHED & Q(messages__read_at=None)),
        )
        .order_by("-newest_at")
    )


def page_of(conversation: Conversation) -> dict[str, Any]:
    """What the customer's page shows. Four queries."""
    said = Message.objects.visible_to(conversation.customer).filter(conversation=conversation)
    return {
        "conversation": conversation,
        "said": said.select_related("author", "coupon__campaign", "helpful_link").order_by("created_at", "pk"),
        "publication": Publication.objects.filter(conversation=conversation).select_related("post").first(),
    }


@transaction.atomic
def see(*, by: Member, conversation: Conversation) -> bool:
    """`by` has it before their eyes. False if they had seen all of it."""
    read_page(by=by, address=reverse("message_page", args=[conversation.pk]))
    fresh = Message.objects.visible_to(by).from_company().filter(conversation=conversation, read_at=None)
    return bool(fresh.update(read_at=timezone.now()))
