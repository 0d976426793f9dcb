"""`manage.py export_community [FILE]`: everything public as JSON lines; to standard output without FILE."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.exporting.writing import lines


class Command(BaseCommand):
    help = "Write everything public as JSON lines (docs/exporting.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="Where to; without it, standard output.")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        if file is None:
            for line in lines():
                self.stdout.write(line, ending="")
            return
        draft = file.with_name(f"{file.name}.part")
        with draft.open("w", encoding="utf-8") as output:
            count = sum(1 for line in lines() if output.write(line))
        draft.replace(file)  # a file of this name is always whole
        self.stdout.write(f"{count:,} lines in {file}")
