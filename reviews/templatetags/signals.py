"""Signals for fakes, beside a review that a moderator reads."""

from typing import Any

from django import template

from reviews.models import Review

register = template.Library()


@register.inclusion_tag("reviews/signals.html")
def review_signals(review: Review, reader: Any) -> dict[str, Any]:
    """Nothing, and no query, for anybody but moderators."""
    is_moderator = bool(getattr(reader, "is_moderator", False))
    return {"signals": list(review.signals.filter(settled_at=None)) if is_moderator else []}
