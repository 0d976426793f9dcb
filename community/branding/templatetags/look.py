"""The smallest marks of a page: icon, avatar, stars, state, time.

They are tags and not includes because a list draws hundreds of them; each is kept ready-made once drawn.
"""

from datetime import UTC, datetime
from functools import lru_cache
from time import time
from typing import Any

from django import template
from django.core.files.storage import default_storage
from django.core.paginator import Page
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SPRITE = "vendor/icons.svg"
AVATAR_SIZES = {"small": 24, "": 36, "large": 72}
AVATAR_HUES = 8
PICTURE_SIZES = {"small": 80, "": 80, "large": 160}
STATES = {
    "solved": ("state-solved", "Solved"),
    "answered": ("state-answered", "Answered"),
    "needs-answer": ("state-open", "Needs an answer"),
    "still-needed": ("state-open", "Still needs help"),
    "needs-info": ("circle-help", "Waits for details"),
    "duplicate": ("link", "Duplicate"),
    "closed": ("lock", "Closed"),
    "held": ("clock", "Waiting for a moderator"),
    "hidden": ("eye-off", "Hidden after reports"),
    "removed": ("circle-x", "Removed by a moderator"),
    "withdrawn": ("trash-2", "Deleted by its author"),
}


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static(SPRITE)


@register.simple_tag
@lru_cache(maxsize=64)
def page(name: str) -> str:
    """The address of a page that takes no argument; looked up once, for the links that every page has."""
    return reverse(name)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite; with a label it is spoken, without one it is decoration."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, _sprite(), name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', _sprite(), name)


@register.simple_tag
@lru_cache(maxsize=16)
def state(name: str) -> SafeString:
    """Where a question or post stands: a shape, a word and a colour."""
    shape, word = STATES[name]
    return format_html('<span class="state state--{}">{} {}</span>', name, icon(shape), word)


@register.simple_tag
@lru_cache(maxsize=16)
def state_shape(name: str) -> SafeString:
    """The same without its word on the page: the word is spoken."""
    shape, word = STATES[name]
    return format_html('<span class="state state--{}">{}</span>', name, icon(shape, word))


@register.simple_tag
@lru_cache(maxsize=128)
def stars(rating: float, size: int = 18) -> SafeString:
    """Five stars filled up to `rating` (0-5, tenths count), `size` pixels high, with the number as text."""
    filled = round(float(rating) * 10) / 10
    return format_html(
        '<span class="stars"><svg viewBox="0 0 120 24" width="{width}" height="{size}" aria-hidden="true">'
        '<use class="stars__off" href="{sprite}#stars" width="120" height="24"/>'
        '<svg width="{cut}" height="24"><use class="stars__on" href="{sprite}#stars" width="120" height="24"/></svg>'
        '</svg><span class="visually-hidden">{spoken} out of 5 stars</span></span>',
        width=size * 5,
        size=size,
        cut=round(filled * 24, 1),
        sprite=_sprite(),
        spoken=f"{filled:g}",
    )


@register.simple_tag
def avatar(who: Any, size: str = "") -> SafeString:
    """A person's own picture, or their initials on a colour of their own; staff have square corners and the brand's.

    `who` is a member, facts with `picture`, `name`, `pk` and `is_staff`, or the name that a reviewer chose to show.
    """
    picture = getattr(who, "picture", "")
    if picture:
        return _draw_picture(picture, bool(getattr(who, "is_staff", False)), size)
    name = getattr(who, "name", None) or str(who or "?")
    is_staff = getattr(who, "is_staff", False)
    number = getattr(who, "pk", None) or sum(name.encode())
    return _draw_avatar(initials(name), "staff" if is_staff else str(number % AVATAR_HUES), AVATAR_SIZES[size])


@lru_cache(maxsize=4096)
def _draw_avatar(letters: str, kind: str, pixels: int) -> SafeString:
    return format_html(
        '<svg class="avatar avatar--{}" viewBox="0 0 40 40" width="{}" height="{}" aria-hidden="true">'
        '<rect width="40" height="40"/><text x="20" y="26">{}</text></svg>',
        kind,
        pixels,
        pixels,
        letters,
    )


@lru_cache(maxsize=4096)
def _draw_picture(picture: str, is_staff: bool, size: str) -> SafeString:
    """Decoration: the name always stands beside it."""
    return format_html(
        '<img class="avatar{}" src="{}" alt="" width="{}" height="{}" loading="lazy" decoding="async">',
        " avatar--staff" if is_staff else "",
        default_storage.url(f"{picture}-{PICTURE_SIZES[size]}.webp"),
        AVATAR_SIZES[size],
        AVATAR_SIZES[size],
    )


def initials(name: str) -> str:
    """At most two letters: of the first and the last word."""
    words = [word for word in name.replace("_", " ").replace("-", " ").replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """A time as people say it: “3 hours ago” for a week, then the date; the exact time is in the title."""
    return _draw_time(moment, int(time() // 60), timezone.get_current_timezone_name()) if moment else ""


@lru_cache(maxsize=8192)
def _draw_time(moment: datetime, minute_now: int, zone: str) -> SafeString:
    """What is said of a moment holds for a minute and a time zone."""
    local = timezone.localtime(moment)
    exact = f"{local.day} {local:%B %Y, %H:%M}"
    machine = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, exact, spoken_time(local))


def spoken_time(local: datetime) -> str:
    now = timezone.localtime()
    seconds = (now - local).total_seconds()
    days = (local.date() - now.date()).days
    if abs(seconds) < 86400:
        return _near(round(seconds))
    if days in (-1, 1):
        return "yesterday" if days < 0 else "tomorrow"
    if abs(days) < 7:
        return f"{-days} days ago" if days < 0 else f"in {days} days"
    return f"{local.day} {local:%B}" if local.year == now.year else f"{local.day} {local:%B %Y}"


def _near(seconds: int) -> str:
    """Within a day, before now (positive) or after it."""
    distance = abs(seconds)
    if distance < 60:
        return "just now" if seconds >= 0 else "in a moment"
    count, unit = (distance // 60, "minute") if distance < 3600 else (distance // 3600, "hour")
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{words} ago" if seconds > 0 else f"in {words}"


@register.filter
def compact(number: int | None) -> str:
    """1240 as “1.2k”, 3400000 as “3.4m”; below a thousand as it is."""
    value = float(number or 0)
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if value >= size:
            return f"{int(value / size * 10) / 10:g}{letter}"
    return str(int(value))


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """First, last and the numbers around this page; None where some are left out."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        before = numbers[-1] if numbers else 0
        if before is not None and number - before == 2:
            numbers.append(number - 1)
        elif before is not None and number - before > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers
