"""The re-activation list and one line of it, as its pages show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse

from community.branding.models import Branding
from community.members.models import Consent, Member
from community.products.models import Purchase
from staff.customer import standing_of
from staff.former.working import why_not
from staff.models import Conversation, DeskSettings, FormerCustomer, Leaving

ROWS = 50
State = FormerCustomer.State


def state_of(asked: str) -> str:
    """The state asked for; those to write to where it is none."""
    return asked if asked in State.values else State.TO_WRITE


def rows(state: str) -> QuerySet[FormerCustomer]:
    """Those in `state`, with what their row shows: who, what they bought last, how often we talked. One query."""
    bought = Purchase.objects.standing().filter(member=OuterRef("member")).order_by("-purchased_at")
    talked = Conversation.objects.filter(customer=OuterRef("member")).order_by().values("customer")
    return (
        FormerCustomer.objects.filter(state=state)
        .select_related("member", "conversation", "state_changed_by")
        .annotate(
            last_product=Subquery(bought.values("product__name")[:1]),
            talks=Subquery(talked.annotate(count=Count("pk")).values("count")[:1]),
        )
    )


def with_allowed(page: Iterable[FormerCustomer]) -> list[tuple[FormerCustomer, list[str]]]:
    """Each with the ways in which they allow to be written to, as of now. One query."""
    listed = list(page)
    said = Consent.objects.filter(
        member__in=[one.member_id for one in listed], purpose=Consent.Purpose.REACTIVATION
    ).order_by("created_at", "pk")
    newest = {(one.member_id, one.channel): one for one in said}
    return [(one, _allowed(newest, one.member_id)) for one in listed]


def _allowed(newest: dict[tuple[int, str], Consent], member_id: int) -> list[str]:
    entries = (newest.get((member_id, channel)) for channel in Consent.Channel.values)
    return [entry.get_channel_display() for entry in entries if entry is not None and entry.is_given]


def tabs(current: str) -> list[dict[str, Any]]:
    counts = dict(FormerCustomer.objects.values_list("state").annotate(count=Count("pk")).order_by())
    return [
        {
            "label": state.label,
            "url": f"{reverse('former_customers')}?state={state.value}",
            "current": state == current,
            "count": counts.get(state.value, 0),
        }
        for state in State
    ]


def page_of(former: FormerCustomer, reader: Member) -> dict[str, Any]:
    """Why they are on the list, what we know of them, and whether they may be written to."""
    return {
        "former": former,
        "standing": standing_of(Conversation(customer=former.member)),
        "why_not": why_not(former),
        "leavings": Leaving.objects.filter(member=former.member).select_related("recorded_by"),
        "consents": former.member.consents.filter(purpose=Consent.Purpose.REACTIVATION)[:10],
        "can_work": reader.is_responder,
    }


def beginning(former: FormerCustomer) -> dict[str, str]:
    """How the message may begin; the rest is the agent's own."""
    return {"subject": f"A word from {Branding.current().name}", "body": f"Dear {former.member.name},\n\n"}


def quiet_months() -> int:
    return DeskSettings.current().quiet_months
