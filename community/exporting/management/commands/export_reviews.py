"""`manage.py export_reviews FILE`: every review that can be read, as CSV or as Google's feed (docs/exporting.md)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.exporting.reviews.google import feed
from community.exporting.reviews.tables import TABLES


class Command(BaseCommand):
    help = "Write every review that can be read: our own CSV, Judge.me's, or Google's product review feed (XML)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="Where to; without it, standard output.")
        parser.add_argument("--format", choices=(*TABLES, "google"), default="own", help="own if not said.")
        told = "Take along the e-mail addresses that customers have proven. Not for Google."
        parser.add_argument("--with-addresses", action="store_true", help=told)

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        pieces = self._pieces(options["format"], options["with_addresses"])
        if file is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        draft = file.with_name(f"{file.name}.part")
        with draft.open("w", encoding="utf-8", newline="") as output:
            for piece in pieces:
                output.write(piece)
        draft.replace(file)  # a file of this name is always whole
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes")

    def _pieces(self, name: str, with_addresses: bool) -> Iterator[str]:
        if name != "google":
            return TABLES[name](with_addresses=with_addresses)
        if with_addresses:
            raise CommandError("Google's feed has no addresses. Leave --with-addresses out.")
        return feed()
