"""The tuned Whoosh engine: one writer, many readers, a swap that nobody notices."""

import subprocess
import sys
from pathlib import Path
from threading import Thread as Worker

import pytest
from django.test import Client
from django_q.models import Schedule
from haystack import connections
from haystack.query import SearchQuerySet
from pytest_django import DjangoAssertNumQueries

from community.products.models import Product, ProductCategory
from community.search import indexing, tasks, whoosh_backend
from community.search.finding import find
from community.search.whoosh_backend import TunedWhooshBackend
from community.search.whoosh_store import FORMAT, IndexBusyError, Store
from community.search.whoosh_writing import PARTS_OF_ONE_SIZE
from community.search.wording import understand
from community.threads.models import Thread

HOLD = """
import sys, time
from community.search.whoosh_store import Store
with Store(sys.argv[1]).writing(seconds=5):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def backend(db: None) -> TunedWhooshBackend:
    return connections["default"].get_backend()


def found(text: str) -> int:
    return find(understand(text)).total


def rename(question: Thread, title: str) -> bool:
    Thread.objects.filter(pk=question.pk).update(title=title)
    return indexing.resync(question.pk)


def test_a_search_reads_what_another_has_written_since(question: Thread, backend: TunedWhooshBackend) -> None:
    before = backend.snapshot()
    assert backend.snapshot() is before
    rename(question, "Buttons")
    assert backend.snapshot() is not before
    assert found("buttons") == 1


def test_what_was_decoded_stays_when_something_is_added(question: Thread, backend: TunedWhooshBackend) -> None:
    before = set(backend.snapshot().segments.values())
    Product.objects.create(name="Cap", slug="cap", sku="C", category=ProductCategory.objects.get())
    assert set(backend.snapshot().segments.values()) > before


def test_many_small_writes_leave_few_parts(question: Thread, backend: TunedWhooshBackend) -> None:
    for number in range(12):
        rename(question, f"Title {number}")
        assert len(backend.snapshot().parts) < PARTS_OF_ONE_SIZE
    assert found("title") == 1


def test_a_write_waits_for_the_one_before(
    question: Thread, search_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_backend, "SECONDS_TO_WAIT", 0.2)
    with Store(search_index).writing(seconds=1), pytest.raises(IndexBusyError, match=r"0\.2 seconds"):
        rename(question, "Buttons")
    assert indexing.resync(question.pk) is True


def test_a_task_that_finds_the_index_busy_comes_again(
    question: Thread, search_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_backend, "SECONDS_TO_WAIT", 0.1)
    Thread.objects.filter(pk=question.pk).update(title="Buttons")
    with Store(search_index).writing(seconds=1):
        tasks.resync(question.pk)
    again = Schedule.objects.get(func="community.search.tasks.resync")
    tasks.resync(*eval(again.args))
    assert found("buttons") == 1


@pytest.mark.slow
def test_another_process_holds_the_lock_and_its_death_lets_go(
    question: Thread, search_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_backend, "SECONDS_TO_WAIT", 0.2)
    command = [sys.executable, "-W", "ignore", "-c", HOLD, str(search_index)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusyError):
            rename(question, "Buttons")
    finally:
        holder.kill()
        holder.communicate()
    assert indexing.resync(question.pk) is True


def test_writers_at_once_lose_nothing(question: Thread, backend: TunedWhooshBackend) -> None:
    snapshot = backend.snapshot()
    documents = [{"id": f"threads.thread.{n}", "text": f"word{n}", "fingerprint": "x"} for n in range(2, 12)]

    def write_one(document: dict[str, str]) -> None:
        with backend.store.writing(seconds=20):
            whoosh_backend.write(
                TunedWhooshBackend("default", PATH=backend.path).snapshot(), {document["id"]: document}
            )

    workers = [Worker(target=write_one, args=(document,)) for document in documents]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert backend.snapshot().size == snapshot.size + len(documents)


def test_a_swap_reaches_a_reader_at_its_next_search(question: Thread, search_index: Path) -> None:
    assert found("label") == 1
    folder = Store(search_index).name()
    indexing.reindex()
    assert Store(search_index).name() != folder
    assert found("label") == 1


def test_only_the_index_in_use_and_the_one_before_are_kept(question: Thread, search_index: Path) -> None:
    for _ in range(4):
        indexing.reindex()
    assert len([folder for folder in search_index.iterdir() if folder.is_dir()]) == 2


def test_a_change_during_a_rebuild_is_carried_over(question: Thread, backend: TunedWhooshBackend) -> None:
    changed = []

    def change(count: int) -> None:
        if not changed:
            changed.append(rename(question, "Buttons"))

    indexing.reindex(change)
    assert changed == [True]
    assert found("buttons") == 1
    assert indexing.compare().count == 0


def test_a_rebuild_that_fails_leaves_the_old_index(question: Thread, search_index: Path) -> None:
    folder = Store(search_index).name()

    def fail(count: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        indexing.reindex(fail)
    assert Store(search_index).name() == folder
    assert [one.name for one in search_index.iterdir() if one.is_dir()] == [folder]
    assert found("label") == 1


def test_an_index_of_an_older_format_counts_as_missing(question: Thread, search_index: Path) -> None:
    (search_index / "CURRENT").write_text("v0-abc")
    assert found("label") == 0
    indexing.repair(indexing.compare())
    assert found("label") == 1
    assert Store(search_index).name().startswith(FORMAT)


def test_a_broken_index_is_said_to_be_broken_and_heals(question: Thread, search_index: Path, client: Client) -> None:
    for file in (search_index / Store(search_index).name()).glob("*.seg"):
        file.unlink()
    whoosh_backend._snapshots.clear()  # as in a process that starts now
    assert client.get("/search/?q=label").status_code == 503
    indexing.reindex()
    assert found("label") == 1


def test_haystacks_own_calls_work(question: Thread, backend: TunedWhooshBackend, product: object) -> None:
    index = connections["default"].get_unified_index().get_index(Thread)
    assert SearchQuerySet().models(Thread).count() == 1
    assert SearchQuerySet().filter(content="label").count() == 1
    backend.remove(question)
    assert SearchQuerySet().models(Thread).count() == 0
    backend.update(index, [question])
    assert SearchQuerySet().models(Thread).count() == 1
    backend.clear([Thread])
    assert SearchQuerySet().count() == 1
    backend.clear()
    assert SearchQuerySet().count() == 0


def test_a_second_identical_resync_writes_nothing(
    question: Thread, backend: TunedWhooshBackend, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = backend.snapshot()
    with django_assert_num_queries(3):
        assert indexing.resync(question.pk) is False
    assert backend.snapshot() is before
