"""The signed addresses in our mails: one a product, one to stop, one to what was written. None needs a session."""

from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.urls import reverse

from reviews.models import Invitation, InvitedPurchase, Review

ITEM, STOP, WRITTEN = "reviews.invited", "reviews.invited.stop", "reviews.invited.written"


def token_of(item: InvitedPurchase) -> str:
    """When it expires stands in its invitation, so that no token outlives a change of mind."""
    return dumps(item.pk, salt=ITEM)


def path_of(item: InvitedPurchase) -> str:
    return reverse("invited", args=[token_of(item)])


def item_of(token: str) -> InvitedPurchase | None:
    """None for a token that is not ours, or whose purchase has gone. One query."""
    related = ("purchase__product__category", "purchase__member", "invitation__campaign", "review__thread")
    return InvitedPurchase.objects.select_related(*related).filter(pk=_number(token, ITEM) or 0).first()


def is_ours(token: str) -> bool:
    """Was it signed here, whatever became of its purchase?"""
    return _number(token, ITEM) is not None


def stopping_path(invitation: Invitation) -> str:
    """Holds for ever: old letters are read late."""
    return reverse("no_more_invitations", args=[dumps(invitation.email.lower(), salt=STOP)])


def address_of(token: str) -> str | None:
    """Whose mail it is to stop; it works when the invitation has long gone."""
    address = _load(token, STOP)
    return address if isinstance(address, str) else None


def written_path(review: Review) -> str:
    return reverse("written_by_invitation", args=[dumps(review.pk, salt=WRITTEN)])


def review_of(token: str) -> Review | None:
    """The review that was written without signing in: who has this link got it by mail at the author's address."""
    return Review.objects.with_list_data().filter(pk=_number(token, WRITTEN) or 0).first()


def _number(token: str, salt: str) -> int | None:
    pk = _load(token, salt)
    return pk if isinstance(pk, int) else None


def _load(token: str, salt: str) -> Any:
    try:
        return loads(token, salt=salt)
    except (BadSignature, ValueError, TypeError):
        return None
