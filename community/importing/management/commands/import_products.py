"""`manage.py import_products products.csv`: what the shop sells (docs/importing.md)."""

from community.importing.management.row_command import RowCommand
from community.importing.models import ImportRun


class Command(RowCommand):
    help = "Bring products: our own CSV, or WooCommerce's product export."
    subject = ImportRun.Subject.PRODUCTS
