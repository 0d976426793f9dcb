"""Single cells, strictly."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from community.importing.rows.problems import BadRowError

LONGEST_EMAIL = 254
_YES = {"1", "yes", "y", "true", "t", "x", "ja", "oui", "si", "sí"}
_NO = {"", "0", "no", "n", "false", "f", "nein", "non"}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def line_of(text: str) -> str:
    """On one line, without control characters."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def email_of(text: str) -> str:
    """As it is kept: in lower case. Raises no_email, bad_email."""
    address = text.strip().removeprefix("mailto:").lower()
    if not address:
        raise BadRowError("no_email")
    try:
        validate_email(address)
    except ValidationError:
        raise BadRowError("bad_email") from None
    if len(address) > LONGEST_EMAIL:
        raise BadRowError("bad_email")
    return address


def is_yes(text: str) -> bool:
    """Raises bad_yes_no for anything that is neither; an empty cell is no."""
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise BadRowError("bad_yes_no")
    return word in _YES
