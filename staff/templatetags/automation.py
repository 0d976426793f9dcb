"""Automation elsewhere: `{% automation_switch %}` on every staff page, `{% automation_of conversation %}` on one."""

from typing import Any

from django import template

from staff.automation.showing import here, switch_for
from staff.automation.words import action_in_words, rule_in_words
from staff.models import Conversation, Rule

register = template.Library()
KEPT = ("user", "csrf_token", "request")


@register.inclusion_tag("staff/automation/switch.html", takes_context=True)
def automation_switch(context: dict[str, Any]) -> dict[str, Any]:
    user = context["user"]
    if not getattr(user, "is_desk_reader", False):
        return {"is_hidden": True}
    return switch_for(user) | {name: context.get(name) for name in KEPT}


@register.inclusion_tag("staff/automation/here.html", takes_context=True)
def automation_of(context: dict[str, Any], conversation: Conversation) -> dict[str, Any]:
    kept = {name: context.get(name) for name in KEPT}
    return here(conversation, context["user"]) | kept | {"conversation": conversation}


@register.filter
def in_a_sentence(rule: Rule) -> str:
    return rule_in_words(rule)


@register.filter
def does(rule: Rule) -> str:
    return action_in_words(rule)
