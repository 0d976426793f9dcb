"""Who has gone quiet: bought something once, nothing for so many months (a setting), and has not been here since."""

from datetime import datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post, ReadingDay
from staff.models import DeskSettings, FormerCustomer

State = FormerCustomer.State
BY_PURCHASES = "Purchases"
AT_ONCE = 500


def customers() -> QuerySet[Any]:
    """Members who may be on the list: real accounts of customers, each with `bought_at`, their last purchase kept."""
    real = Member.objects.filter(is_active=True, is_staff=False, is_unclaimed=False, erased_at=None)
    return real.annotate(bought_at=Max("purchases__purchased_at", filter=Q(purchases__refunded_at=None)))


def quiet_customers(now: datetime) -> QuerySet[Any]:
    """Those whose last purchase is as old as the setting says, who have written, read and signed in nothing since."""
    before = now - relativedelta(months=DeskSettings.current().quiet_months)
    wrote = Post.objects.filter(author=OuterRef("pk"), created_at__gte=before)
    read = ReadingDay.objects.filter(member=OuterRef("pk"), day__gte=before.date())
    quiet = customers().filter(Q(last_login=None) | Q(last_login__lt=before), bought_at__lt=before)
    return quiet.exclude(Exists(wrote)).exclude(Exists(read))


@transaction.atomic
def find_quiet(now: datetime | None = None) -> int:
    """Put those on the list who have gone quiet; take off who is quiet no more, unless somebody has worked on it.

    Running it again changes nothing. Returns how many came on. Three queries, and one for each 500 that come on.
    """
    now = now or timezone.now()
    quiet = quiet_customers(now)
    waiting = FormerCustomer.objects.filter(state=State.TO_WRITE, found_by=BY_PURCHASES, state_changed_at=None)
    waiting.exclude(member__in=quiet.values("pk")).delete()
    fresh = quiet.filter(former_customer=None).values_list("pk", "bought_at")
    rows = [
        FormerCustomer(member_id=pk, found_by=BY_PURCHASES, last_purchase_at=bought_at, listed_at=now)
        for pk, bought_at in fresh
    ]
    FormerCustomer.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(rows)
