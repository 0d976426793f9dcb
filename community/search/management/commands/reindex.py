"""`manage.py reindex`: makes the search index anew, while searching goes on. `--check` mends only what differs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from community.search.indexing import compare, reindex, repair

SAY_EVERY = 500


class Command(BaseCommand):
    help = "Make the search index anew beside the one in use, then swap."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare with the database and mend what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check() if options["check"] else self._reindex()

    def _reindex(self) -> None:
        count = reindex(self._say)
        self.stdout.write(f"The search index is new: {count} documents.")

    def _say(self, count: int) -> None:
        if count % SAY_EVERY == 0:
            self.stdout.write(f"  {count} documents …")

    def _check(self) -> None:
        found = compare()
        for name in found.missing_or_old:
            self.stdout.write(f"  missing or old: {name}")
        for name in found.too_many:
            self.stdout.write(f"  should not be there: {name}")
        if found.count:
            self.stdout.write(f"{found.count} documents differed from the database; {repair(found)} mended.")
        else:
            self.stdout.write("The search index and the database agree.")
