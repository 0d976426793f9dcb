"""A run over a table, step by step: a batch of rows is one transaction with the count of what became of them."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import OperationalError, transaction

from community.importing.advancing import advance, next_phase, work_folder
from community.importing.bringing import Tally
from community.importing.material import UnreadableError
from community.importing.models import ImportRun, LineProblem
from community.importing.rows.material import LineCode, RowImporter, RowTally
from community.importing.rows.problems import BadRowError, SkippedRowError
from community.importing.rows.registry import importers_for
from community.importing.rows.starting import FOUND
from community.importing.rows.table import Table, TableRow, examine, table_of

logger = logging.getLogger(__name__)
Phase = ImportRun.Phase
Kind = LineProblem.Kind
MOST_PROBLEMS = 200_000  # lines kept for the report; all are counted


def row_steps(run: ImportRun) -> Iterator[None]:
    """One step a turn, from where the run stands to its end. Raises UnreadableError, Overtaken."""
    table = _opened(run)
    importer = table.importer(run.options, run.options.get("date_order") or run.options.get(FOUND, ""))
    if run.phase not in (Phase.ROWS, Phase.AFTER):
        next_phase(run, Phase.ROWS, total=run.total)
    if run.phase == Phase.ROWS:
        yield from _read_rows(run, table, importer)
    if not run.is_dry_run:
        importer.after(run)
    _forget_keys(run)


def _opened(run: ImportRun) -> Table:
    """The table; on the first visit its hash, its length and the order of its dates are kept with the run."""
    path = Path(run.path)
    if not run.path or not path.is_file():
        raise UnreadableError("The file is not there any more. Give it again.")
    table = table_of(path, importers_for(run.subject), str(run.options.get("format") or ""))
    if not run.file_hash:
        facts = examine(table)
        run.file_format, run.file_hash, run.total = table.importer.name, facts.file_hash, facts.total
        run.options = {**run.options, FOUND: facts.date_order}
        run.save(update_fields=["file_format", "file_hash", "total", "options"])
    return table


def _read_rows(run: ImportRun, table: Table, importer: RowImporter) -> Iterator[None]:
    if run.position and importer.follows and (before := table.row_before(run.position)):
        importer.follow(before)
    rows = table.rows(run.position)
    while batch := list(islice(rows, importer.batch)):
        tally = RowTally()
        records = _checked(run, batch, importer, tally)
        with transaction.atomic():
            tally.add(_bring(run, records, importer))
            if run.is_dry_run:
                transaction.set_rollback(True)
            else:
                _save(run, len(batch), tally)
        if run.is_dry_run:
            with transaction.atomic():
                _save(run, len(batch), tally)
        yield
    next_phase(run, Phase.AFTER, total=run.total)


def _checked(run: ImportRun, batch: list[TableRow], importer: RowImporter, tally: RowTally) -> list[tuple[int, Any]]:
    """The rows of `batch` that can be brought, as records. What can't is told to `tally`."""
    records: list[tuple[int, Any]] = []
    for number, line in batch:
        try:
            if isinstance(line, BadRowError):
                raise line
            records.append((number, importer.read(line)))
        except SkippedRowError as error:
            tally.skipped.append((number, error.code))
        except BadRowError as error:
            tally.refused.append((number, error.code))
    again = _repeated(run, [(number, importer.key(record)) for number, record in records])
    tally.refused += [(number, "duplicate") for number in sorted(again)]
    return [(number, record) for number, record in records if number not in again]


def _repeated(run: ImportRun, keys: list[tuple[int, str]]) -> set[int]:
    """The lines whose key stands in an earlier line. Kept on disk by hash, so that a run that goes on knows it too."""
    path = _keys_file(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    found = set()
    with closing(sqlite3.connect(path, timeout=30)) as file, file:
        file.execute("PRAGMA synchronous = OFF")
        file.execute("CREATE TABLE IF NOT EXISTS key (hash BLOB PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        for number, key in keys:
            if key:
                digest = blake2b(key.encode(), digest_size=16).digest()
                file.execute("INSERT OR IGNORE INTO key VALUES (?, ?)", (digest, number))
                first = file.execute("SELECT line FROM key WHERE hash = ?", (digest,)).fetchone()[0]
                found |= {number} if first != number else set()
    return found


def _forget_keys(run: ImportRun) -> None:
    path = _keys_file(run)
    path.unlink(missing_ok=True)
    with suppress(OSError):  # another run over the same file may have its own there
        path.parent.rmdir()


def _keys_file(run: ImportRun) -> Path:
    return work_folder(Path(run.path)) / f"lines-{run.pk}.sqlite3"


def _bring(run: ImportRun, records: Sequence[tuple[int, Any]], importer: RowImporter) -> RowTally:
    """All at once; if that fails, one by one, so that one odd row does not keep the others out."""
    if not records:
        return RowTally()
    try:
        with transaction.atomic():
            return importer.bring(records, run)
    except OperationalError:
        raise  # the database is away or busy: the step is tried again, nothing is wrong with the rows
    except Exception:
        if len(records) == 1:
            logger.exception("Import run %s: line %s could not be brought", run.pk, records[0][0])
            return RowTally(refused=[(records[0][0], "failed")])
    total = RowTally()
    for record in records:
        total.add(_bring(run, [record], importer))
    return total


def _save(run: ImportRun, rows: int, tally: RowTally) -> None:
    """Where the run stands, and which lines were not taken. Raises Overtaken."""
    kinds = {Kind.REFUSED: tally.refused, Kind.SKIPPED: tally.skipped, Kind.REMARK: tally.remarks}
    kept = sum(run.counts.get(kind, 0) for kind in kinds)
    counts = tally.counts + Counter(added=tally.added, changed=tally.changed, known=tally.known)
    counts.update({kind.value: len(lines) for kind, lines in kinds.items()})
    advance(run, rows, Tally(counts))
    if kept < MOST_PROBLEMS:
        LineProblem.objects.bulk_create(_problems(run, kinds), batch_size=500, ignore_conflicts=True)


def _problems(run: ImportRun, kinds: dict[LineProblem.Kind, list[LineCode]]) -> list[LineProblem]:
    return [
        LineProblem(run=run, line=line, code=code[:40], kind=kind)
        for kind, lines in kinds.items()
        for line, code in lines
    ]
