"""Orders, one product a row: the evidence of who bought what, and from when on they may be asked what they think."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from community.importing.models import ImportRun
from community.importing.rows.dates import Moment
from community.importing.rows.material import RowImporter, RowTally, names
from community.importing.rows.problems import BadRowError, SkippedRowError
from community.importing.rows.values import email_of, is_yes, line_of
from community.outside.csv_files import Line
from community.products.claiming import claim_purchases
from community.products.models import OutsideName, Product, Purchase
from reviews.verifying import verify_purchases

LONGEST_NAME, LONGEST_REFERENCE = 120, 64
Key = tuple[str, int, str]  # reference, product, address


@dataclass(frozen=True)
class PurchaseRow:
    sku: str
    email: str
    name: str
    reference: str
    purchased: Moment
    fulfilled: Moment | None = None
    refunded_at: datetime | None = None
    is_refunded: bool = False


class OwnPurchases(RowImporter):
    """The documented table (docs/importing.md), and whatever has a column for each of its names."""

    name = "Purchases"
    subject = ImportRun.Subject.PURCHASES
    columns = {
        **names("sku", "product_sku item_sku variant_sku lineitem_sku"),
        **names("email", "e_mail email_address e_mail_address customer_email billing_email email_(billing)"),
        **names("name", "customer_name customer full_name billing_name"),
        **names("reference", "order_reference order_number order_id order_no order_name order order_#"),
        **names("purchased_at", "purchase_date purchased order_date ordered_at created_at date_created date"),
        **names(
            "fulfilled_at", "fulfillment_date fulfilment_date shipped_at shipping_date delivered_at completed_date"
        ),
        **names("refunded", "refunded_at refund_date is_refunded"),
    }
    needed: ClassVar[Sequence[str]] = ("sku", "email", "reference", "purchased_at")
    date_columns = ("purchased_at", "fulfilled_at", "refunded")
    sentences = {
        "no_reference": "The order's reference is missing.",
        "long_reference": f"The order's reference has more than {LONGEST_REFERENCE} characters.",
        "fulfilled_early": "It was fulfilled before it was bought.",
        "refunded_early": "It was refunded before it was bought.",
        "not_paid": "The order was never paid: pending, failed or voided.",
    }
    batch = 500

    def read(self, line: Line) -> PurchaseRow:
        cells = line.cells
        row = PurchaseRow(
            sku=_filled(cells["sku"], "no_sku"),
            email=email_of(cells["email"]),
            name=line_of(cells["name"])[:LONGEST_NAME],
            reference=_filled(cells["reference"], "no_reference"),
            purchased=self.dates.read(cells["purchased_at"]),
            fulfilled=self.dates.read(cells["fulfilled_at"]) if cells["fulfilled_at"] else None,
        )
        if len(row.reference) > LONGEST_REFERENCE:
            raise BadRowError("long_reference")
        row = self._in_order(row)
        return self._refunded(row, cells["refunded"]) if cells["refunded"] else row

    def _in_order(self, row: PurchaseRow) -> PurchaseRow:
        """A day alone is as late as it must be to come after the purchase."""
        if row.fulfilled is None or row.fulfilled.at >= row.purchased.at:
            return row
        if row.fulfilled.day == row.purchased.day and (row.fulfilled.is_day_only or row.purchased.is_day_only):
            return replace(row, fulfilled=replace(row.fulfilled, at=row.purchased.at))
        raise BadRowError("fulfilled_early")

    def _refunded(self, row: PurchaseRow, text: str) -> PurchaseRow:
        """“yes” or the day of it."""
        if not any(character.isdigit() for character in text) or len(text) == 1:
            return replace(row, is_refunded=is_yes(text))
        moment = self.dates.read(text)
        if moment.at < row.purchased.at and moment.day < row.purchased.day:
            raise BadRowError("refunded_early")
        return replace(row, is_refunded=True, refunded_at=max(moment.at, row.purchased.at))

    def key(self, record: PurchaseRow) -> str:
        return "\0".join((record.reference, record.sku, record.email))

    def bring(self, records: Sequence[tuple[int, PurchaseRow]], run: ImportRun) -> RowTally:
        """5 queries a batch."""
        tally = RowTally()
        products = products_called({row.sku for _, row in records})
        here = _here(row.reference for _, row in records)
        new: list[Purchase] = []
        changed: list[Purchase] = []
        for number, row in records:
            product = products.get(row.sku)
            if product is None:
                tally.refused.append((number, "unknown_sku"))
                continue
            purchase = here.get((row.reference, product, row.email))
            if purchase is None:
                new.append(_new(row, product))
                continue
            try:
                changed += [purchase] if _update(purchase, row) else []
            except BadRowError as error:
                tally.refused.append((number, error.code))
        Purchase.objects.bulk_create(new, batch_size=500)
        Purchase.objects.bulk_update(changed, ["fulfilled_at", "refunded_at", "name"], batch_size=200)
        tally.added, tally.changed = len(new), len(changed)
        tally.known = len(records) - len(tally.refused) - len(new) - len(changed)
        return tally

    def after(self, run: ImportRun) -> None:
        """To the accounts that have proven the addresses, and to the reviews that stand on them."""
        claim_purchases()
        verify_purchases()


class ShopifyOrders(OwnPurchases):
    """Orders → Export. Only the first row of an order says when and how it was paid; the others follow it."""

    name = "Shopify orders"
    columns = {
        **names("sku", "lineitem_sku"),
        **names("email"),
        "name": "reference",
        **names("purchased_at", "created_at paid_at"),
        **names("fulfilled_at"),
        **names("refunded"),
        "billing_name": "name",
        "shipping_name": "name",
        "financial_status": "status",
        **names("cancelled_at"),
    }
    needed = ("sku", "email", "reference", "purchased_at", "status")
    follows = True

    def __init__(self, options: Mapping[str, Any], date_order: str = "") -> None:
        super().__init__(options, date_order)
        self._first: Mapping[str, str] = {}

    @classmethod
    def begins(cls, line: Line) -> bool:
        return bool(line.cells["status"])

    def follow(self, line: Line) -> None:
        self._first = line.cells

    def read(self, line: Line) -> PurchaseRow:
        cells = dict(line.cells)
        if self.begins(line):
            self.follow(line)
        elif self._first.get("reference") == cells["reference"]:
            cells = {**self._first, "sku": cells["sku"]}
        if cells["status"].lower() in ("pending", "authorized", "expired"):
            raise SkippedRowError("not_paid")
        if cells["status"].lower() in ("refunded", "voided") or cells["cancelled_at"]:
            cells["refunded"] = cells["cancelled_at"] or "yes"
        return super().read(Line(line.number, cells))


class WooOrders(OwnPurchases):
    """A row for each item of an order, as the export plugins of WooCommerce write it."""

    name = "WooCommerce orders"
    columns = {
        **OwnPurchases.columns,
        **names("status", "order_status"),
        **names("first", "first_name_(billing) billing_first_name"),
        **names("last", "last_name_(billing) billing_last_name"),
        **names("fulfilled_at", "completed_date order_completed_date date_completed"),
    }
    needed = (*OwnPurchases.needed, "status")

    def read(self, line: Line) -> PurchaseRow:
        cells = dict(line.cells)
        status = cells["status"].lower().removeprefix("wc-").replace(" ", "-")
        if status in ("pending", "pending-payment", "failed", "draft", "checkout-draft", "on-hold"):
            raise SkippedRowError("not_paid")
        if status in ("refunded", "cancelled"):
            cells["refunded"] = cells["refunded"] or "yes"
        cells["name"] = cells["name"] or f"{cells['first']} {cells['last']}"
        return super().read(Line(line.number, cells))


def products_called(skus: Collection[str]) -> dict[str, int]:
    """{SKU: product}; a variant's SKU leads to the product that it is one of. 2 queries."""
    variants = OutsideName.objects.filter(name__in=skus).values_list("name", "product")
    return {**dict(variants), **dict(Product.objects.filter(sku__in=skus).values_list("sku", "pk"))}


def _filled(text: str, code: str) -> str:
    found = line_of(text)
    if not found:
        raise BadRowError(code)
    return found


def _here(references: Iterable[str]) -> dict[Key, Purchase]:
    purchases = Purchase.objects.filter(reference__in=set(references)).select_for_update()
    return {(each.reference, each.product_id, each.email.lower()): each for each in purchases}


def _new(row: PurchaseRow, product_id: int) -> Purchase:
    return Purchase(
        product_id=product_id,
        email=row.email,
        name=row.name,
        reference=row.reference,
        purchased_at=row.purchased.at,
        fulfilled_at=row.fulfilled.at if row.fulfilled else None,
        refunded_at=_refund(row),
    )


def _refund(row: PurchaseRow) -> datetime | None:
    return (row.refunded_at or timezone.now()) if row.is_refunded else None


def _update(purchase: Purchase, row: PurchaseRow) -> bool:
    """Fulfilment, refund and name come along later; nothing that is here is ever emptied. True if that was news."""
    before = purchase.fulfilled_at, purchase.refunded_at, purchase.name
    if row.fulfilled and not _is_same(purchase.fulfilled_at, row.fulfilled):
        is_early = row.fulfilled.at < purchase.purchased_at
        if is_early and row.fulfilled.at.date() < purchase.purchased_at.date():
            raise BadRowError("fulfilled_early")
        purchase.fulfilled_at = max(row.fulfilled.at, purchase.purchased_at)
    purchase.refunded_at = purchase.refunded_at or _refund(row)
    purchase.name = purchase.name or row.name
    return before != (purchase.fulfilled_at, purchase.refunded_at, purchase.name)


def _is_same(at: datetime | None, moment: Moment) -> bool:
    """A day alone is the same as any hour of it."""
    if at is None or not moment.is_day_only:
        return at == moment.at
    return at.date() == moment.day
