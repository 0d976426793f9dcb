"""A rule that fails: noted each time, and after three times in a row switched off, with word to the managers."""

import logging

from django.urls import reverse
from django.utils import timezone

from community.members.models import Member, Role
from community.notifications.models import Notification
from community.notifications.telling import tell_of
from staff.automation.actions.doing import Impossible
from staff.automation.happenings import Happening
from staff.models import Rule, RuleAction, RuleChange

logger = logging.getLogger(__name__)
MOST_FAILURES = 3
UNEXPECTED = "Something unexpected went wrong. Whoever runs the server finds it in the log."


def note_failure(rule: Rule, happening: Happening, error: Exception) -> None:
    """The same thing is not tried again. Inside the transaction of what else happened."""
    sentence = str(error) if isinstance(error, Impossible) else UNEXPECTED
    if not isinstance(error, Impossible):
        logger.error("The rule %d failed on %s.", rule.pk, happening, exc_info=error)
    RuleAction.objects.create(
        rule=rule,
        conversation_id=happening.conversation,
        key=happening.key,
        state=RuleAction.State.FAILED,
        what="Failed",
        error=sentence[:300],
        at=happening.at,
    )
    rule.failures += 1
    rule.save(update_fields=["failures"])
    if rule.failures >= MOST_FAILURES:
        _switch_off(rule, sentence)


def _switch_off(rule: Rule, sentence: str) -> None:
    """It has to be tried anew before it is on again."""
    now = timezone.now()
    rule.is_on, rule.tried_at, rule.switched_at, rule.switched_by = False, None, now, None
    rule.save(update_fields=["is_on", "tried_at", "switched_at", "switched_by"])
    what = f"Switched off by itself: it failed {MOST_FAILURES} times in a row. {sentence}"
    RuleChange.objects.create(rule=rule, actor=None, what=what[:300], at=now)
    for manager in Member.objects.filter(is_active=True, is_staff=True, role=Role.MANAGER):
        tell_of(
            member=manager,
            kind=Notification.Kind.DESK,
            address=reverse("automation_rule", args=[rule.pk]),
            subject=f"The rule “{rule}” failed {MOST_FAILURES} times in a row and was switched off.",
            actor=None,
            happened_at=now,
        )
