"""The address to which a letter is answered: signed, one for each member and post, good for 90 days.

`reply+<member>-<post>-<day>-<signature>@…`, in lower-case letters and digits, as some mail servers fold case. The
signature has 100 bits.
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
_LONGEST = 13  # what base36_to_int takes


@dataclass(frozen=True)
class Place:
    """Who may answer what, until when."""

    member_id: int
    post_id: int
    until: date

    @property
    def is_over(self) -> bool:
        return timezone.localdate() > self.until


def reply_address(member_id: int, post_id: int) -> str:
    """Empty while MAIL_REPLY_ADDRESS is not set."""
    name, _, host = settings.MAIL_REPLY_ADDRESS.partition("@")
    if not name:
        return ""
    until = timezone.localdate() + HOLDS_FOR
    said = "-".join(int_to_base36(number) for number in (member_id, post_id, until.toordinal()))
    return f"{name}+{said}-{_signature(said)}@{host}"


def place_in(addresses: str) -> Place | None:
    """What the first reply address within `addresses` (any text) names; None if there is no good one."""
    name, _, host = settings.MAIL_REPLY_ADDRESS.partition("@")
    if not name:
        return None
    pattern = rf"{re.escape(name)}\+((?:[0-9a-z]{{1,{_LONGEST}}}-){{3}})([a-z2-7]{{20}})@{re.escape(host)}"
    for match in re.finditer(pattern, addresses.lower()):
        said = match[1].removesuffix("-")
        if hmac.compare_digest(_signature(said), match[2]):
            member_id, post_id, day = (base36_to_int(part) for part in said.split("-"))
            return Place(member_id, post_id, date.fromordinal(day))
    return None


def _signature(said: str) -> str:
    digest = salted_hmac(SALT, said, algorithm="sha256").digest()
    return base64.b32encode(digest)[:20].decode().lower()
