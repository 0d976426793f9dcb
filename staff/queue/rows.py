"""What a row of the queue says: why, since when, until when, who has it, and who the customer is to us."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from community.members.models import Member
from community.products.models import Purchase
from community.threads.models import Thread
from staff.models import Conversation, ConversationType, Effect, Outcome, Reason
from staff.models.conversation import ConversationQuerySet
from staff.queue.clocks import clock_of, soon_at

REASONS_SHOWN = 3
ORIGINS = {
    "question": ("circle-help", "Question"),
    "review": ("star", "Review"),
    "elsewhere": ("arrow-up-right", "Said elsewhere"),
    "private": ("lock", "One-to-one"),
    "letter": ("mail", "Our own letter"),
}
EFFECTS = {
    Effect.STRENGTHENED.value: ("thumbs-up", "strengthened"),
    Effect.NO_CHANGE.value: ("minus", "no change"),
    Effect.WEAKENED.value: ("thumbs-down", "weakened"),
}


@dataclass(frozen=True)
class Row:
    conversation: Any
    clock: str
    soon_at: datetime | None
    whose: tuple[str, str] | None
    origin: tuple[str, str]
    standing: list[str]
    last_effect: tuple[str, str] | None
    is_current: bool

    @property
    def type(self) -> str:
        """“Retention”, or “Retention?” until somebody confirms it."""
        shown = self.conversation.shown_type
        return f"{ConversationType(shown).label}{'' if self.conversation.type else '?'}" if shown else ""

    @property
    def reasons(self) -> list[Reason]:
        return self.conversation.standing_reasons[:REASONS_SHOWN]

    @property
    def more_reasons(self) -> int:
        return max(0, len(self.conversation.standing_reasons) - REASONS_SHOWN)


def rows(ids: list[int], member: Member, now: datetime, current: int | None = None) -> list[Row]:
    """The rows of a page, in its order. Two queries; what was hidden a second ago is left out."""
    found = {conversation.pk: conversation for conversation in with_row_data(Conversation.objects.filter(pk__in=ids))}
    return [
        row_of(found[pk], member, now, current)
        for pk in ids
        if pk in found and (member.is_moderator or found[pk].thread is None or found[pk].thread.is_published)
    ]


def row_of(conversation: Any, reader: Member, now: datetime, current: int | None = None) -> Row:
    return Row(
        conversation=conversation,
        clock=clock_of(conversation, now),
        soon_at=soon_at(conversation),
        whose=whose(conversation, reader, now),
        origin=ORIGINS[origin_of(conversation)],
        standing=standing_of(conversation),
        last_effect=EFFECTS.get(conversation.last_effect or ""),
        is_current=conversation.pk == current,
    )


def with_row_data(chosen: ConversationQuerySet) -> Any:
    """People, product, reasons, and what the customer has bought and how we last did by them."""
    bought = Purchase.objects.standing().filter(member=OuterRef("customer")).order_by().values("member")
    said = Outcome.objects.standing().order_by("-recorded_at").values("effect")
    return (
        chosen.select_related("thread", "product", "customer", "claimed_by", "assigned_to", "mention__source")
        .annotate(
            purchases=Coalesce(Subquery(bought.annotate(count=Count("pk")).values("count")), 0),
            last_effect=Subquery(said.filter(post__thread__author=OuterRef("customer"))[:1]),
        )
        .prefetch_related(Prefetch("reasons", Reason.objects.standing(), to_attr="standing_reasons"))
    )


def whose(conversation: Conversation, reader: Member, now: datetime) -> tuple[str, str] | None:
    """Who has it just now, else whose job it is: an icon and words."""
    holder, owner = conversation.holder(now), conversation.assigned_to
    if holder is not None:
        return "user-check", "You have it" if holder == reader else f"{holder.name} has it"
    return None if owner is None else ("user", "for you" if owner == reader else f"for {owner.name}")


def origin_of(conversation: Conversation) -> str:
    """A key of ORIGINS: where the customer said it."""
    if conversation.is_private:
        return "private"
    if conversation.mention_id:
        return "elsewhere"
    if conversation.thread is None:
        return "letter"
    return "review" if conversation.thread.kind == Thread.Kind.REVIEW else "question"


def standing_of(conversation: Any) -> list[str]:
    """“since 2024”, “3 purchases”."""
    if conversation.customer is None:
        return ["not a member"]
    bought = conversation.purchases
    said = [f"since {conversation.customer.date_joined:%Y}"]
    said.append(f"{bought} purchase{'' if bought == 1 else 's'}" if bought else "no purchase")
    return said
