"""Which product here a row is about: by what you said, by slug, SKU, address in the shop or name; or a new one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify

from community.importing.reviews.material import ProductNames
from community.importing.rows.shelves import OTHER, shelves_named
from community.products.models import OutsideName, Product

_AT_ONCE = 200


class Products:
    """Those that a batch of rows names. About 3 queries, however many."""

    def __init__(self, wanted: Iterable[ProductNames], options: dict[str, Any]) -> None:
        self.made: list[Product] = []
        self._may_make = bool(options.get("make_products"))
        self._mapping = {str(theirs).casefold(): str(ours) for theirs, ours in (options.get("mapping") or {}).items()}
        self._here: dict[str, Product] = {}
        names = sorted({name for product in wanted for name in self._names(product)})
        for start in range(0, len(names), _AT_ONCE):
            self._look_up(names[start : start + _AT_ONCE])

    def of(self, theirs: ProductNames) -> Product | None:
        found = (self._here.get(name) for name in self._names(theirs))
        product = next(filter(None, found), None)
        return product or (self._make(theirs) if self._may_make else None)

    def _names(self, theirs: ProductNames) -> list[str]:
        """As they are looked up here, the surest first."""
        said = [*theirs.references(), *([theirs.name] if theirs.name else [])]
        mapped = [self._mapping[name.casefold()] for name in said if name.casefold() in self._mapping]
        return [name.casefold() for name in mapped + said]

    def _look_up(self, names: list[str]) -> None:
        found = Product.objects.alias(l_sku=Lower("sku"), l_name=Lower("name"), l_slug=Lower("slug"))
        ends = Q(pk__in=[])
        for name in names:
            ends |= Q(shop_url__iendswith=f"/{name}")
        for product in found.filter(Q(l_slug__in=names) | Q(l_sku__in=names) | Q(l_name__in=names) | ends):
            self._keep(product)
        outside = OutsideName.objects.alias(l_name=Lower("name")).filter(l_name__in=names)
        for other in outside.select_related("product"):
            self._here.setdefault(other.name.casefold(), other.product)

    def _keep(self, product: Product) -> None:
        address = product.shop_url.rstrip("/").rpartition("/")[2]
        for name in (product.name, address, product.sku, product.slug):  # the last wins: a slug is the surest
            if name:
                self._here[name.casefold()] = product

    def _make(self, theirs: ProductNames) -> Product:
        """On a shelf of its own name, for somebody to put right. Called as the file calls it."""
        shelf = shelves_named({OTHER})[0][OTHER.lower()]
        name = theirs.name or theirs.handle.replace("-", " ").capitalize() or theirs.sku or f"Product {theirs.number}"
        sku = (theirs.sku or theirs.number or theirs.handle or slugify(name))[:64]
        slug = slugify(theirs.handle or name)[:110] or "product"
        if Product.objects.filter(slug=slug).exists():
            slug = f"{slug}-{slugify(sku)}"[:120]
        product, is_new = Product.objects.get_or_create(
            sku=sku, defaults={"slug": slug, "name": name[:120], "category": shelf}
        )
        if is_new:
            self.made.append(product)
        for name in filter(None, (*theirs.references(), theirs.name)):
            self._here[name.casefold()] = product
        if theirs.number and theirs.number != product.sku:
            OutsideName.objects.get_or_create(name=theirs.number[:120], defaults={"product": product})
        return product
