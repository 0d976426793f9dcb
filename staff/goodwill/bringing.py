"""Bringing coupon codes into a campaign's pool: looked at first, then saved. Bringing the same ones again adds none."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from community.members.models import Member
from community.threads.permissions import require
from staff.list_form import require_short
from staff.models import Campaign, Coupon

MOST_CODES = 20_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,63}")
_HEADINGS = ("code", "codes", "coupon", "coupon code", "voucher")


@dataclass
class Looked:
    """What a list holds: `fresh` codes in its order; how many it names twice, are known, or can't be a code."""

    fresh: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


def look_at_codes(*, by: Member, campaign: Campaign, text: str) -> Looked:
    """What bringing `text` in would do: one code a line, or a CSV whose column is called “code”, else its first.

    Changes nothing. Raises ValidationError for what is too long or holds no code at all.
    """
    require(by.is_manager, "Managers bring in codes.")
    require_short(text)
    named = list(_codes_in(text))
    if len(named) > MOST_CODES:
        raise ValidationError(f"These are {len(named):,} codes. Bring in at most {MOST_CODES:,} at a time.")
    if not named:
        raise ValidationError("There is no code in it. Write one a line, or choose a CSV file with a column “code”.")
    return _sort(campaign, named)


@transaction.atomic
def bring_codes(*, by: Member, campaign: Campaign, text: str) -> Looked:
    """Save the fresh ones. The same list again saves none."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    looked = look_at_codes(by=by, campaign=campaign, text=text)
    Coupon.objects.bulk_create((Coupon(campaign=campaign, code=code) for code in looked.fresh), batch_size=500)
    return looked


def _sort(campaign: Campaign, named: list[str]) -> Looked:
    had = set(Coupon.objects.filter(campaign=campaign).values_list("code", flat=True))
    looked = Looked()
    for code, times in Counter(named).items():
        if not _CODE.fullmatch(code):
            looked.odd.append(code[:40])
            continue
        (looked.known if code in had else looked.fresh).append(code)
        if times > 1:
            looked.twice.append(code)
    return looked


def _codes_in(text: str) -> Iterator[str]:
    lines = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    separator = ";" if ";" in lines[0] and "," not in lines[0] else "\t" if "\t" in lines[0] else ","
    column = None
    try:
        for row in csv.reader(lines, delimiter=separator):
            cells = [cell.strip() for cell in row]
            if column is None:
                heads = [number for number, cell in enumerate(cells) if cell.lower() in _HEADINGS]
                column = heads[0] if heads else 0
                if heads:
                    continue
            if column < len(cells) and cells[column]:
                yield cells[column]
    except csv.Error as error:
        raise ValidationError("This can't be read as a list. Write one code a line.") from error
