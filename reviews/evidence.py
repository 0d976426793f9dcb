"""Whether somebody bought what they review. Only an order says so; no person can."""

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower

from community.members.models import Member
from community.products.models import Product, Purchase


def find_purchase(member: Member, product: Product) -> Purchase | None:
    """The newest purchase of `product` not given back, tied to the account or to an address that it has verified."""
    verified = EmailAddress.objects.filter(user=member, verified=True).values(address=Lower("email"))
    purchases = Purchase.objects.standing().filter(product=product).annotate(address=Lower("email"))
    return purchases.filter(Q(member=member) | Q(member=None, address__in=verified)).first()
