"""What import_purchases, import_products and import_reviews share: run over a table, tell how far it is, report."""

import csv
import resource
import sys
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.importing.material import UnreadableError
from community.importing.models import ImportRun
from community.importing.rows.registry import importers_for
from community.importing.rows.reporting import REPORT_COLUMNS, problems, report_rows, row_facts
from community.importing.rows.starting import SOURCES, interrupted, row_run
from community.importing.rows.table import table_of
from community.importing.running import go_on, start
from community.members.models import Member

SHOWN_LINES = 10


class RowCommand(BaseCommand):
    """Safe to stop and to run again: it goes on, and what is here already is left alone."""

    subject: ClassVar[str]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="The CSV file.")
        parser.add_argument("--dry-run", action="store_true", help="Count, and write nothing.")
        parser.add_argument("--source", default="", help="Where it is from; the same at every run of it.")
        names = ", ".join(importer.name for importer in importers_for(self.subject))
        parser.add_argument("--format", default="", help=f"If the columns don't tell: {names}.")
        order = "What comes first in 05/03/2024, if the file does not tell: dmy (day) or mdy (month)."
        parser.add_argument("--date-order", choices=("dmy", "mdy"), default="", help=order)
        parser.add_argument("--report", type=Path, help="Write line,code of what was not taken to this file.")
        parser.add_argument("--by", default="", help="Username of who does this, for the record.")

    def chosen(self, options: dict[str, Any]) -> dict[str, Any]:
        """What ImportRun.options keeps."""
        return {name: options[name] for name in ("format", "date_order") if options[name]}

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if not path.is_file():
            raise CommandError(f"There is no file at {path}.")
        run = self._run(path.resolve(), options)
        start(run)
        go_on(run, say=self._say)
        self.stderr.write("")
        if run.state == ImportRun.State.RUNNING:
            raise CommandError("Another process works on this import and was quicker. It goes on there.")
        if run.state != ImportRun.State.FINISHED:
            raise CommandError(run.problem or f"The import has {run.get_state_display().lower()}.")
        self._tell(run)
        if options["report"]:
            with options["report"].open("w", newline="") as file:
                csv.writer(file).writerows([REPORT_COLUMNS, *report_rows(run)])

    def _run(self, path: Path, options: dict[str, Any]) -> ImportRun:
        """The run of this file that was interrupted, or a new one."""
        by = Member.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"There is no member {options['by']}.")
        chosen = self.chosen(options)
        source = (options["source"] or SOURCES.get(self.subject) or self._format(path, chosen))[:60]
        facts: dict[str, Any] = {"subject": self.subject, "path": path, "source": source, "options": chosen}
        facts["is_dry_run"] = options["dry_run"]
        return interrupted(**facts) or row_run(**facts, file_name=path.name, by=by)

    def _format(self, path: Path, chosen: dict[str, Any]) -> str:
        try:
            return table_of(path, importers_for(self.subject), chosen.get("format", "")).importer.name
        except UnreadableError as error:
            raise CommandError(str(error)) from error

    def _say(self, run: ImportRun) -> None:
        self.stderr.write(f"\r{run.get_phase_display()}: {run.position:,} of {run.total:,}   ", ending="")
        self.stderr.flush()

    def _tell(self, run: ImportRun) -> None:
        self.stdout.write(f"{run.file_format}: {'would bring' if run.is_dry_run else 'brought'} from “{run.source}”")
        for label, count in row_facts(run):
            self.stdout.write(f"  {count:>9,}  {label}")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 1024**2)
        rate = run.total / run.seconds if run.seconds else 0
        self.stdout.write(f"  {run.seconds:.1f} s, {rate:,.0f} rows a second, {memory} MB at most")
        for problem in problems(run, SHOWN_LINES):
            lines = ", ".join(map(str, problem.lines)) + (", …" if problem.count > len(problem.lines) else "")
            self.stdout.write(f"{problem.code} ({problem.count:,}), line {lines}: {problem.sentence}")
