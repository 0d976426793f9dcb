"""What the levels of following are called, and what each brings, for every kind of target."""

from dataclasses import dataclass

from django.urls import reverse

from community.notifications.following import LEVELS
from community.notifications.models import Level

_SUBJECT = {
    Level.EVERYTHING: ("Every post", "New questions and all that is said in them, bell and mail"),
    Level.WATCHING: ("Bell and mail", "Each new question"),
    Level.TRACKING: ("Bell only", "Each new question, without mail"),
    Level.NORMAL: ("Not following", "Nothing by itself"),
    Level.MUTED: ("Muted", "Nothing about it, even if you follow it for something else"),
}
_WORDS = {
    "thread": {
        Level.WATCHING: ("Bell and mail", "Every answer and comment"),
        Level.TRACKING: ("Bell only", "Every answer and comment, without mail"),
        Level.NORMAL: ("Only what is meant for you", "When somebody mentions or answers you"),
        Level.MUTED: ("Muted", "Nothing from this conversation"),
    },
    "person": {
        Level.WATCHING: ("Bell and mail", "What they ask and answer"),
        Level.TRACKING: ("Bell only", "What they ask and answer, without mail"),
        Level.NORMAL: ("Not following", "Nothing by itself"),
        Level.MUTED: ("Muted", "Nothing they write reaches you. They don't learn of it."),
    },
    "product": _SUBJECT,
    "tag": _SUBJECT,
    "category": _SUBJECT,
}


@dataclass(frozen=True)
class Choice:
    """One level as a menu offers it."""

    level: int
    name: str
    brings: str
    is_current: bool


def _named(kind: str) -> str:
    return "member" if kind == "person" else kind


@dataclass(frozen=True)
class Following:
    """How much a member hears of one target, as the button and its menu show it."""

    kind: str
    pk: int
    level: int | None

    @property
    def is_on(self) -> bool:
        return self.level is not None and self.level >= Level.TRACKING

    @property
    def is_muted(self) -> bool:
        return self.level == Level.MUTED

    @property
    def follow_url(self) -> str:
        return reverse(f"follow_{_named(self.kind)}", args=[self.pk])

    @property
    def toggle_url(self) -> str:
        """Where the button itself leads: one click follows, and one undoes it."""
        return reverse(f"unfollow_{_named(self.kind)}", args=[self.pk]) if self.is_on else self.follow_url

    @property
    def choices(self) -> list[Choice]:
        current = Level.NORMAL if self.level is None else self.level
        words = _WORDS[self.kind]
        return [Choice(level.value, *words[level], is_current=level == current) for level in LEVELS[self.kind]]

    @property
    def current(self) -> Choice:
        return next(choice for choice in self.choices if choice.is_current)
