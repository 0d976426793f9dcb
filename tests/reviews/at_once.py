"""Two requests at the same moment, each with a database connection of its own."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.db import connection, connections


def at_once(folder: Path, acts: list[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the exception it raised. Needs django_db(transaction=True).

    SQLite's test database lives in memory, where connections don't wait for each other as they do on disk; so it is
    copied to a file first, and what the acts write is only seen by later acts with the same `folder`.
    """
    start, results = Barrier(len(acts)), [None] * len(acts)
    file = _copied_to(folder / "at-once.sqlite3") if connection.vendor == "sqlite" else None

    def run(number: int) -> None:
        mine = connections["default"]
        if file:
            mine.settings_dict = mine.settings_dict | {"NAME": str(file)}
        start.wait()
        try:
            results[number] = acts[number]()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _copied_to(file: Path) -> Path:
    if not file.exists():
        connection.ensure_connection()
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")  # as on disk; two connections switching at once would not wait
        copy.close()
    return file
