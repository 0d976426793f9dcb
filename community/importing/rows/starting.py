"""A new run over a table, or the one that was interrupted."""

import hashlib
from pathlib import Path
from typing import Any

from community.importing.models import ImportRun, ImportSource
from community.members.models import Member

FOUND = "found_date_order"  # beside what was chosen: what the file itself told
SOURCES: dict[str, str] = {
    ImportRun.Subject.PURCHASES: "Shop orders",
    ImportRun.Subject.PRODUCTS: "Shop catalogue",
}


def row_run(
    *,
    subject: str,
    path: Path,
    file_name: str,
    source: str,
    options: dict[str, Any],
    is_dry_run: bool,
    by: Member | None,
    is_upload: bool = False,
) -> ImportRun:
    """Saved and not started (running.start). `options`: format (an importer's name), date_order ("dmy", "mdy")."""
    known, _ = ImportSource.objects.get_or_create(name=source)
    return ImportRun.objects.create(
        subject=subject,
        phase=ImportRun.Phase.ROWS,
        source=known,
        path=str(path),
        file_name=file_name[:200],
        options=options,
        is_dry_run=is_dry_run,
        is_upload=is_upload,
        by=by,
    )


def interrupted(
    *, subject: str, path: Path, source: str, options: dict[str, Any], is_dry_run: bool
) -> ImportRun | None:
    """The run over this very file that has not finished. A file that has changed since is another one."""
    runs = ImportRun.objects.filter(subject=subject, path=str(path), source__name=source, is_dry_run=is_dry_run)
    for run in runs.exclude(state=ImportRun.State.FINISHED).select_related("source"):
        if {name: value for name, value in run.options.items() if name != FOUND} == options and run.file_hash:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == run.file_hash:
                    return run
    return None
