"""Switching a campaign on, after its preview was read, and off again."""

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction

from community.members.models import Member
from community.threads.permissions import require
from reviews.models import Invitation, InvitationCampaign

MANAGERS = "Managers decide whom we ask. Ask one of them."
CHANGED = "The campaign has changed since you looked at its preview. Look again, then switch it on."
OF_WEIGHT = ("category_id", "days_after", "reminders", "days_between", "greeting", "incentive", "starts_at", "ends_at")
_signer = Signer(salt="reviews.inviting.preview")


def seal_of(campaign: InvitationCampaign) -> str:
    """Stands for what the preview showed."""
    return _signer.sign_object({name: str(getattr(campaign, name)) for name in ("pk", *OF_WEIGHT)})


@transaction.atomic
def switch_on(*, by: Member, campaign: InvitationCampaign, seal: str) -> bool:
    """Let it plan and send. False if it does. Raises PermissionDenied, ValidationError for an old `seal`."""
    require(by.is_manager, MANAGERS)
    current = InvitationCampaign.objects.select_for_update().get(pk=campaign.pk)
    if current.is_active:
        return False
    if not _is_seal(seal, current):
        raise ValidationError(CHANGED)
    current.is_active = True
    current.save(update_fields=["is_active"])
    return True


@transaction.atomic
def switch_off(*, by: Member, campaign: InvitationCampaign) -> bool:
    """Nothing more leaves, reminders included; links in what was sent stay good. False if it was off.

    What was planned and not sent is forgotten: another campaign may ask about it, or this one once it is on again.
    """
    require(by.is_manager, MANAGERS)
    if not InvitationCampaign.objects.filter(pk=campaign.pk, is_active=True).update(is_active=False):
        return False
    Invitation.objects.filter(campaign=campaign, state=Invitation.State.PLANNED, sent_at=None).delete()
    return True


def _is_seal(seal: str, campaign: InvitationCampaign) -> bool:
    try:
        return bool(_signer.unsign_object(seal) == _signer.unsign_object(seal_of(campaign)))
    except (BadSignature, ValueError):
        return False
