"""What stands in one cell: stars, yes or no, addresses of photos, who wrote. Nothing here asks the database."""

import hashlib
import re
from datetime import datetime
from urllib.parse import urlsplit

from community.importing.material import OldAuthor
from community.importing.rows import BadRowError, values
from community.members.text import tidy_line
from community.threads.attaching import PHOTOS_IN_A_POST

LONGEST_ADDRESS = 1000
_STARS = re.compile(r"([1-5])(?:[.,]0+)?", re.ASCII)
_YES = {"1", "true", "t", "yes", "y", "verified", "buyer"}
# Without what stands before it, a long row of separators would be tried from each of them: minutes for one cell.
_BETWEEN_PHOTOS = re.compile(r"(?<![\s,;|])[\s,;|]+(?=[A-Za-z][A-Za-z0-9+.-]*:|//)")
_NOBODY = {"", "-", "a customer", "anonymous", "anonym", "anonyme", "customer", "guest", "n/a", "none", "null"}
_LATIN = re.compile(r"[A-Za-z]{2}")


def stars_of(cell: str) -> int:
    """1 to 5. Half stars are not rounded: that would change what was said."""
    cell = cell.strip()
    if not cell:
        raise BadRowError("no_rating")
    match = _STARS.fullmatch(cell)
    if match is None:
        raise BadRowError("bad_rating")
    return int(match[1])


def says_yes(cell: str) -> bool:
    """Only an explicit yes is one."""
    return cell.strip().lower() in _YES


def photos_of(cell: str) -> tuple[tuple[str, ...], int]:
    """At most five http(s) addresses, and how many others there were."""
    found = list(dict.fromkeys(part for part in _BETWEEN_PHOTOS.split(cell.strip(" \t\r\n,;|")) if part))
    good = [address for address in found if _is_web_address(address)]
    kept = tuple(good[:PHOTOS_IN_A_POST])
    return kept, len(found) - len(kept)


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    is_whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    return is_whole and len(address) <= LONGEST_ADDRESS and not re.search(r"[\s\"<>\\]", address)


def author_of(name: str, email: str, *, otherwise: str, since: datetime) -> OldAuthor:
    """One author for one address. Without an address each review has an author of its own, told apart by `otherwise`:
    two people called Anna are two.
    """
    email = email_of(email)
    key = f"a:{digest_of(email)}" if email else f"r:{otherwise}"
    name = name_of(name)
    username = "" if _LATIN.search(name) else f"reviewer-{key[2:12]}"
    return OldAuthor(key=key, name=name, username=username, email=email, joined_at=since)


def name_of(name: str) -> str:
    """As it was shown there; empty for nobody, and for an address, which is shown to nobody."""
    name = tidy_line(name)
    return "" if name.lower() in _NOBODY or "@" in name else name


def email_of(cell: str) -> str:
    """In lower case; empty for what is no address, as a review needs none."""
    try:
        return values.email_of(cell)
    except BadRowError:
        return ""


def digest_of(*parts: object) -> str:
    """32 hexadecimal digits that tell `parts` apart."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()
