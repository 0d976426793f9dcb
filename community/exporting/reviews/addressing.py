"""The feed's secret address: made, renewed, taken away."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from community.exporting.models import FeedAddress
from community.members.models import Member

ONLY = 1
"""The number of the one row."""


@transaction.atomic
def renew_address(*, by: Member) -> FeedAddress:
    """A new secret; whoever knew the old one knows nothing any more. Of two at once one row is left: the later's."""
    close_address(by=by)
    new = {"token": secrets.token_urlsafe(24), "made_at": timezone.now(), "made_by": by}
    return FeedAddress.objects.update_or_create(pk=ONLY, defaults=new)[0]


@transaction.atomic
def close_address(*, by: Member) -> bool:
    """Nobody can fetch the feed. False if nobody could."""
    if not by.is_manager:
        raise PermissionDenied("Managers decide who may fetch the feed.")
    return bool(FeedAddress.objects.all().delete()[0])
