"""A run from its first step to its last: who wrote, the conversations, the links among them, the search index.

Each step is one transaction with the count of what it did and where the next begins. A run that was killed goes on
there; if two work at one run, the slower one's step finds the position taken and is undone.
"""

import logging
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import monotonic

from django.db import OperationalError, transaction
from django.utils import timezone

from community.importing.advancing import Overtaken, advance, next_phase, seen, work_folder
from community.importing.authors import bring_authors, known_authors
from community.importing.bringing import Batch, Tally
from community.importing.linking import lead_here, tie_duplicates
from community.importing.material import Item, OldThread, Reader, Remark, UnreadableError
from community.importing.models import ImportedItem, ImportRun
from community.importing.planning import Plan
from community.importing.readers import reader_for
from community.importing.rows.steps import row_steps
from community.search.indexing import Differences, repair
from community.threads.models import Edition, Tag

logger = logging.getLogger(__name__)
BATCH = 40  # threads in one transaction: half a second, in which nobody else can write to SQLite
LINKS, SEARCHED = 200, 200
Phase = ImportRun.Phase
Say = Callable[[ImportRun], None]


def go_on(run: ImportRun, *, seconds: float = float("inf"), say: Say = lambda run: None) -> bool:
    """Work on `run` for about `seconds`. True when nothing is left to do: finished, failed, stopped or taken over."""
    started = monotonic()
    try:
        is_community = run.subject == ImportRun.Subject.COMMUNITY
        for _ in _steps(run, _opened(run)) if is_community else row_steps(run):
            say(run)
            if monotonic() - started > seconds:
                _add_seconds(run, started)
                return False
        _finish(run, started)
    except Overtaken:
        run.refresh_from_db()
    except UnreadableError as error:
        _fail(run, str(error))
    return True


def start(run: ImportRun) -> None:
    """Give `run` the state in which steps count; one that has stopped goes on where it was."""
    run.state, run.problem = ImportRun.State.RUNNING, ""
    run.save(update_fields=["state", "problem"])


def stop(run: ImportRun) -> bool:
    """What is brought stays; the run may go on later. False if it was not running."""
    running = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING)
    return bool(running.update(state=ImportRun.State.STOPPED, touched_at=timezone.now()))


def _opened(run: ImportRun) -> Reader:
    path = Path(run.path)
    if not run.path or not path.exists():
        raise UnreadableError("The file is not there any more. Give it again.")
    reader = reader_for(path, work_folder(path))
    if not run.file_format:
        run.file_format = reader.name
        run.save(update_fields=["file_format"])
    if not run.source.base_url and (guess := reader.guessed_base_url()):
        run.source.base_url = guess
        run.source.save(update_fields=["base_url"])
    return reader


def _steps(run: ImportRun, reader: Reader) -> Iterator[None]:
    """One step a turn, from where the run stands to its end."""
    if run.phase == Phase.AUTHORS:
        yield from _bring_authors(run, reader)
    if run.phase == Phase.THREADS:
        yield from _bring_threads(run, reader)
    if run.phase == Phase.LINKS and not run.is_dry_run:
        yield from _lead_links(run)
    if run.phase == Phase.SEARCH and not run.is_dry_run:
        yield from _make_findable(run)


def _batches(reader: Reader, start: int) -> Iterator[list[Item]]:
    items = reader.items(start)
    while batch := list(islice(items, BATCH)):
        yield batch


def _bring_authors(run: ImportRun, reader: Reader) -> Iterator[None]:
    """Everybody first, so that a mention knows its member; this also counts the items."""
    for batch in _batches(reader, run.position):
        authors = {a.key: a for item in batch if isinstance(item, OldThread) for a in item.authors()}
        counts: Counter[str] = Counter()
        with transaction.atomic():
            new = set(authors) - set(known_authors(run.source, authors))
            if run.is_dry_run:
                counts["members"] = seen(run, "member", new)
            else:
                members = bring_authors(run.source, authors.values())
                counts["members"] = sum(members[key].is_unclaimed for key in new)
                counts["members_known_here"] = len(new) - counts["members"]
            advance(run, len(batch), Tally(counts))
        yield
    next_phase(run, Phase.THREADS, total=run.position)


def _bring_threads(run: ImportRun, reader: Reader) -> Iterator[None]:
    plan = Plan(run.options)
    if not run.is_dry_run:
        plan.default_category  # noqa: B018 - made now, outside of what may be undone
    for batch in _batches(reader, run.position):
        threads = [item for item in batch if isinstance(item, OldThread)]
        tally = Tally(remarks=[item for item in batch if isinstance(item, Remark)])
        with transaction.atomic():
            tally.add(_bring(run, threads, plan))
            if run.is_dry_run:
                transaction.set_rollback(True)
            else:
                advance(run, len(batch), tally)
        if run.is_dry_run:
            tally.counts["tags"] = seen(run, "tag", _new_tags(threads, plan))
            advance(run, len(batch), tally)
        yield
    next_phase(run, Phase.LINKS, total=0)


def _bring(run: ImportRun, threads: list[OldThread], plan: Plan) -> Tally:
    """All at once; if that fails, one by one, so that one odd thread does not keep the others out."""
    try:
        return Batch(threads, source=run.source, plan=plan).bring()
    except OperationalError:
        raise  # the database is away or busy: the step is tried again, nothing is wrong with the thread
    except Exception as error:
        if len(threads) == 1:
            logger.exception("Import run %s: %s could not be brought", run.pk, threads[0].place)
            text = (
                f"It could not be brought ({type(error).__name__}). The server's log has the details; please report it."
            )
            return Tally(remarks=[Remark("error", threads[0].place, text)])
    total = Tally()
    for thread in threads:
        total.add(_bring(run, [thread], plan))
    return total


def _new_tags(threads: list[OldThread], plan: Plan) -> set[str]:
    names = {tag.casefold() for thread in threads for tag in plan.tags_for(thread.tags)}
    return names - {name.casefold() for name in Tag.objects.values_list("name", flat=True)} if names else set()


def _lead_links(run: ImportRun) -> Iterator[None]:
    """All posts of the source that still link back, those of earlier runs too: their targets may be here by now."""
    waiting = ImportedItem.objects.filter(source=run.source, leads_back=True, post__isnull=False).order_by("pk")
    while items := list(waiting.filter(pk__gt=run.position).select_related("post__author")[:LINKS]):
        with transaction.atomic():
            counts = Counter(links=lead_here(run.source, items))
            advance(run, items[-1].pk - run.position, Tally(counts))
        yield
    with transaction.atomic():
        advance(run, 0, Tally(Counter(duplicates=tie_duplicates(run.source))))
        Edition.advance()
    next_phase(run, Phase.SEARCH, total=0)


def _make_findable(run: ImportRun) -> Iterator[None]:
    """Each thread of the source anew; those that are right already cost a look only."""
    items = ImportedItem.objects.filter(source=run.source, kind=ImportedItem.Kind.THREAD, thread__isnull=False)
    while found := list(items.filter(pk__gt=run.position).order_by("pk").values_list("pk", "thread_id")[:SEARCHED]):
        repair(Differences([f"threads.thread.{thread}" for _, thread in found], []))
        advance(run, found[-1][0] - run.position, Tally(Counter(findable=len(found))))
        yield


def _add_seconds(run: ImportRun, started: float) -> None:
    run.seconds += monotonic() - started
    ImportRun.objects.filter(pk=run.pk).update(seconds=run.seconds)


def _finish(run: ImportRun, started: float) -> None:
    _add_seconds(run, started)
    now, running = timezone.now(), ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING)
    is_first = running.update(state=ImportRun.State.FINISHED, finished_at=now, touched_at=now)
    if is_first and not run.is_dry_run:
        clear_up(run)
    run.refresh_from_db()


def clear_up(run: ImportRun) -> None:
    """Delete what was sorted, and the file if it was uploaded. A file on the server is its owner's."""
    path = Path(run.path)
    if run.path and path.exists():
        shutil.rmtree(work_folder(path), ignore_errors=True)
    if run.is_upload:
        path.unlink(missing_ok=True)
        ImportRun.objects.filter(path=run.path, is_upload=True).update(path="")


def _fail(run: ImportRun, sentence: str) -> None:
    run.state, run.problem = ImportRun.State.FAILED, sentence[:500]
    run.save(update_fields=["state", "problem"])
