"""Where a run stands, saved with what it counts. A step that finds its place taken is undone by Overtaken."""

import hashlib
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from community.importing.bringing import Tally
from community.importing.material import Remark
from community.importing.models import ImportNote, ImportRun

MOST_NOTES = 2000  # kept of each kind; all are counted


class Overtaken(Exception):  # noqa: N818 - no error: the run was stopped, or goes on elsewhere
    pass


def work_folder(path: Path) -> Path:
    """Where what was sorted lies, the same for the same file: a dry run sorts for the run that follows."""
    facts = path.stat()
    name = hashlib.sha256(f"{path.resolve()} {facts.st_size} {facts.st_mtime_ns}".encode()).hexdigest()[:24]
    return Path(settings.VAR_DIR) / "imports" / f"work-{name}"


def advance(run: ImportRun, by: int, tally: Tally) -> None:
    """Save where the run stands. Raises Overtaken if it was stopped, or another process was quicker."""
    counts = Counter(run.counts)
    counts.update(tally.counts)
    counts.update(remark.kind for remark in tally.remarks)
    here = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING, phase=run.phase, position=run.position)
    position = run.position + by
    if not here.update(position=position, counts=dict(counts), touched_at=timezone.now()):
        raise Overtaken
    _save_notes(run, tally.remarks)
    run.position, run.counts = position, dict(counts)


def _save_notes(run: ImportRun, remarks: list[Remark]) -> None:
    before = Counter(run.counts)
    notes = []
    for remark in remarks:
        before[remark.kind] += 1
        if before[remark.kind] <= MOST_NOTES:
            notes.append(ImportNote(run=run, kind=remark.kind, place=remark.place[:200], text=remark.text[:500]))
    ImportNote.objects.bulk_create(notes, batch_size=500)


def next_phase(run: ImportRun, phase: str, *, total: int) -> None:
    here = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING, phase=run.phase, position=run.position)
    if not here.update(phase=phase, position=0, total=total, touched_at=timezone.now()):
        raise Overtaken
    run.phase, run.position, run.total = phase, 0, total


def seen(run: ImportRun, kind: str, keys: set[str]) -> int:
    """How many of `keys` no earlier step of this dry run has met. Kept in a file, for there may be millions."""
    folder = work_folder(Path(run.path))
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / f"seen-{run.pk}.sqlite3")) as file, file:
        file.execute("CREATE TABLE IF NOT EXISTS seen (kind, name, step, PRIMARY KEY (kind, name)) WITHOUT ROWID")
        rows = [(kind, key, run.position) for key in keys]
        file.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", rows)
        count = file.execute("SELECT COUNT(*) FROM seen WHERE kind = ? AND step = ?", (kind, run.position))
        return int(count.fetchone()[0])
