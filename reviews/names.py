"""Under which name a review appears. Whoever chooses less than the full name can't be found from the page."""

import re

from django.db.models import TextChoices

ANONYMOUS_NAME = "A customer"
_BETWEEN_WORDS = re.compile(r"[\s._]+")


class NameShown(TextChoices):
    FULL = "full", "Full name"
    FIRST = "first", "First name and initial"
    INITIALS = "initials", "Initials"
    ANONYMOUS = "anonymous", "Anonymous"


def shown_name(display_name: str, username: str, choice: str) -> str:
    """“Mara Lind” as full, “Mara L.” as first, “M. L.” as initials, “A customer” as anonymous.

    A username names its account, so that short of `full` no more than its initials are shown.
    """
    name = display_name.strip() or username
    words = [word for word in _BETWEEN_WORDS.split(name) if word]
    if choice == NameShown.FULL or not words:
        return name
    if choice == NameShown.ANONYMOUS:
        return ANONYMOUS_NAME
    is_username = name.casefold() == username.casefold()
    if choice == NameShown.FIRST and not is_username:
        return " ".join([words[0], *(_initial(word) for word in words[1:][-1:])])
    return " ".join(_initial(word) for word in (words[0], *words[1:][-1:]))


def name_samples(display_name: str, username: str) -> list[tuple[str, str]]:
    """Each choice with how it would read."""
    return [(choice.value, shown_name(display_name, username, choice)) for choice in NameShown]


def _initial(word: str) -> str:
    return f"{word[0].upper()}."
