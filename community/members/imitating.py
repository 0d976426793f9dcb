"""Names that would pass for the company, or for somebody who works there, as a reader's eye takes them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db.models import Q

from community.branding.models import Branding
from community.members.models import Member
from community.members.names import RESERVED

SPEAKING = {
    "admin", "admins", "administrator", "administrators", "customerservice", "customersupport", "helpdesk", "moderator",
    "moderators", "official", "staff", "support", "sysadmin", "webmaster",
}  # fmt: skip
"""Words that claim to speak for the company wherever they stand in a name. “Team” or “shop” alone do not."""

# What looks alike, as far as people use it to deceive: Cyrillic and Greek letters, digits and signs in place of Latin.
# Both cases of a letter that only looks alike in one are folded before this table is asked.
_ALIKE = str.maketrans(
    "авеёзіїјкмнорстухуѕԁԛԝһαβεηικμνορτυχγωƖɩɪı0134578$@!|",
    "abeeziijkmhopctyxysdqwhabenikmvoptuxywliii" + "oieastbsaii",
)
_CASED = {"В": "b", "Н": "h", "Р": "p", "С": "c", "Ν": "n", "Η": "h", "Ρ": "p", "Υ": "y", "Ζ": "z"}
_NUMBER = re.compile(r"[\W\d_]+\Z")  # “Admin1” and “Mara Lind 2” pass for the first of them
_TAKEN = "This name is kept for the company. Please choose another one."
_WORKS_HERE = "Somebody who works here is called that. Please add something of your own, for example your surname."


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """What `name` looks like, in letters and digits: Cyrillic “Ѕuрроrt” and “5upp0rt!” both give “support”."""
    seen = unicodedata.normalize("NFKC", name).rstrip("!| ")
    seen = "".join(_CASED.get(letter, letter) for letter in seen).casefold()
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", seen) if not unicodedata.combining(letter))
    alike = bare.translate(_ALIKE).replace("l", "i").replace("rn", "m").replace("vv", "w")
    return re.sub(r"[\W_]", "", alike)


def refuse_imitation(name: str, *, by: Member | None = None) -> None:
    """Raise ValidationError if customer `by` (or somebody signing up) would pass for the company or its people."""
    _refuse(name, _staff_names(by))


def imitations(names: Iterable[str]) -> set[str]:
    """Those of `names` that `refuse_imitation` refuses to somebody signing up. One query, however many."""
    staff, found = _staff_names(None), set()
    for name in names:
        try:
            _refuse(name, staff)
        except ValidationError:
            found.add(name)
    return found


def _staff_names(besides: Member | None) -> set[str]:
    """How the usernames and names of those who work here look."""
    staff = Member.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True)
    rows = staff.exclude(pk=besides.pk if besides else 0).values_list("username", "display_name")
    return {skeleton(name) for row in rows for name in row} - {""}


def _refuse(name: str, staff: set[str]) -> None:
    whole = skeleton(name)
    parts = re.split(r"[\W_]+", name)
    words = [word for word in map(skeleton, parts) if word]
    plain = {skeleton(_NUMBER.sub("", part)) for part in parts}
    if whole in _seen(RESERVED) or _seen(SPEAKING) & {*words, *plain} or _names_brand(whole, words):
        raise ValidationError(_TAKEN)
    seen = {whole, skeleton(_NUMBER.sub("", name))} if len(words) > 1 else {whole}  # “tom88” is no Tom
    if seen & staff:
        raise ValidationError(_WORKS_HERE)


def _names_brand(whole: str, words: list[str]) -> bool:
    """Is the brand's name the name, or whole words of it, or the beginning of a word that goes on as the company?"""
    brand = skeleton(Branding.current().name)
    if len(brand) < 3:
        return whole == brand != ""
    if any(
        "".join(words[first:end]) == brand for first in range(len(words)) for end in range(first + 1, len(words) + 1)
    ):
        return True
    return whole.startswith(brand) and whole.removeprefix(brand) in _seen(SPEAKING | RESERVED)


def _seen(words: set[str]) -> set[str]:
    return {skeleton(word) for word in words}
