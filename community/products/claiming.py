"""Tying purchases to the accounts whose proven addresses they were made with."""

from allauth.account.models import EmailAddress
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower

from community.products.models import Purchase


def claim_purchases(*, address: str = "") -> int:
    """Give unclaimed purchases to whoever has verified their address; only those made with `address`, if given.

    One query, safe to repeat. Says how many. Runs when an address is proven, after an import, and once a day.
    """
    owners = EmailAddress.objects.filter(verified=True).annotate(address=Lower("email"))
    owner = owners.filter(address=OuterRef("address")).order_by("-primary", "pk").values("user")[:1]
    unclaimed = Purchase.objects.filter(member=None).annotate(address=Lower("email"))
    if address:
        unclaimed = unclaimed.filter(address=address.lower())
    return unclaimed.filter(address__in=owners.values("address")).update(member=Subquery(owner))
