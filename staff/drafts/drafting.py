"""What a reply was made from: saved replies and suggestions, named in the form as “saved-3 suggestion-5”."""

import re

from django.db.models import F
from django.utils import timezone

from community.members.models import Member
from staff.models import Conversation, SavedReply, Suggestion

_NAMES = re.compile(r"\b(saved|suggestion)-(\d{1,9})\b")


def note_used(*, by: Member, conversation: Conversation, drafts: str, sent: str) -> None:
    """Count the saved replies, and keep with each suggestion what was sent and by whom. Call it when it is sent.

    Names that lead nowhere, or into another conversation, count for nothing.
    """
    saved, suggested = _named(drafts, "saved"), _named(drafts, "suggestion")
    if suggested:
        used = Suggestion.objects.filter(conversation=conversation, used_at=None, pk__in=suggested)
        saved |= set(used.exclude(saved_reply=None).values_list("saved_reply_id", flat=True))
        used.update(used_at=timezone.now(), used_by=by, sent=sent)
    if saved:
        SavedReply.objects.filter(pk__in=saved).update(times_used=F("times_used") + 1)


def _named(drafts: str, kind: str) -> set[int]:
    return {int(number) for name, number in _NAMES.findall(drafts) if name == kind}
