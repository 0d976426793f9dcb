"""Pauses and rules in words, the same on every page and in the log."""

from django.utils import timezone
from django.utils.formats import date_format

from community.threads.models import Pause
from staff.automation.actions import ACTIONS
from staff.automation.conditions import sentences
from staff.models import Rule


def in_words(pause: Pause) -> str:
    """Who, what, why and until when."""
    who = str(pause.paused_by) if pause.paused_by else "A rule"
    return f"{who} paused {pause.of_what}: {pause.because}. {until_in_words(pause)}."


def until_in_words(pause: Pause) -> str:
    if pause.until:
        return f"Until {date_format(timezone.localtime(pause.until), 'j F, H:i')}"
    return "Until the conversation is closed" if pause.is_after_reply else "Until somebody lifts it"


def rule_in_words(rule: Rule) -> str:
    """When it acts, where, and what it does, in one sentence."""
    where = ", and ".join(sentences(rule.conditions))
    return f"When {_EVENTS[Rule.Event(rule.event)]}{f', only where {where}' if where else ''}: {action_in_words(rule)}."


def action_in_words(rule: Rule) -> str:
    return ACTIONS[rule.action].says(rule.parameters)


_EVENTS = {
    Rule.Event.OPENED: "a conversation opens",
    Rule.Event.CUSTOMER_WROTE: "a customer writes",
    Rule.Event.REASON_RAISED: "a reason is raised",
    Rule.Event.CLOCK_WARNED: "a clock warns",
    Rule.Event.CLOSED: "a conversation is closed",
}
