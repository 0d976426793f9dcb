"""A campaign's mails as they will look, made from nothing that is stored: to look at before it is switched on."""

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.utils import timezone

from community.products.models import Product, Purchase
from reviews.inviting.letters import compose
from reviews.inviting.sending import LINKS_HOLD
from reviews.models import Invitation, InvitationCampaign, InvitedPurchase

NOBODY = "somebody@example.com"


def sample_letter(campaign: InvitationCampaign, nth: int, to: str = NOBODY) -> EmailMultiAlternatives:
    """The first mail (0) or a reminder, about products that it could ask about, for `to`. Its links lead nowhere."""
    now = timezone.now()
    invitation = Invitation(
        campaign=campaign,
        email=NOBODY,
        name="Mara Lind",
        sent_at=now,
        expires_at=now + LINKS_HOLD,
        reminders_sent=min(nth, campaign.reminders),
    )
    shelf = Q(category=campaign.category_id) if campaign.category_id else Q()
    products = list(Product.objects.on_sale().filter(shelf)[: 2 if nth == 0 else 1])
    products = products or [Product(name="What they bought", slug="what-they-bought")]
    items = [InvitedPurchase(invitation=invitation, purchase=_purchase(product)) for product in products]
    letter = compose(invitation, items)
    letter.to = [to]
    return letter


def _purchase(product: Product) -> Purchase:
    return Purchase(product=product, reference="A-1042")
