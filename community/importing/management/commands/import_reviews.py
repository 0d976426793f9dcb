"""`manage.py import_reviews reviews.csv`: reviews from another review app (docs/importing.md)."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from community.importing.management.row_command import RowCommand
from community.importing.models import ImportRun
from community.products.models import Product


class Command(RowCommand):
    help = "Bring reviews: Judge.me, Shopify Product Reviews, Loox, Yotpo, Okendo, WooCommerce, or our own export."
    subject = ImportRun.Subject.REVIEWS

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--make-products", action="store_true", help="Make the products that are not here.")
        which = "Their handle, number or SKU of a product, and its slug here."
        parser.add_argument("--map", action="append", default=[], metavar="THEIRS=OURS", help=which)

    def chosen(self, options: dict[str, Any]) -> dict[str, Any]:
        mapping = dict(pair.partition("=")[::2] for pair in options["map"])
        if wrong := set(mapping.values()) - set(Product.objects.values_list("slug", flat=True)):
            raise CommandError(f"--map names products that are not here: {', '.join(sorted(wrong))}.")
        more = {"make_products": options["make_products"], "mapping": mapping}
        return super().chosen(options) | {name: value for name, value in more.items() if value}
