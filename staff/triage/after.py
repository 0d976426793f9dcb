"""What is told of, once what triage has written is there to stay: for automation, which decides what else is done."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django_q.tasks import async_task

from staff.models import Conversation, Reason, Rule
from staff.triage.case import Finding

After = Callable[[Conversation, bool, list[Finding], datetime], None]


def tell_rules(conversation: Conversation, is_new: bool, raised: list[Finding], at: datetime) -> None:
    """A reason that a rule has raised sets off no other rule."""
    if is_new:
        _send(conversation, Rule.Event.OPENED, "opened")
    for finding in raised:
        if finding.kind != Reason.Kind.RULE:
            place = finding.post or finding.message or 0
            _send(conversation, Rule.Event.REASON_RAISED, f"{finding.kind}:{place}:{at.isoformat()}")


def _send(conversation: Conversation, event: str, key: str) -> None:
    transaction.on_commit(partial(async_task, "staff.tasks.run_rules", conversation.pk, str(event), key))


AFTER: tuple[After, ...] = (tell_rules,)
