"""A former customer is here again: posted something, or bought something."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q

from staff.history import log_event
from staff.models import FormerCustomer

State = FormerCustomer.State


@transaction.atomic
def note_return(*, member_id: int, at: datetime) -> bool:
    """`member_id` posted something at `at`. False for who is not on the list, or came back before."""
    found = FormerCustomer.objects.select_for_update(of=("self",)).filter(member=member_id, listed_at__lte=at)
    former = found.exclude(state=State.CAME_BACK).first()
    if former is None:
        return False
    former.state, former.state_changed_by, former.state_changed_at = State.CAME_BACK, None, at
    former.save(update_fields=["state", "state_changed_by", "state_changed_at"])
    if former.conversation is not None:
        log_event(former.conversation, "The customer came back, and wrote here", by_pk=None, at=at)
    return True


def note_purchases() -> int:
    """Those on the list who bought something since. Returns how many."""
    bought = Max("member__purchases__purchased_at", filter=Q(member__purchases__refunded_at=None))
    again = FormerCustomer.objects.exclude(state=State.CAME_BACK).annotate(bought_at=bought)
    rows = again.filter(bought_at__gt=F("listed_at")).values_list("member", "bought_at")
    return sum(note_return(member_id=member, at=at) for member, at in rows)
