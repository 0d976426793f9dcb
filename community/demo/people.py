"""Members, staff, and the customers who only ever wrote a review."""

import random
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from community.demo.content import Row, moment, read, reviews
from community.members.models import Member, Role, TrustLevel
from community.members.roles import keep_in_group

PASSWORD = "demo-pass-2026"  # noqa: S105 - printed by `make demo`
DOMAIN = "example.org"


@transaction.atomic
def load_people(now: datetime) -> int:
    """Everybody who is not there yet; how many. Only the printed accounts can sign in, and are hashed once for all."""
    known = {name.lower() for name in Member.objects.values_list("username", flat=True)}
    shared = make_password(PASSWORD)
    everybody = [_member(row, now, shared) for row in read("members")["member"]] + _reviewers(now)
    new = [member for member in everybody if member.username.lower() not in known]
    Member.objects.bulk_create(new, batch_size=500)
    addresses = [EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in new]
    EmailAddress.objects.bulk_create(addresses, batch_size=500)
    for member in new:
        if member.role:
            keep_in_group(member)
    return len(new)


def everyone() -> dict[str, Member]:
    return {member.username: member for member in Member.objects.all()}


class Crowd:
    """Those who vote. The same seed picks the same people."""

    def __init__(self, members: dict[str, Member]) -> None:
        self.members = [m for m in members.values() if not m.is_staff and m.email.endswith(f"@{DOMAIN}")]

    def some(self, count: int, *, seed: str, since: datetime, but: set[int]) -> list[Member]:
        """`count` of them, or all there are, who had joined before `since` and are none of `but`."""
        if not count:
            return []
        able = [m for m in self.members if m.date_joined < since and m.pk not in but]
        return random.Random(seed).sample(able, min(count, len(able)))


def _member(row: Row, now: datetime, shared: str) -> Member:
    role = row.get("role", Role.NONE)
    return Member(
        username=row["username"],
        email=f"{row['username']}@{DOMAIN}",
        display_name=row["display_name"],
        title=row.get("title", ""),
        bio=row.get("bio", ""),
        role=role,
        is_staff=bool(role),
        is_superuser=row.get("is_superuser", False),
        trust_level=row["trust_level"],
        trust_is_given=row["trust_level"] > TrustLevel.BASIC,
        date_joined=now - timedelta(days=row["joined"], hours=len(row["username"])),
        password=shared if row.get("sign_in") else make_password(None),
    )


def _reviewers(now: datetime) -> list[Member]:
    """They joined shortly before their first review."""
    first: dict[str, tuple[str, datetime]] = {}
    addresses = {row["by"]: row["email"] for row in reviews() if "email" in row}
    for row in (row for row in reviews() if "name" in row):
        at = moment(row["at"], now)
        name, earliest = first.get(row["by"], (row["name"], at))
        first[row["by"]] = name, min(earliest, at)
    return [
        Member(
            username=username,
            email=addresses.get(username, f"{username}@{DOMAIN}"),
            display_name=name,
            trust_level=TrustLevel.BASIC,
            date_joined=at - timedelta(days=len(name) * 3, minutes=len(username) * 7),
            password=make_password(None),
        )
        for username, (name, at) in first.items()
    ]
