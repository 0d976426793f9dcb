"""The button that follows, with the menu of how much."""

from typing import Any

from django import template

from community.notifications.levels import Following

register = template.Library()


@register.inclusion_tag("components/follow_button.html", takes_context=True)
def follow_button(context: Any, kind: str, pk: int, level: int | None, what: str) -> dict[str, Any]:
    """`level`: what the reader chose (notifications.following.level_of), None for nothing. `what`: “this question”."""
    return {"following": Following(kind, pk, level), "what": what, "csrf_token": context["csrf_token"]}
