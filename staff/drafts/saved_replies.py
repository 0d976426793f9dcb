"""Saved replies: words that agents often need. Finding, filling in, writing, changing and deleting them."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from community.members.models import Member
from community.threads.permissions import require
from staff.models import Conversation, SavedReply

OFFERED = 8
TWICE = "Another saved reply has this title. Choose one that tells them apart."


def found(words: str) -> QuerySet[SavedReply]:
    """Those that hold every one of `words` in title, category or text; all of them for none."""
    replies = SavedReply.objects.all()
    for word in words.split()[:8]:
        replies = replies.filter(Q(title__icontains=word) | Q(category__icontains=word) | Q(body__icontains=word))
    return replies


def offered(words: str) -> list[SavedReply]:
    """The eight that fit best: those named so first, then the most used."""
    replies = found(words).order_by("-times_used", "title")
    start = words.strip().lower()
    return sorted(replies[:50], key=lambda reply: not reply.title.lower().startswith(start))[:OFFERED]


def fill_in(body: str, conversation: Conversation) -> str:
    """`body` with {customer} and {product}; where we don't know, words that fit anybody."""
    customer = conversation.customer.name if conversation.customer else conversation.customer_name
    product = conversation.product.name if conversation.product else ""
    return body.replace("{customer}", customer or "there").replace("{product}", product or "your product")


def can_change(member: Member, reply: SavedReply) -> bool:
    """One's own; moderators everybody's."""
    return member.is_moderator or (member.is_responder and reply.written_by_id == member.pk)


@transaction.atomic
def write(*, by: Member, title: str, category: str, body: str) -> SavedReply:
    """Raises PermissionDenied, and ValidationError if the title is taken."""
    require(by.is_responder, "Only the company's staff write saved replies.")
    return _save(SavedReply(title=title, category=category, body=body, written_by=by))


@transaction.atomic
def change(*, by: Member, reply: SavedReply, title: str, category: str, body: str) -> bool:
    """False if it says so already. Raises as `write` does."""
    require_can_change(by, reply)
    if (reply.title, reply.category, reply.body) == (title, category, body):
        return False
    reply.title, reply.category, reply.body = title, category, body
    _save(reply)
    return True


@transaction.atomic
def delete(*, by: Member, reply: SavedReply) -> bool:
    """What was sent with it stays as it was sent. False if it is gone."""
    require_can_change(by, reply)
    return bool(SavedReply.objects.filter(pk=reply.pk).delete()[0])


def require_can_change(by: Member, reply: SavedReply) -> None:
    require(can_change(by, reply), "A colleague wrote this one. Ask them or a moderator, or write your own.")


def _save(reply: SavedReply) -> SavedReply:
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError as error:
        raise ValidationError({"title": TWICE}) from error
    return reply
