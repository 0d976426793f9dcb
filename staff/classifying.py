"""The conversation's type: one of the five, suggested by rules, decided by a person."""

from django.db import transaction

from community.members.models import Member
from staff.history import log
from staff.locking import lock_row
from staff.models import Conversation, ConversationType


@transaction.atomic
def set_type(*, by: Member, conversation: Conversation, type: str) -> bool:  # noqa: A002 - the desk says type
    """Confirm or change the type; replies sent before keep the type they were sent with. False if it stands already."""
    current = lock_row(by=by, conversation=conversation)
    if current.type == type and current.type_confirmed_by_id:
        return False
    label = ConversationType(type).label
    was = f", before that {current.get_type_display()}" if current.type and current.type != type else ""
    conversation.type, conversation.type_confirmed_by = type, by
    conversation.save(update_fields=["type", "type_confirmed_by"])
    log(conversation, f"Type: {label}{was}", by=by)
    return True
