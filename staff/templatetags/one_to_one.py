"""The exchange with one customer alone, as a conversation's page shows it: `{% one_to_one conversation %}`."""

from typing import Any

from django import template

from staff.models import Conversation, HelpfulLink, Publication
from staff.one_to_one.publishing import version_of
from staff.one_to_one.showing import desk_side
from staff.outcomes.answering_help import helped_path

register = template.Library()


@register.inclusion_tag("staff/messages/box.html", takes_context=True)
def one_to_one(context: dict[str, Any], conversation: Conversation) -> dict[str, Any]:
    """Write alone, tell how it ended, goodwill: for a conversation whose customer has an account."""
    kept = {name: context.get(name) for name in ("user", "csrf_token", "brand", "request")}
    return desk_side(conversation, context["user"]) | kept


@register.filter
def version(proposed: Publication) -> str:
    return version_of(proposed)


@register.filter
def helped_address(link: HelpfulLink | None) -> str:
    """Where the customer says that a link helped; empty without one."""
    return (helped_path(link) or "") if link else ""
