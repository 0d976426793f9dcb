"""`manage.py receive_mail < raw`: takes an answer to a letter from a mail server's pipe (see docs/mail.md)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from community.notifications.incoming import LARGEST
from community.receiving_mail import receive

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the mail


class Command(BaseCommand):
    help = "Read one raw mail from standard input and post it, or tell its sender why not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default="", help="The address of the envelope, if the mail server knows it.")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(LARGEST + 1)
        if not raw.strip() or len(raw) > LARGEST:
            raise CommandError(f"Give one raw mail of at most {LARGEST // 1024 // 1024} MB on standard input.")
        try:
            noted = receive(raw, recipient=options["to"])
        except OperationalError as error:
            raise CommandError("The database can't be reached; try again later.", returncode=TRY_LATER) from error
        self.stdout.write(noted.get_outcome_display())
