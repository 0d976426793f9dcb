"""Not being asked any more: an address with or without an account; and being asked again."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from community.members.consenting import give_consent, withdraw_consent
from community.members.models import Consent, Member
from reviews.inviting.owners import owner_of
from reviews.models import Invitation, InvitationStop

CONSENT = {"channel": Consent.Channel.MAIL, "purpose": Consent.Purpose.INVITATION}
SOURCE = "link in an invitation"
REFUSED = "They asked not to be asked"


def is_stopped(address: str, owner: Member | None) -> bool:
    """What was said last holds, whether by a link in a mail or among the account's consents. At most 2 queries."""
    stop = _stops(address).first()
    said = Consent.objects.filter(member=owner, **CONSENT).order_by("-created_at", "-pk").first() if owner else None
    if stop is None:
        return said is not None and not said.is_given
    return said is None or not said.is_given or said.created_at < stop.created_at


@transaction.atomic
def stop(address: str) -> bool:
    """Ask this address no more, and drop what was to come. False if it was so already."""
    owner = owner_of(address)
    withdrawn = bool(owner and withdraw_consent(by=owner, source=SOURCE, **CONSENT))
    running = Invitation.objects.to(address).exclude(state=Invitation.State.ENDED)
    Invitation.objects.filter(pk__in=[row.pk for row in running]).update(
        state=Invitation.State.ENDED, why_ended=REFUSED
    )
    if is_stopped(address, None):
        return withdrawn
    try:
        with transaction.atomic():
            InvitationStop.objects.create(email=address.lower())
    except IntegrityError:
        return withdrawn
    return True


@transaction.atomic
def go_on(address: str) -> bool:
    """They may be asked again about what they buy from now on. False if they were not stopped."""
    owner = owner_of(address)
    given = bool(owner and give_consent(by=owner, source=SOURCE, **CONSENT))
    gone = InvitationStop.objects.filter(pk__in=[row.pk for row in _stops(address)]).delete()[0]
    return given or bool(gone)


def _stops(address: str) -> QuerySet[InvitationStop]:
    return InvitationStop.objects.annotate(address=Lower("email")).filter(address=address.lower())
