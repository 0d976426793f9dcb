"""Choosing a page of conversations: one query on one table, answered by one index in its own order."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from community.members.models import Member
from staff.models import Conversation
from staff.models.conversation import ConversationQuerySet
from staff.queue.filters import MOST_WORDS, Filters, is_number

ROWS, MOST_PAGES = 25, 4000
ORDERS = {
    "due": ("due_at", "-priority", "pk"),
    "priority": ("-priority", "due_at", "pk"),
    "waiting": ("waiting_since", "pk"),
    "newest": ("-opened_at", "-pk"),
    "woken": ("snoozed_until", "pk"),
    "everything": ("-opened_at", "-pk"),
}


@dataclass(frozen=True)
class Chosen:
    """A page's conversations by number, in order."""

    ids: list[int]
    number: int
    has_next: bool


def conversations(filters: Filters, member: Member, now: datetime) -> ConversationQuerySet:
    """All that the filters hold, in their order."""
    held = Conversation.objects.queued_for(member).filter(filters.view.condition(member, now))
    if filters.type:
        held = held.filter(shown_type=filters.type)
    if filters.product:
        held = held.filter(product=filters.product)
    if filters.words:
        held = held.filter(matching(filters.words))
    return held.order_by(*ORDERS[filters.order])


def matching(words: str) -> Q:
    """Every word in the subject or the customer's name; or the conversation's own number."""
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= Q(subject__icontains=word) | Q(customer_name__icontains=word)
    number = words.removeprefix("#")
    return found | Q(pk=int(number)) if is_number(number) else found


def choose(filters: Filters, member: Member, now: datetime, number: int = 1) -> Chosen:
    """Page `number`, or the first if there is no such page. One query; a second one only then."""
    ids = _ids(filters, member, now, number)
    if not ids and number > 1:
        number, ids = 1, _ids(filters, member, now, 1)
    return Chosen(ids[:ROWS], number, len(ids) > ROWS)


def _ids(filters: Filters, member: Member, now: datetime, number: int) -> list[int]:
    start = (min(number, MOST_PAGES) - 1) * ROWS
    return list(conversations(filters, member, now).values_list("pk", flat=True)[start : start + ROWS + 1])


def next_after(current: Conversation, filters: Filters, member: Member, now: datetime) -> int | None:
    """The conversation after `current` in its view, or the first of the view after the last, that no colleague has.

    Two queries; on the view's first page.
    """
    ids = _ids(filters, member, now, 1)
    place = ids.index(current.pk) + 1 if current.pk in ids else 0
    theirs = Conversation.objects.filter(pk__in=ids, claimed_until__gt=now).exclude(claimed_by=member)
    not_wanted = {current.pk, *theirs.values_list("pk", flat=True)}
    return next((pk for pk in ids[place:] + ids[:place] if pk not in not_wanted), None)
