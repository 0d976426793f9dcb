"""`manage.py import_community PATH`: brings questions, answers, comments and their authors from another community.

Safe to stop and to run again: it goes on, and what is here already is left alone. docs/importing.md has the formats.
"""

import resource
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.importing.models import ImportRun, ImportSource
from community.importing.reporting import facts, notes_by_kind
from community.importing.running import go_on, start
from community.members.models import Member
from community.products.models import Product
from community.threads.models import Category

SHOWN_NOTES = 10


class Command(BaseCommand):
    help = (
        "Bring a community along: Discourse topics, a Stack Exchange dump, a CSV table, or an export of this software."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="File, archive or folder.")
        parser.add_argument("--dry-run", action="store_true", help="Count, and write nothing.")
        parser.add_argument(
            "--source", default="", help="What the old community is called; the same at every run of it."
        )
        parser.add_argument(
            "--base-url", default="", help="Its old address, for links to it: https://forum.example.com"
        )
        parser.add_argument("--category", default="", help="Where questions go: a category's slug.")
        parser.add_argument("--product", default="", help="What they are about: a product's slug.")
        parser.add_argument("--map", action="append", default=[], metavar="THEIRS=OURS", help="Category by category.")
        parser.add_argument("--staff-as-company", action="store_true", help="What staff wrote there is official here.")
        parser.add_argument("--by", default="", help="Username of who does this, for the record.")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        run = _run(path.resolve(), options)
        start(run)
        go_on(run, say=self._say)
        self.stderr.write("")
        if run.state != ImportRun.State.FINISHED:
            raise CommandError(run.problem or f"The import has {run.get_state_display().lower()}.")
        self._report(run)

    def _say(self, run: ImportRun) -> None:
        of = f" of {run.total:,}" if run.total else ""
        self.stderr.write(f"\r{run.get_phase_display()}: {run.position:,}{of}   ", ending="")
        self.stderr.flush()

    def _report(self, run: ImportRun) -> None:
        self.stdout.write(f"{run.file_format}: {'would bring' if run.is_dry_run else 'brought'} into “{run.source}”")
        for label, count in facts(run):
            self.stdout.write(f"  {count:>9,}  {label}")
        posts = run.counts.get("posts", 0) + run.counts.get("known_posts", 0)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if sys.platform != "darwin" else 1024) // 1024
        rate = posts / run.seconds if run.seconds else 0
        self.stdout.write(f"  {run.seconds:.1f} s, {rate:,.0f} posts a second, {memory} MB at most")
        for kind, count, notes in notes_by_kind(run, SHOWN_NOTES):
            self.stdout.write(f"{kind} ({count:,}):")
            for note in notes:
                self.stdout.write(f"  {note}")
            if count > len(notes):
                self.stdout.write(f"  … and {count - len(notes):,} more, at {run.get_absolute_url()}")


def _run(path: Path, options: dict[str, Any]) -> ImportRun:
    """The run of this file that was interrupted, or a new one."""
    name = options["source"] or path.name.partition(".")[0][:60]
    source, _ = ImportSource.objects.get_or_create(name=name)
    if options["base_url"] and source.base_url != options["base_url"].rstrip("/"):
        source.base_url = options["base_url"].rstrip("/")
        source.save(update_fields=["base_url"])
    mine = {"source": source, "path": str(path), "is_dry_run": options["dry_run"], "options": _chosen(options)}
    unfinished = ImportRun.objects.filter(**mine).exclude(state=ImportRun.State.FINISHED).first()
    by = Member.objects.filter(username=options["by"]).first() if options["by"] else None
    return unfinished or ImportRun.objects.create(**mine, file_name=path.name, by=by)


def _chosen(options: dict[str, Any]) -> dict[str, Any]:
    if options["category"] and not Category.objects.filter(slug=options["category"]).exists():
        raise CommandError(f"There is no category {options['category']}. Make it first, or leave --category out.")
    if options["product"] and not Product.objects.filter(slug=options["product"]).exists():
        raise CommandError(f"There is no product {options['product']}. Add it first, or leave --product out.")
    mapping = dict(pair.partition("=")[::2] for pair in options["map"])
    known = set(Category.objects.values_list("slug", flat=True))
    if wrong := set(mapping.values()) - known:
        raise CommandError(f"--map names categories that are not here: {', '.join(sorted(wrong))}.")
    return {
        "category": options["category"],
        "product": options["product"],
        "mapping": mapping,
        "staff_as_company": options["staff_as_company"],
    }
