"""Keeps “verified purchase” true to the orders: found later, called off, given back. Only orders decide.

The evidence is stored with the review when it is written. An order found later counts if it was made before the
review, unless the system that the review came from said that it was no purchase. Who gives the product back has had it:
the label stays, and the log notes it; else refunds would take the label from those who were disappointed. An order
called off before it was sent never was a purchase: that takes it off.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from community.products.models import Purchase
from community.threads.models import Edition
from reviews.models import Review, ReviewRecord
from reviews.recording import record

Kind = ReviewRecord.Kind


def verify_purchases() -> int:
    """Bring every review in step with the orders as they stand; how many changed. Again, it changes nothing."""
    taken_off = sum(_take_off(review) for review in _called_off())
    found = sum(_verify(review) for review in _found_later())
    return taken_off + found + sum(_note_refund(review) for review in _given_back())


def _called_off() -> QuerySet[Review]:
    return Review.objects.filter(purchase__refunded_at__isnull=False, purchase__fulfilled_at=None).with_list_data()


def _given_back() -> QuerySet[Review]:
    """Whose product was given back, as the log does not know yet."""
    given_back = Review.objects.filter(purchase__refunded_at__isnull=False, purchase__fulfilled_at__isnull=False)
    noted = ReviewRecord.objects.filter(review=OuterRef("pk"), kind=Kind.REFUNDED)
    return given_back.filter(~Exists(noted)).with_list_data()


def _found_later() -> QuerySet[Review]:
    """Reviews without a purchase that an order by now is one for; `found` is its number.

    By account, and by each address that the author has proven: two look-ups by index a review, not one with an OR.
    """
    orders = Purchase.objects.evidence().filter(
        product=OuterRef("thread__product"), purchased_at__lte=OuterRef("thread__created_at")
    )
    proven = EmailAddress.objects.filter(user=OuterRef(OuterRef("thread__author")), verified=True)
    own = orders.filter(member=OuterRef("thread__author"))
    addressed = orders.annotate(low=Lower("email")).filter(member=None, low__in=proven.values(low=Lower("email")))
    newest = [Subquery(some.order_by("-purchased_at", "-pk").values("pk")[:1]) for some in (own, addressed)]
    denied = ReviewRecord.objects.filter(review=OuterRef("pk"), kind=Kind.IMPORTED, evidence__claimed_verified=False)
    wanting = Review.objects.filter(~Exists(denied), purchase=None).with_list_data()
    return wanting.annotate(found=Coalesce(*newest)).exclude(found=None)


@transaction.atomic
def _verify(review: Review) -> bool:
    number: int = review.found  # type: ignore[attr-defined]  # annotated by _found_later()
    if not Review.objects.filter(pk=review.pk, purchase=None).update(purchase=number):
        return False
    record(review, Kind.VERIFIED, reason="An order was found", purchase=number)
    Edition.advance()
    return True


@transaction.atomic
def _take_off(review: Review) -> bool:
    number = review.purchase_id
    if not Review.objects.filter(pk=review.pk, purchase=number).update(purchase=None):
        return False
    record(review, Kind.UNVERIFIED, reason="The order was called off before it was sent", purchase=number)
    Edition.advance()
    return True


@transaction.atomic
def _note_refund(review: Review) -> bool:
    if review.records.filter(kind=Kind.REFUNDED).exists():
        return False
    record(review, Kind.REFUNDED, reason="The product was given back", purchase=review.purchase_id)
    return True
