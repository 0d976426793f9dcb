"""The formats that are known, by what they hold. A table's own first line says which it is."""

from collections.abc import Sequence

from community.importing.reviews.formats import FORMATS as REVIEW_FORMATS
from community.importing.reviews.own import OwnReviews
from community.importing.rows.material import RowImporter
from community.importing.rows.products import OwnProducts, WooProducts
from community.importing.rows.purchases import OwnPurchases, ShopifyOrders, WooOrders

IMPORTERS: tuple[type[RowImporter], ...] = (
    ShopifyOrders,
    WooOrders,
    OwnPurchases,
    WooProducts,
    OwnProducts,
    OwnReviews,
    *REVIEW_FORMATS,
)


def importers_for(subject: str) -> Sequence[type[RowImporter]]:
    """In the order in which they are asked: the most particular first."""
    return [importer for importer in IMPORTERS if importer.subject == subject]


def importer_named(subject: str, name: str) -> type[RowImporter] | None:
    return next((importer for importer in importers_for(subject) if importer.name == name), None)
