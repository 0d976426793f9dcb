"""Putting customers of an uploaded list on the re-activation list: looked at first, then saved.

Addresses are matched to members who have proven theirs. What matches nobody is told, and not kept anywhere.
"""

import re
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower

from community.members.models import Member
from community.threads.permissions import require
from staff.former.finding import AT_ONCE, customers
from staff.list_form import require_short
from staff.models import FormerCustomer

MOST = 20_000
_ADDRESS = re.compile(
    r"[^\s,;\"'<>()@]{1,64}@[^\s,;\"'<>()@]{1,190}\.[^\s,;\"'<>()@]{1,63}"
)  # bound: a long line takes no hours
_SQL_AT_ONCE = 500


@dataclass
class Looked:
    """Of an uploaded list: members who are `fresh`, or `listed` already; addresses that match nobody; staff and closed
    accounts, which are never listed.
    """

    fresh: list[Member] = field(default_factory=list)
    listed: list[Member] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    left_out: int = 0


def look_at_list(*, by: Member, text: str) -> Looked:
    """What bringing `text` in would do: any text with addresses in it, such as a CSV. Changes nothing.

    Raises ValidationError for what is too long or holds no address.
    """
    require(by.is_manager, "Managers bring in lists of customers.")
    require_short(text)
    addresses = list(dict.fromkeys(found.strip(".").lower() for found in _ADDRESS.findall(text)))
    if not addresses:
        raise ValidationError("There is no mail address in it. Write one a line, or choose a CSV file that has them.")
    if len(addresses) > MOST:
        raise ValidationError(f"These are {len(addresses):,} addresses. Bring in at most {MOST:,} at a time.")
    return _sort(addresses)


@transaction.atomic
def bring_list(*, by: Member, text: str, name: str) -> Looked:
    """Put the fresh ones on the list, found by `name`. The same list again adds none."""
    looked = look_at_list(by=by, text=text)
    if not name.strip():
        raise ValidationError("Give the list a name: colleagues read it as the reason why somebody is on the list.")
    rows = [
        FormerCustomer(member=member, found_by=name.strip()[:60], last_purchase_at=member.bought_at)  # type: ignore[attr-defined]
        for member in looked.fresh
    ]
    FormerCustomer.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return looked


def _sort(addresses: list[str]) -> Looked:
    owners = _owners(addresses)
    found = {member.pk: member for member in _members(sorted(set(owners.values())))}
    listed = set(FormerCustomer.objects.values_list("member", flat=True))
    looked = Looked(unmatched=[address for address in addresses if address not in owners])
    for pk in dict.fromkeys(owners.values()):
        if pk not in found:
            looked.left_out += 1
        else:
            (looked.listed if pk in listed else looked.fresh).append(found[pk])
    return looked


def _owners(addresses: list[str]) -> dict[str, int]:
    """Whose proven address each one is."""
    proven = EmailAddress.objects.filter(verified=True).annotate(address=Lower("email"))
    owners: dict[str, int] = {}
    for start in range(0, len(addresses), _SQL_AT_ONCE):
        some = proven.filter(address__in=addresses[start : start + _SQL_AT_ONCE])
        owners |= dict(some.values_list("address", "user_id"))
    return {address: owners[address] for address in addresses if address in owners}


def _members(pks: list[int]) -> list[Member]:
    found: list[Member] = []
    for start in range(0, len(pks), _SQL_AT_ONCE):
        found += customers().filter(pk__in=pks[start : start + _SQL_AT_ONCE])
    return found
