"""The network address that a review came from: never kept itself, only whether two came from the same one."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from reviews.models import Review, SentFrom

KEPT_FOR = timedelta(days=90)
UNKNOWN = "unknown"


def note_address(review: Review, address: str) -> None:
    """Keep a keyed hash of where `review` was sent in from: of members.visitors.visitor_of. Once a review."""
    if address != UNKNOWN:
        SentFrom.objects.get_or_create(review=review, defaults={"digest": digest_of(address)})


def digest_of(address: str) -> str:
    """Without the site's secret key nobody gets from here to the address, nor checks a guess."""
    return salted_hmac("reviews.suspicion.addresses", address, algorithm="sha256").hexdigest()


def purge_addresses() -> int:
    """Delete what was noted 90 days ago. Returns how many went."""
    return SentFrom.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]
