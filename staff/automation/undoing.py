"""What a person does with what a rule did or was kept from doing: take it back, do it now, drop it."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from staff.automation.acting import carry_out
from staff.automation.actions import ACTIONS
from staff.automation.actions.doing import Impossible
from staff.history import log
from staff.models import Conversation, RuleAction
from staff.permissions import Refused, require_can_work_on
from staff.triage.running import lock

State = RuleAction.State


@transaction.atomic
def undo(*, by: Member, line: RuleAction) -> bool:
    """Take back what a rule did. False if that was done already. Raises Refused where nothing is left to take back."""
    current, conversation = _take(by, line)
    if current.state == State.UNDONE:
        return False
    if current.state != State.DONE:
        raise Refused("The rule did nothing here, so there is nothing to take back.")
    why_not = ACTIONS[current.undo_data["action"]].undo(conversation, current.undo_data["undo"])
    if why_not:
        raise Refused(why_not)
    current.state, current.undone_at, current.undone_by = State.UNDONE, timezone.now(), by
    current.save(update_fields=["state", "undone_at", "undone_by"])
    log(conversation, f"Took back what the rule “{current.rule}” did: {current.what}", by=by)
    return True


@transaction.atomic
def do_now(*, by: Member, line: RuleAction) -> bool:
    """Do what a pause held back. False if somebody has decided already. A person may, while the pause stands.

    Raises Refused where it can't be done any more; then it is still there to drop.
    """
    current, conversation = _take(by, line)
    if current.state != State.HELD:
        return False
    current.decided_at, current.decided_by = timezone.now(), by
    try:
        wanted = current.undo_data
        would = ACTIONS[wanted["action"]].would(conversation, wanted["parameters"])
    except Impossible as problem:
        raise Refused(str(problem)) from problem
    if not would:
        raise Refused("There is nothing left to do here: the conversation is so already. Drop it.")
    carry_out(current, conversation, by_pk=by.pk)
    return True


@transaction.atomic
def drop(*, by: Member, line: RuleAction) -> bool:
    """Leave undone what a pause held back. False if somebody has decided already."""
    current, conversation = _take(by, line)
    if current.state != State.HELD:
        return False
    current.state, current.decided_at, current.decided_by = State.DROPPED, timezone.now(), by
    current.save(update_fields=["state", "decided_at", "decided_by"])
    log(conversation, f"Dropped what the rule “{current.rule}” was kept from: {current.what}", by=by)
    return True


def _take(by: Member, line: RuleAction) -> tuple[RuleAction, Conversation]:
    """Both as they stand now, held until the transaction ends."""
    conversation = lock(line.conversation)
    require_can_work_on(by, conversation)
    return RuleAction.objects.select_related("rule").get(pk=line.pk), conversation
