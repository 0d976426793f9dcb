"""What goes to a third party in a feed: no e-mail address, no telephone number, no character that XML forbids."""

import re

_EMAIL = re.compile(
    r"[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\]|＠)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/€$£-])(?:\+\s?|\(\+?)?\d(?:[\s().\-/\u00a0\u2011\u2013]{0,3}\d){6,16}(?![\w%])")
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}\s?[-–]\s?\d{4})(?:\s\d{1,2})?"
)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FEWEST_DIGITS = 7
NO_EMAIL, NO_PHONE = "[e-mail address removed]", "[phone number removed]"


def masked(text: str) -> str:
    """`text` for a third party."""
    return _NUMBER.sub(_without_phone, _EMAIL.sub(NO_EMAIL, allowed_in_xml(text)))


def allowed_in_xml(text: str) -> str:
    return _NO_XML.sub("", text)


def _without_phone(match: re.Match[str]) -> str:
    found = match[0]
    digits = sum(character.isdigit() for character in found)
    return found if digits < FEWEST_DIGITS or _DATE.fullmatch(found.strip()) else NO_PHONE
