"""What a conversation's page at the desk shows of the exchange with the customer alone."""

from typing import Any

from community.members.models import Member
from community.notifications.mailing import may_be_written_to
from community.notifications.models import Notification
from community.notifications.unsubscribing import preference_of
from community.threads.models import Post
from staff.goodwill.giving import campaigns_for
from staff.models import Conversation, Coupon, Message, Publication
from staff.one_to_one import publishing
from staff.one_to_one.forms import PublicationForm
from staff.permissions import can_work_on


def desk_side(conversation: Conversation, reader: Member) -> dict[str, Any]:
    """The exchange, its publication and what goodwill may be given. Nine queries at most."""
    can_work = can_work_on(reader, conversation)
    return {
        "conversation": conversation,
        "can_work": can_work,
        "exchange": messages_of(conversation),
        "publication": Publication.objects.filter(conversation=conversation).select_related("proposed_by").first(),
        "can_propose": can_work and publishing.can_propose(conversation, reader),
        "publication_form": PublicationForm(prefix="told"),
        "coupons": Coupon.objects.filter(conversation=conversation).select_related("campaign", "given_by"),
        "campaigns": campaigns_for(conversation) if can_work else [],
    }


def writing_side(conversation: Conversation, reader: Member) -> dict[str, Any]:
    """The same, and what one should know while writing: what they said last, and whether a letter would leave."""
    known = {"last_words": last_words(conversation, reader), "no_mail": why_no_mail(conversation)}
    return desk_side(conversation, reader) | known


def last_words(conversation: Conversation, reader: Member) -> Post | None:
    """What the customer said last in the thread, to be read while one writes to them. None for a mention. One query."""
    said = Post.objects.visible_to(reader).filter(thread=conversation.thread_id, author=conversation.customer_id)
    return said.order_by("-created_at", "-pk").first() if conversation.thread_id and conversation.customer_id else None


def messages_of(conversation: Conversation) -> list[Message]:
    """Oldest first, with all that staff/messages/item.html shows. One query."""
    return list(conversation.messages.private().select_related("author", "coupon__campaign", "helpful_link"))


def why_no_mail(conversation: Conversation) -> str:
    """What the agent should know before writing: that no letter would leave now."""
    member = conversation.customer
    if member is None or (may_be_written_to(member) and preference_of(member).wants(Notification.Kind.COMPANY)):
        return ""
    return f"{member.name} gets no mail from us at present: they will find it on their page, and in their bell."
