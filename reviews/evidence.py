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

    def in_numbers(self) -> dict[str, int | None]:
        """For the log."""
        return {
            "purchase": self.purchase and self.purchase.pk,
            "campaign": self.campaign and self.campaign.pk,
            "invitation": self.invited and self.invited.invitation_id,
        }


def purchases_of(member: Member) -> PurchaseQuerySet:
    """What `member` bought, newest first: tied to the account, or made with an address that it has verified.

    What was made with any other address is somebody else's for all we know: it's neither shown nor counted.
    """
    verified = EmailAddress.objects.filter(user=member, verified=True).values(address=Lower("email"))
    purchases = Purchase.objects.annotate(address=Lower("email"))
    return purchases.filter(Q(member=member) | Q(member=None, address__in=verified))


def find_purchase(member: Member, product: Product) -> Purchase | None:
    """The newest purchase of `product` by `member` that was not given back."""
    return purchases_of(member).standing().filter(product=product).first()


def evidence_for(member: Member, product: Product, invited: InvitedPurchase | None) -> Evidence:
    """`invited` is the link that `member` followed; without one, who was written to is still counted as asked.

    Else a promised reward would go unsaid on a review written from the product's page. Raises ValidationError for a
    link that is used up or asks about something else.
    """
    if invited is None:
        purchase = find_purchase(member, product)
        asked = _locked().filter(purchase=purchase, used_at=None, invitation__sent_at__isnull=False)
        return Evidence(purchase, asked.first() if purchase else None)
    invited = _locked().filter(pk=invited.pk).first()
    if invited is None or invited.used_at or invited.purchase.product_id != product.pk:
        raise ValidationError(USED)
    is_standing = invited.purchase.refunded_at is None
    return Evidence(invited.purchase if is_standing else find_purchase(member, product), invited)


def _locked() -> QuerySet[InvitedPurchase]:
    rows = InvitedPurchase.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("purchase", "invitation__campaign")
