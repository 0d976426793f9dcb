"""Whether somebody bought what they review, and what asked them to. Only an order says so; no person can."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from community.members.models import Member
from community.products.models import Product, Purchase, PurchaseQuerySet
from reviews.models import InvitationCampaign, InvitedPurchase

USED = "This link has been used already. You can still review the product from its own page."


@dataclass(frozen=True)
class Evidence:
    """What stands behind a review when it is written."""

    purchase: Purchase | None = None
    invited: InvitedPurchase | None = None

    @property
    def campaign(self) -> InvitationCampaign | None:
        return self.invited.invitation.campaign if self.invited else None

    @property
    def is_incentivised(self) -> bool:
        """Something was promised for it, whatever it says."""
        return bool(self.campaign and self.campaign.incentive)

    @property
    def invitation_number(self) -> int | None:
        """For the log, which adds the purchase and the campaign by itself."""
        return self.invited.invitation_id if self.invited else None


def purchases_of(member: Member) -> PurchaseQuerySet:
    """What `member` bought, newest first: tied to the account, or made with an address that it has verified.

    What was made with any other address is somebody else's for all we know: it's neither shown nor counted.
    """
    verified = EmailAddress.objects.filter(user=member, verified=True).values(address=Lower("email"))
    purchases = Purchase.objects.annotate(address=Lower("email"))
    return purchases.filter(Q(member=member) | Q(member=None, address__in=verified))


def find_purchase(member: Member, product: Product) -> Purchase | None:
    """The newest purchase of `product` by `member` that proves one, whatever they think of it now."""
    return purchases_of(member).evidence().filter(product=product).first() if member.pk else None


def evidence_for(member: Member, product: Product, invited: InvitedPurchase | None) -> Evidence:
    """`invited` is the link that `member` followed; without one, who was written to is still counted as asked.

    Else a promised reward would go unsaid on a review written from the product's page. Raises ValidationError for a
    link that is used up or asks about something else. Locks the link until the transaction ends.
    """
    links = InvitedPurchase.objects.select_for_update(of=("self",), no_key=True)
    return _evidence(member, product, invited, links)


def expected_evidence(member: Member, product: Product, invited: InvitedPurchase | None) -> Evidence:
    """What would stand behind `member`'s review if they sent it now, to be told beforehand."""
    try:
        return _evidence(member, product, invited, InvitedPurchase.objects.all())
    except ValidationError:
        return Evidence(find_purchase(member, product))


def _evidence(
    member: Member, product: Product, invited: InvitedPurchase | None, links: QuerySet[InvitedPurchase]
) -> Evidence:
    links = links.select_related("purchase", "invitation__campaign")
    if invited is None:
        purchase = find_purchase(member, product)
        asked = links.filter(purchase=purchase, used_at=None, invitation__sent_at__isnull=False)
        return Evidence(purchase, asked.first() if purchase else None)
    found = links.filter(pk=invited.pk).first()
    if found is None or found.used_at or found.purchase.product_id != product.pk:
        raise ValidationError(USED)
    is_evidence = Purchase.objects.evidence().filter(pk=found.purchase_id).exists()
    return Evidence(found.purchase if is_evidence else find_purchase(member, product), found)
