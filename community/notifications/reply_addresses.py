"""The address to which a letter is answered: signed, one for each member and what they answer, good for 90 days.

`reply+<member>-<post>-<day>-<signature>@…`, in lower-case letters and digits, as some mail servers fold case. The
signature has 100 bits. Before the member may stand `c-`: the number after it is then that of a conversation between the
member and the company alone, which the room above knows.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import base36_to_int, int_to_base36

SALT = "community.notifications.reply"
HOLDS_FOR = timedelta(days=90)
ALONE = "c-"
_LONGEST = 13  # what base36_to_int takes


@dataclass(frozen=True)
class Place:
    """Who may answer what, until when: a post, or a conversation with the company alone."""

    member_id: int
    until: date
    post_id: int | None = None
    conversation_id: int | None = None

    @property
    def is_over(self) -> bool:
        return timezone.localdate() > self.until


def reply_address(member_id: int, post_id: int) -> str:
    """Empty while MAIL_REPLY_ADDRESS is not set."""
    return _address("", member_id, post_id)


def conversation_address(member_id: int, conversation_id: int) -> str:
    """The same for what is between the member and the company alone."""
    return _address(ALONE, member_id, conversation_id)


def place_in(addresses: str) -> Place | None:
    """What the first reply address within `addresses` (any text) names; None if there is no good one."""
    name, _, host = settings.MAIL_REPLY_ADDRESS.partition("@")
    if not name:
        return None
    numbers = rf"(?:[0-9a-z]{{1,{_LONGEST}}}-){{3}}"
    pattern = rf"{re.escape(name)}\+((?:{ALONE})?{numbers})([a-z2-7]{{20}})@{re.escape(host)}"
    for match in re.finditer(pattern, addresses.lower()):
        said = match[1].removesuffix("-")
        if hmac.compare_digest(_signature(said), match[2]):
            return _place(said)
    return None


def _address(kind: str, member_id: int, number: int) -> str:
    name, _, host = settings.MAIL_REPLY_ADDRESS.partition("@")
    if not name:
        return ""
    until = timezone.localdate() + HOLDS_FOR
    said = kind + "-".join(int_to_base36(part) for part in (member_id, number, until.toordinal()))
    return f"{name}+{said}-{_signature(said)}@{host}"


def _place(said: str) -> Place:
    """A post's has three parts; a conversation's, by its mark, four."""
    is_alone = said.count("-") == 3
    member_id, number, day = (base36_to_int(part) for part in said.removeprefix(ALONE if is_alone else "").split("-"))
    until = date.fromordinal(day)
    return Place(member_id, until, conversation_id=number) if is_alone else Place(member_id, until, post_id=number)


def _signature(said: str) -> str:
    digest = salted_hmac(SALT, said, algorithm="sha256").digest()
    return base64.b32encode(digest)[:20].decode().lower()
