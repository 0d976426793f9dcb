"""Goodwill: a coupon code out of an imported pool, given in a message to the customer alone.

A customer gets at most one code of a campaign; whoever asks twice is told of the first. The code stands in the letter
and on the customer's page, never in the message's text, so that it shows nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from community.members.models import Member
from community.threads.permissions import require
from staff.history import log
from staff.models import Campaign, Conversation, Coupon
from staff.one_to_one.writing import write_alone
from staff.permissions import Refused, require_can_work_on
from staff.triage.running import lock

LOW = 10
"""So few codes left are shown as running low."""


def with_counts() -> QuerySet[Campaign]:
    """Every campaign with `free` and `given`. One query."""
    free = Count("coupons", filter=Q(coupons__isnull=False, coupons__given_to=None))
    return Campaign.objects.annotate(free=free, given=Count("coupons") - free)


def free_in(campaign: Campaign) -> int:
    """How many codes are left, as `with_counts` counted."""
    return int(getattr(campaign, "free", 0))


def campaigns_for(conversation: Conversation) -> list[Campaign]:
    """Those out of which the customer may still be given a code, each with `free`."""
    if conversation.customer_id is None:
        return []
    has = Coupon.objects.filter(given_to=conversation.customer_id).values("campaign")
    today = timezone.localdate()
    others = with_counts().exclude(pk__in=has)
    return [campaign for campaign in others if campaign.is_open(today) and free_in(campaign)]


@dataclass(frozen=True)
class Given:
    """`is_new` is False where the customer had a code of this campaign before: nothing was sent then."""

    coupon: Coupon
    is_new: bool


def give(*, by: Member, conversation: Conversation, campaign: Campaign, because: str, body: str, **said: Any) -> Given:
    """Give the customer one code, with a message to them alone; `because` is for colleagues. `said` as for write_alone.

    Raises Refused when there is none to give, AskFirst as write_alone does.
    """
    require_can_work_on(by, conversation)
    require(conversation.customer_id is not None, "They have no account here to give a code to.")
    require(bool(because.strip()), "Say why: colleagues will read it.")
    try:
        with transaction.atomic():
            return _give(by, conversation, campaign, because, body, said)
    except IntegrityError:  # a parallel request gave them one
        return Given(Coupon.objects.get(campaign=campaign, given_to=conversation.customer_id), is_new=False)


def _give(
    by: Member, conversation: Conversation, campaign: Campaign, because: str, body: str, said: dict[str, Any]
) -> Given:
    current = lock(conversation)
    had = Coupon.objects.filter(campaign=campaign, given_to=current.customer_id).first()
    if had is not None:
        return Given(had, is_new=False)
    coupon = _take(campaign)
    coupon.given_to, coupon.given_by, coupon.given_at = current.customer, by, timezone.now()
    coupon.conversation, coupon.because = current, because.strip()[:200]
    coupon.save()
    coupon.message = write_alone(by=by, conversation=current, body=body, **said)
    coupon.save(update_fields=["message"])
    log(current, f"Gave a code of “{campaign.name}”: {coupon.because}", by=by, at=coupon.given_at)
    return Given(coupon, is_new=True)


def _take(campaign: Campaign) -> Coupon:
    """A free code, ours until the transaction ends. Two at once take different ones."""
    current = Campaign.objects.get(pk=campaign.pk)
    if not current.is_open(timezone.localdate()):
        raise Refused(f"“{current.name}” gives no codes at the moment.")
    free = Coupon.objects.select_for_update(skip_locked=True).filter(campaign=current, given_to=None)
    coupon = free.order_by("pk").first()
    if coupon is None:
        raise Refused(f"“{current.name}” has no codes left. A manager can bring in more.")
    return coupon
