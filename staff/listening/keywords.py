"""The words we listen for, and where they stand in a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from community.branding.models import Branding
from community.products.models import Product
from staff.models import DeskSettings
from staff.triage.reading import brand_names
from staff.triage.reading_text import any_of, lines, straight

BRAND, PRODUCT, COMPETITOR, CATEGORY = "brand", "product", "competitor", "category"
LABELS = {BRAND: "Brand", PRODUCT: "Product", COMPETITOR: "Competitor", CATEGORY: "What we make"}
MOST_FOUND = 20
MOST_PRODUCTS = 500


@dataclass(frozen=True)
class Listened:
    """`words`: each kind's words. `products`: which product a name stands for, in small letters."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    products: tuple[tuple[str, int], ...] = ()

    def find(self, text: str) -> list[list[str]]:
        """[kind, words as written], each once, at most 20: our name, products, competitors, what we make."""
        plain = straight(text)
        found: dict[tuple[str, str], str] = {}
        for kind, words in self.words:
            for match in any_of(words).finditer(plain):
                written = text[match.start() : match.end()]
                found.setdefault((kind, " ".join(written.lower().split())), written)
                if len(found) == MOST_FOUND:
                    break
        return [[kind, written[:100]] for (kind, _), written in found.items()][:MOST_FOUND]

    def product_in(self, keywords: Iterable[Iterable[str]]) -> int | None:
        """The one product that is named; None where there is none, or more than one."""
        named = {" ".join(words.lower().split()) for kind, words in keywords if kind == PRODUCT}
        found = {pk for name, pk in self.products if name in named}
        return found.pop() if len(found) == 1 else None


def listened_for() -> Listened:
    """Our name in all its spellings, products with a name of two words or more, competitors, what we make.

    Two queries. A product called “Trail” is not listened for: everybody writes that word.
    """
    desk = DeskSettings.current()
    products = [(name, pk) for name, pk in Product.objects.values_list("name", "pk")[:MOST_PRODUCTS] if " " in name]
    competitors = [part.strip() for line in lines(desk.competitors) for part in line.split(",")]
    return Listened(
        words=(
            (BRAND, brand_names(Branding.current().name)),
            (PRODUCT, tuple(name for name, _ in products)),
            (COMPETITOR, tuple(filter(None, competitors))),
            (CATEGORY, lines(desk.category_words)),
        ),
        products=tuple((" ".join(straight(name).lower().split()), pk) for name, pk in products),
    )
