"""What every format makes of a row: a review as it was there, before anything is looked up or saved."""

from dataclasses import dataclass, field
from datetime import date, datetime

from community.importing.material import OldAuthor


@dataclass(frozen=True)
class ProductNames:
    """What the row calls its product: the last part of its address in the shop, the shop's number, SKU and name."""

    handle: str = ""
    number: str = ""
    sku: str = ""
    name: str = ""

    def references(self) -> list[str]:
        """What tells it apart, the surest first. The name is none: two products may have the same."""
        return [name for name in (self.sku, self.handle, self.number) if name]

    def __bool__(self) -> bool:
        return bool(self.references() or self.name)


@dataclass(frozen=True)
class Extras:
    """What only our own export says."""

    recommends: bool | None = None
    experience_date: date | None = None
    pros: str = ""
    cons: str = ""
    is_incentivised: bool = False
    is_insider: bool = False


@dataclass(frozen=True)
class OldReview:
    """`key` tells the review apart from others of its product; `body` is Markdown. `says_verified` is None where the
    format does not say; it is only ever a claim.
    """

    key: str
    author: OldAuthor
    product: ProductNames
    stars: int
    title: str
    body: str
    created_at: datetime
    says_verified: bool | None = None
    reply: str = ""
    replied_at: datetime | None = None
    photos: tuple[str, ...] = ()
    dropped_photos: int = 0
    imported_from: str = ""
    extras: Extras = field(default_factory=Extras)
