"""Who wrote it there becomes a member here: one who has proven the address, else an unclaimed one."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower
from django.utils import timezone

from community.importing.addresses import LONGEST
from community.importing.material import OldAuthor
from community.importing.models import ImportedItem, ImportSource, OldAddress
from community.members.imitating import imitations
from community.members.models import Member

DOMAIN = "unclaimed.invalid"  # RFC 2606: no mail can ever arrive there
LONGEST_USERNAME, LONGEST_NAME = 30, 60
TRIED_AT_ONCE = 50
_NOT_IN_A_USERNAME = re.compile(r"[^A-Za-z0-9_.-]+")


def known_authors(source: ImportSource, keys: Iterable[str]) -> dict[str, Member]:
    """Members by the key that the source has for them; without those that were deleted here."""
    items = ImportedItem.objects.filter(source=source, kind=ImportedItem.Kind.AUTHOR, external_id__in=set(keys))
    return {item.external_id: item.member for item in items.select_related("member") if item.member}


def bring_authors(source: ImportSource, authors: Iterable[OldAuthor]) -> dict[str, Member]:
    """A member for each of `authors` by key, made where there is none. 5 queries and a few more for new ones."""
    wanted = {author.key: author for author in authors}
    known = known_authors(source, wanted)
    missing = [author for key, author in wanted.items() if key not in known]
    if not missing:
        return known
    proven = _by_address({author.email for author in missing if author.email})
    new = [author for author in missing if author.email.lower() not in proven]
    made = dict(zip([author.key for author in new], _unclaimed(new), strict=True))
    for author in missing:
        known[author.key] = made.get(author.key) or proven[author.email.lower()]
    _remember(source, missing, known)
    return known


def authors_here(source: ImportSource, authors: Iterable[OldAuthor]) -> dict[str, Member]:
    """Those of `authors` by key whom `bring_authors` would not make. 3 queries."""
    wanted = {author.key: author for author in authors}
    known = known_authors(source, wanted)
    proven = _by_address({author.email for key, author in wanted.items() if author.email and key not in known})
    here = {key: proven[author.email.lower()] for key, author in wanted.items() if author.email.lower() in proven}
    return here | known


def _by_address(addresses: set[str]) -> dict[str, Member]:
    """Who has proven one of `addresses` here, or came with it from elsewhere and is still unclaimed."""
    lower = {address.lower() for address in addresses}
    if not lower:
        return {}
    items = ImportedItem.objects.alias(lower=Lower("email")).filter(lower__in=lower, member__is_unclaimed=True)
    found = {item.email.lower(): item.member for item in items.select_related("member") if item.member}
    proven = EmailAddress.objects.alias(lower=Lower("email")).filter(lower__in=lower, verified=True)
    return found | {address.email.lower(): address.user for address in proven.select_related("user")}


def _unclaimed(authors: list[OldAuthor]) -> list[Member]:
    """Nobody can sign in to them: no password, and an address that no mail reaches."""
    names = free_usernames([author.username or author.name or f"member-{author.key}" for author in authors])
    speaking = imitations({author.name[:LONGEST_NAME].strip() for author in authors})
    members = [
        _nobodys(username, _display_name(author.name, username, speaking), author.joined_at)
        for author, username in zip(authors, names, strict=True)
    ]
    return Member.objects.bulk_create(members, batch_size=500)


def company_member(name: str) -> Member:
    """An unclaimed member who may be called like the company, unlike all others: for its own words from elsewhere."""
    username, number = username_of(name), 1
    while _taken([username]):
        number += 1
        username = _numbered(username_of(name), number)
    member = _nobodys(username, name[:LONGEST_NAME], None)
    member.save(force_insert=True)
    return member


def _nobodys(username: str, display_name: str, joined_at: datetime | None) -> Member:
    return Member(
        username=username,
        email=f"{uuid4().hex}@{DOMAIN}",
        display_name=display_name,
        is_unclaimed=True,
        date_joined=joined_at or timezone.now(),
        password=make_password(None),
    )


def free_usernames(names: list[str]) -> list[str]:
    """A username for each of `names`, cleaned, free here, and different from each other."""
    cleaned = [username_of(name) for name in names]
    speaking = imitations(set(cleaned))
    cleaned = ["member" if name in speaking else name for name in cleaned]
    taken = _taken(cleaned)
    free = []
    for name in cleaned:
        candidate, number = name, 1
        while candidate.lower() in taken or candidate == "member":
            if number % TRIED_AT_ONCE == 1:
                taken |= _taken([_numbered(name, n) for n in range(number + 1, number + 1 + TRIED_AT_ONCE)])
            number += 1
            candidate = _numbered(name, number)
        taken.add(candidate.lower())
        free.append(candidate)
    return free


def _taken(names: list[str]) -> set[str]:
    lower = Member.objects.annotate(lower=Lower("username")).filter(lower__in={name.lower() for name in names})
    return set(lower.values_list("lower", flat=True))


def _numbered(name: str, number: int) -> str:
    ending = f"-{number}"
    return f"{name[: LONGEST_USERNAME - len(ending)]}{ending}"


def username_of(name: str) -> str:
    """`name` as a username: Latin letters without accents, 2 to 30 characters, a letter or digit at both ends."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _NOT_IN_A_USERNAME.sub("-", plain.partition("@")[0]).strip("-_.")[:LONGEST_USERNAME].strip("-_.")
    return plain if len(plain) > 1 else f"member-{plain}" if plain else "member-1"


def _display_name(name: str, username: str, speaking: set[str]) -> str:
    """As it was there, unless it would speak for the company here."""
    name = name[:LONGEST_NAME].strip()
    is_fit = any(character.isalnum() for character in name) and name not in speaking and "@" not in name
    return name if is_fit and name != username else ""


def _remember(source: ImportSource, authors: list[OldAuthor], members: dict[str, Member]) -> None:
    items = [
        ImportedItem(
            source=source,
            kind=ImportedItem.Kind.AUTHOR,
            external_id=author.key,
            member=members[author.key],
            email=author.email if members[author.key].is_unclaimed else "",
        )
        for author in authors
    ]
    ImportedItem.objects.bulk_create(items, batch_size=500, ignore_conflicts=True)
    paths = {author.path: members[author.key] for author in authors if 0 < len(author.path) <= LONGEST}
    addresses = [OldAddress(host=source.host, path=path, member=member) for path, member in paths.items()]
    OldAddress.objects.bulk_create(addresses, batch_size=500, ignore_conflicts=True)
