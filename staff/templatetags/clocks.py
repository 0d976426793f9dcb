"""The clock of a conversation: right when the page is drawn, and counted down by clocks.js from then on."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from community.branding.templatetags.look import icon

register = template.Library()
MINUTE, HOUR, DAY = 60, 3600, 86400
ICONS = {"late": "triangle-alert", "soon": "clock", "ok": "clock", "paused": "clock"}


@register.simple_tag
def due_clock(due_at: datetime | None, clock: str, soon_at: datetime | None = None) -> SafeString:
    """`clock` is late, soon, ok, paused or none: a word as well as a colour."""
    if due_at is None or clock == "none":
        return format_html('<span class="clock">{} No due time</span>', icon("clock"))
    if clock == "paused":
        return format_html('<span class="clock">{} Clock paused</span>', icon("clock"))
    local = timezone.localtime(due_at)
    return format_html(
        '<time class="clock clock--{}" datetime="{}" data-soon="{}" title="Due {}">{}<span>{}</span></time>',
        clock,
        local.isoformat(timespec="seconds"),
        soon_at.isoformat(timespec="seconds") if soon_at else "",
        f"{local.day} {local:%B %Y, %H:%M}",
        icon(ICONS[clock]),
        left(int((due_at - timezone.now()).total_seconds())),
    )


def left(seconds: int) -> str:
    """“2 h 05 min left”, “3 days late”. The same words as in clocks.js."""
    word = "left" if seconds >= 0 else "late"
    gone = abs(seconds)
    if gone < MINUTE:
        return "due now"
    if gone < HOUR:
        return f"{gone // MINUTE} min {word}"
    if gone < 2 * DAY:
        return f"{gone // HOUR} h {gone % HOUR // MINUTE:02} min {word}"
    return f"{gone // DAY} days {word}"
