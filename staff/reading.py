"""What has been said in a conversation's thread, as the desk needs to know it."""

from django.db.models import QuerySet

from community.threads.models import Post
from staff.models import Conversation


def messages_of_customer(conversation: Conversation) -> QuerySet[Post]:
    """What the customer said in public, oldest first."""
    return Post.objects.published().filter(thread=conversation.thread_id, author=conversation.customer_id)


def unseen_messages(conversation: Conversation, seen_post: int | None) -> list[Post]:
    """What the customer wrote after the last post that somebody had on their page; nothing if that is not known."""
    return list(messages_of_customer(conversation).filter(pk__gt=seen_post)) if seen_post else []


def company_replies(conversation: Conversation) -> QuerySet[Post]:
    """What the company said in public, “we are looking into it” left out."""
    replies = Post.objects.published().official().filter(thread=conversation.thread_id)
    return replies.exclude(reply__is_holding=True)
