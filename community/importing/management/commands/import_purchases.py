"""`manage.py import_purchases orders.csv`: the shop's orders, as evidence of who bought what (docs/importing.md)."""

from community.importing.management.row_command import RowCommand
from community.importing.models import ImportRun


class Command(RowCommand):
    help = "Bring purchases: our own CSV, a Shopify order export, or a WooCommerce order export."
    subject = ImportRun.Subject.PURCHASES
