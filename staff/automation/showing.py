"""What the pages about automation show: the switch, a line of the log, what waits."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from community.notifications.models import Notification
from community.threads.models import Pause
from community.threads.pausing import can_lift, site_pause
from staff.automation.pause_forms import PauseForm, StopForm
from staff.automation.words import until_in_words
from staff.models import Conversation, RuleAction
from staff.outcomes.asking_help import due_questions
from staff.permissions import can_work_on

SHOWN_HERE = 8


@dataclass(frozen=True)
class ShownPause:
    pause: Pause
    until: str
    may_lift: bool


def shown(pause: Pause, member: Any) -> ShownPause:
    return ShownPause(pause, until_in_words(pause), can_lift(member, pause))


def switch_for(member: Any) -> dict[str, Any]:
    """The big switch on every staff page. One query while automation is on, two while it is stopped."""
    stopped = site_pause()
    return {
        "stopped": shown(stopped, member) if stopped else None,
        "stop_form": None if stopped else StopForm(),
        "held": RuleAction.objects.held().count() if stopped else 0,
        "may_stop": member.is_responder,
    }


def here(conversation: Conversation, member: Any) -> dict[str, Any]:
    """Of one conversation: what rules did or were kept from, and what is paused. Three queries."""
    lines = conversation.rule_actions.with_list_data()[:SHOWN_HERE]
    now = timezone.now()
    standing = Pause.objects.standing(now).select_related("category", "customer", "paused_by")
    of_thread = standing.filter(thread=conversation.thread_id) if conversation.thread_id else standing.none()
    of_customer = standing.filter(customer=conversation.customer_id) if conversation.customer_id else standing.none()
    return {
        "lines": lines,
        "pauses": [shown(pause, member) for pause in of_thread | of_customer],
        "may_act": can_work_on(member, conversation),
        "thread_form": PauseForm(auto_id="pause_thread_%s"),
        "customer_form": PauseForm(auto_id="pause_customer_%s"),
    }


def questions_held() -> int:
    """“Did this help you?” that are due while a person has paused something."""
    now = timezone.now()
    return due_questions(now).count() if Pause.objects.standing(now).by_hand().exists() else 0


def letters_held() -> int:
    """Letters to customers that are due while a person has paused something; 0 where nothing is paused."""
    if not Pause.objects.standing(timezone.now()).by_hand().exists():
        return 0
    due = Notification.objects.due(timezone.now()).exclude(kind__in=Notification.AMONG_STAFF)
    return due.count()
