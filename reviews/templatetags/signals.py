"""Signals for fakes, beside a review that a moderator reads."""

from typing import Any

from django import template

from reviews.models import Review

register = template.Library()


@register.inclusion_tag("reviews/signals.html")
def review_signals(review: Review, reader: Any) -> dict[str, Any]:
    """Nothing, and no query, for anybody but moderators; who reads the figures is led to its history."""
    is_moderator = bool(getattr(reader, "is_moderator", False))
    signals = list(review.signals.filter(settled_at=None)) if is_moderator else []
    return {"signals": signals, "history_of": review.pk if getattr(reader, "is_insights_reader", False) else None}
