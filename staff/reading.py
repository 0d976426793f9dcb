"""What has been said in a conversation, in public and one-to-one, as the desk needs to know it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet

from community.members.models import Member
from community.threads.models import Post
from staff.models import Conversation, Message


def messages_of_customer(conversation: Conversation) -> QuerySet[Post]:
    """What the customer said in public, oldest first."""
    return Post.objects.published().filter(thread=conversation.thread_id, author=conversation.customer_id)


def has_written_since(conversation: Conversation, seen_post: int | None, seen_message: int | None) -> bool:
    """Did the customer write after the last post and message that somebody had on their page? None: not known."""
    posts = messages_of_customer(conversation).filter(pk__gt=seen_post or 0)
    messages = conversation.messages.from_customer().filter(pk__gt=seen_message or 0)
    return bool((seen_post is not None and posts.exists()) or (seen_message is not None and messages.exists()))


def has_written_after(conversation: Conversation, moment: datetime | None) -> bool:
    """The same for who knows when the newest on their page was said. No, if that is not known."""
    if moment is None:
        return False
    alone = conversation.messages.from_customer().filter(created_at__gt=moment)
    return alone.exists() or messages_of_customer(conversation).filter(created_at__gt=moment).exists()


def newest_said_at(conversation: Conversation) -> datetime | None:
    """When anybody last said something in it, in public or alone. Two queries."""
    posts = Post.objects.published().filter(thread=conversation.thread_id).aggregate(at=Max("created_at"))["at"]
    messages = conversation.messages.aggregate(at=Max("created_at"))["at"]
    return max((at for at in (posts, messages) if at), default=None)


def company_replies(conversation: Conversation) -> QuerySet[Post]:
    """What the company said in public, “we are looking into it” left out."""
    replies = Post.objects.published().official().filter(thread=conversation.thread_id)
    return replies.exclude(reply__is_holding=True)


def last_company_word(conversation: Conversation) -> Post | Message | None:
    """The company's last reply, wherever it reached the customer; holding replies left out. Two queries."""
    public = company_replies(conversation).select_related("author", "thread").order_by("-created_at", "-pk").first()
    messages = conversation.messages.from_company().filter(is_holding=False).select_related("author")
    alone = messages.order_by("-created_at", "-pk").first()
    said = [word for word in (public, alone) if word is not None]
    return max(said, key=lambda word: word.created_at, default=None)


def customer_of(conversation: Conversation) -> Member:
    """Who wrote, where they have an account here. PermissionDenied, with a sentence, where they have none."""
    if conversation.customer is None:
        raise PermissionDenied("They have no account here to write to.")
    return conversation.customer


def name_of_customer(conversation: Conversation) -> str:
    """What the page calls who wrote: a member's name, or the one they have elsewhere."""
    return conversation.customer.name if conversation.customer else conversation.customer_name or "They"
