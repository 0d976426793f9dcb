"""What the shop sells: products by SKU, their shelves, and what the shop's own systems call them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.text import slugify

from community.importing.converting.tree import grow
from community.importing.models import ImportRun
from community.importing.rows.material import RowImporter, RowTally, names
from community.importing.rows.problems import BadRowError, SkippedRowError
from community.importing.rows.shelves import OTHER, free_slug, shelves_named
from community.importing.rows.values import is_yes, line_of
from community.outside.csv_files import Line
from community.products.models import OutsideName, Product, ProductCategory
from community.search.indexing import Differences, repair
from community.threads.models import Edition

LONGEST = {"sku": 64, "name": 120, "mpn": 70, "category": 60, "description": 5000, "shop_url": 200, "outside": 120}
_GTIN = re.compile(r"\d{8}|\d{12,14}")
_BREAKS = re.compile(r"<br\s*/?>|</(?:p|li|div|h\d|tr)>", re.IGNORECASE)
_UPDATED = ("name", "category", "description", "gtin", "mpn", "shop_url", "is_discontinued")


@dataclass(frozen=True)
class ProductRow:
    """Empty is “the file says nothing”. A variant is no product of its own: `variant_of` is its product's SKU or id."""

    sku: str
    name: str = ""
    category: str = ""
    description: str = ""
    gtin: str = ""
    mpn: str = ""
    shop_url: str = ""
    outside: str = ""
    variant_of: str = ""
    is_discontinued: bool | None = None
    remarks: tuple[str, ...] = ()


class OwnProducts(RowImporter):
    """The documented table (docs/importing.md)."""

    name = "Products"
    subject = ImportRun.Subject.PRODUCTS
    columns = {
        **names("sku", "product_sku variant_sku"),
        **names("name", "product_name title"),
        **names("category", "product_category type"),
        **names("description", "body"),
        **names("gtin", "ean upc barcode isbn"),
        **names("mpn", "manufacturer_part_number"),
        **names("shop_url", "url link product_url"),
        **names("shop_id", "id product_id handle"),
        **names("discontinued", "is_discontinued"),
    }
    needed: ClassVar[Sequence[str]] = ("sku", "name")
    sentences = {
        "long_sku": "The SKU has more than 64 characters.",
        "no_name": "The name is missing.",
        "long_name": "The name has more than 120 characters.",
        "bad_gtin": "The GTIN was left out: it must have 8, 12, 13 or 14 digits, the last of which proves the others.",
        "bad_url": "The address in the shop was left out: write it like https://shop.example.com/jumper.",
        "cut_description": "The description was cut to 5,000 characters.",
        "not_published": "The shop does not show it.",
        "no_parent": "The product that this is a variant of is not here. Bring the product first.",
    }
    count_labels = {"variants": "variants, known by their product", "categories": "new categories"}

    def read(self, line: Line) -> ProductRow:
        cells = {name: line_of(value) for name, value in line.cells.items()}
        remarks: list[str] = []
        gtin, shop_url = cells["gtin"].replace(" ", "").replace("-", ""), cells["shop_url"]
        if gtin and not is_gtin(gtin):
            gtin = ""
            remarks.append("bad_gtin")
        if shop_url and (not shop_url.startswith(("https://", "http://")) or len(shop_url) > LONGEST["shop_url"]):
            shop_url = ""
            remarks.append("bad_url")
        description = _plain(line.cells["description"])
        if len(description) > LONGEST["description"]:
            description = description[: LONGEST["description"] - 1].rstrip() + "…"
            remarks.append("cut_description")
        return ProductRow(
            sku=_fitting(cells["sku"], "sku"),
            name=_fitting(cells["name"], "name"),
            category=_shelf(cells["category"]),
            description=description,
            gtin=gtin,
            mpn=cells["mpn"][: LONGEST["mpn"]],
            shop_url=shop_url,
            outside=cells["shop_id"][: LONGEST["outside"]],
            is_discontinued=is_yes(cells["discontinued"]) if cells["discontinued"] else None,
            remarks=tuple(remarks),
        )

    def key(self, record: ProductRow) -> str:
        return record.sku

    def bring(self, records: Sequence[tuple[int, ProductRow]], run: ImportRun) -> RowTally:
        """About 8 queries a batch."""
        return _Batch(records, is_dry_run=run.is_dry_run).bring()

    def after(self, run: ImportRun) -> None:
        """Found by search, and on the pages that are kept for strangers."""
        keys = Product.objects.values_list("pk", flat=True)
        repair(Differences([f"products.product.{key}" for key in keys], []))
        Edition.advance()


class WooProducts(OwnProducts):
    """Products → Export of WooCommerce. Variations become names of their product; pictures are not fetched."""

    name = "WooCommerce products"
    columns = {
        **names("sku"),
        **names("name"),
        **names("description"),
        **names("short_description"),
        "categories": "category",
        "gtin,_upc,_ean,_or_isbn": "gtin",
        "external_url": "shop_url",
        "id": "shop_id",
        **names("type"),
        **names("published"),
        **names("parent"),
        **names("mpn"),
        **names("discontinued"),
    }
    needed = ("shop_id", "type", "sku", "name", "published")

    def read(self, line: Line) -> ProductRow:
        cells = dict(line.cells)
        if cells["published"] in ("0", "-1"):
            raise SkippedRowError("not_published")
        cells["description"] = (cells["description"] or cells["short_description"]).replace("\\n", "\n")
        if "variation" in cells["type"]:
            return ProductRow(
                sku=_fitting(cells["sku"], "sku"),
                outside=cells["shop_id"],
                variant_of=cells["parent"].removeprefix("id:") or "?",
            )
        cells["category"] = re.split(r"(?<!\\), ?", cells["category"])[0].replace("\\,", ",")
        return super().read(Line(line.number, cells))


class _Batch:
    """Some rows on their way in."""

    def __init__(self, records: Sequence[tuple[int, ProductRow]], *, is_dry_run: bool) -> None:
        self.records = records
        self.is_dry_run = is_dry_run
        self.tally = RowTally()
        self.products = {product.sku: product for product in Product.objects.filter(sku__in=self._skus())}
        self.outside = dict(OutsideName.objects.filter(name__in=self._names()).values_list("name", "product"))

    def _skus(self) -> set[str]:
        return {sku for _, row in self.records for sku in (row.sku, row.variant_of)}

    def _names(self) -> set[str]:
        return {name for _, row in self.records for name in (row.sku, row.outside, row.variant_of) if name}

    def bring(self) -> RowTally:
        whole = [(number, row) for number, row in self.records if not row.variant_of]
        self._categories, made = shelves_named({row.category or OTHER for _, row in whole})
        self.tally.counts["categories"] += made
        new, changed = self._sort(whole)
        self._give_slugs(new)
        Product.objects.bulk_create(new, batch_size=200)
        Product.objects.bulk_update(changed, _UPDATED, batch_size=200)
        self.products |= {product.sku: product for product in new}
        self._name([(row.outside, self.products[row.sku].pk) for _, row in whole if row.outside != row.sku])
        for number, row in self.records:
            if row.variant_of:
                self._add_variant(number, row)
        self.tally.remarks = [(number, code) for number, row in whole for code in row.remarks]
        return self.tally

    def _sort(self, rows: list[tuple[int, ProductRow]]) -> tuple[list[Product], list[Product]]:
        """(those that are new, those that the file changes)."""
        new, changed = [], []
        for _, row in rows:
            product = self.products.get(row.sku)
            if product is None:
                shelf = self._categories[(row.category or OTHER).lower()]
                new.append(_filled(Product(sku=row.sku, category=shelf), row, self._categories))
                continue
            before = [getattr(product, name) for name in _UPDATED]
            _filled(product, row, self._categories)
            if before != [getattr(product, name) for name in _UPDATED]:
                changed.append(product)
        self.tally.added, self.tally.changed = len(new), len(changed)
        self.tally.known = len(rows) - len(new) - len(changed)
        return new, changed

    def _give_slugs(self, products: list[Product]) -> None:
        """For good: a product's address never changes with its name."""
        plain = [slugify(product.name)[:100].strip("-") or slugify(product.sku) or "product" for product in products]
        taken = set(Product.objects.filter(slug__in=plain).values_list("slug", flat=True))
        for slug in taken | {slug for slug, count in Counter(plain).items() if count > 1}:
            taken |= set(Product.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
        for product, slug in zip(products, plain, strict=True):
            product.slug = free_slug(slug, taken)
            taken.add(product.slug)

    def _add_variant(self, number: int, row: ProductRow) -> None:
        """In a dry run the product may have been brought, and undone, with an earlier batch."""
        product = self.products.get(row.variant_of)
        key = product.pk if product else self.outside.get(row.variant_of)
        is_new = row.sku not in self.outside
        if key is None and not self.is_dry_run:
            self.tally.refused.append((number, "no_parent"))
            return
        self.tally.added += is_new
        self.tally.known += not is_new
        self.tally.counts["variants"] += 1
        if key is not None:
            self._name([(row.sku, key), (row.outside, key)])

    def _name(self, pairs: list[tuple[str, int]]) -> None:
        fresh = {name: key for name, key in pairs if name and name not in self.outside}
        names = [OutsideName(name=name, product_id=key) for name, key in fresh.items()]
        OutsideName.objects.bulk_create(names, batch_size=200, ignore_conflicts=True)
        self.outside |= fresh


def is_gtin(text: str) -> bool:
    """8, 12, 13 or 14 digits whose last is the check digit (GS1 General Specifications, 7.9)."""
    if not _GTIN.fullmatch(text):
        return False
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(text[:-1])))
    return (10 - weighted % 10) % 10 == int(text[-1])


def _filled(product: Product, row: ProductRow, shelves: dict[str, ProductCategory]) -> Product:
    """With what the row says; what it leaves empty stays."""
    for name in ("name", "description", "gtin", "mpn", "shop_url"):
        setattr(product, name, getattr(row, name) or getattr(product, name))
    if row.category:
        product.category = shelves[row.category.lower()]
    if row.is_discontinued is not None:
        product.is_discontinued = row.is_discontinued
    return product


def _fitting(text: str, name: str) -> str:
    found = line_of(text)
    if not found:
        raise BadRowError(f"no_{name}")
    if len(found) > LONGEST[name]:
        raise BadRowError(f"long_{name}")
    return found


def _shelf(text: str) -> str:
    """“Clothing > Hoodies” stands on the shelf Hoodies."""
    return line_of(text.rpartition(">")[2])[: LONGEST["category"]]


def _plain(text: str) -> str:
    """Without mark-up: a description is shown as it is typed."""
    if "<" in text:
        text = grow(_BREAKS.sub(r"\g<0>\n", text)).text()
    return re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n").replace("\0", "")).strip()
