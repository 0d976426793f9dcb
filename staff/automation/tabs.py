"""The pages about automation: rules, what they did, what is held back, what is paused."""

from typing import Any

from django.urls import reverse

from staff.models import RuleAction

PAGES = {"automation": "Rules", "automation_log": "What they did", "held_back": "Held back", "pauses": "Pauses"}


def tabs(current: str) -> dict[str, Any]:
    """For the head of each page; one query."""
    held = RuleAction.objects.held().count()
    shown = [
        {
            "label": label,
            "url": reverse(name),
            "current": name == current,
            "count": held if name == "held_back" and held else None,
        }
        for name, label in PAGES.items()
    ]
    return {"tabs": shown, "desk_page": "automation"}
