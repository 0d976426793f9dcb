"""Short ways to buy, plan and send in a test of invitations."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from community.products.models import Product, ProductCategory, Purchase
from reviews.inviting.links import path_of
from reviews.inviting.planning import plan
from reviews.inviting.sending import send_due
from reviews.models import InvitationCampaign, InvitedPurchase

DAYS = 15


def campaign(**changes: Any) -> InvitationCampaign:
    """Active, and meant for all that left in the last half year."""
    fields = {"name": "Autumn", "is_active": True, "starts_at": timezone.now() - timedelta(days=200)} | changes
    return InvitationCampaign.objects.create(**fields)


def another_product(number: int = 1, **changes: Any) -> Product:
    shelf = ProductCategory.objects.get_or_create(slug="knitwear", defaults={"name": "Knitwear"})[0]
    fields = {"name": f"Scarf {number}", "slug": f"scarf-{number}", "sku": f"SC-{number}", "category": shelf} | changes
    return Product.objects.create(**fields)


def bought(product: Product, *, days: float = DAYS, email: str = "ida@example.com", **changes: Any) -> Purchase:
    """Sent `days` ago, to somebody without an account unless said otherwise."""
    then = timezone.now() - timedelta(days=days)
    fields = {"name": "Ida Berg", "reference": f"A-{Purchase.objects.count() + 1}", "purchased_at": then} | changes
    return Purchase.objects.create(**{"product": product, "email": email, "fulfilled_at": then} | fields)


def ask(now: datetime | None = None) -> list[EmailMultiAlternatives]:
    """What leaves now."""
    before = len(mail.outbox)
    plan(now)
    send_due(now)
    return mail.outbox[before:]


def link_to(product: Product, **purchase: Any) -> str:
    """The address that a buyer of `product` was sent."""
    InvitationCampaign.objects.exists() or campaign()
    row = bought(product, **purchase)
    ask()
    return path_of(InvitedPurchase.objects.get(purchase=row))


def links_in(letter: EmailMultiAlternatives, part: str = "/invited/") -> list[str]:
    """The paths of a letter's links, in their order."""
    words = letter.body.split()
    return [urlsplit(word).path for word in words if word.startswith("http") and part in word]
