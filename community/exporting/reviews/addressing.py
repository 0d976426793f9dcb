"""The feed's secret address: made, renewed, taken away."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from community.exporting.models import FeedAddress
from community.members.models import Member


@transaction.atomic
def renew_address(*, by: Member) -> FeedAddress:
    """A new secret; whoever knew the old one knows nothing any more."""
    close_address(by=by)
    return FeedAddress.objects.create(token=secrets.token_urlsafe(24), made_by=by)


@transaction.atomic
def close_address(*, by: Member) -> bool:
    """Nobody can fetch the feed. False if nobody could."""
    if not by.is_manager:
        raise PermissionDenied("Managers decide who may fetch the feed.")
    return bool(FeedAddress.objects.all().delete()[0])
