"""Who is known for what in the demo: two experts whom the manager named, and all that follows from what was said."""

from datetime import datetime, timedelta

from django.db import transaction

from community.demo.content import read
from community.members.models import Member
from community.people.models import Expertise
from community.people.naming import name_expert
from community.products.models import Product
from community.recognising.recognising import recognise_all

NAMED_DAYS_AGO = 40


@transaction.atomic
def name_experts(now: datetime) -> int:
    """Says how many were named now."""
    manager, named = Member.objects.get(username="manager"), 0
    for row in (row for row in read("members")["member"] if "expert_on" in row):
        member, product = Member.objects.get(username=row["username"]), Product.objects.get(slug=row["expert_on"])
        if name_expert(by=manager, member=member, product=product):
            rows = Expertise.objects.filter(member=member, product=product)
            named += rows.update(named_at=now - timedelta(days=NAMED_DAYS_AGO))
    return named


def make_known(now: datetime) -> int:
    """Name the experts, count and award; says how many rows changed."""
    return name_experts(now) + recognise_all()
