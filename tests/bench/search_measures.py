"""The figures of search on labelled texts; `search_quality` tells of the shapes and sets up what this needs."""

import gzip
import json
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import blake2b
from html import escape
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any, NamedTuple

from django.core.management import call_command

from community.members.models import Member
from community.search.alike import likeness
from community.search.finding import Result, find
from community.search.indexing import reindex
from community.search.wording import understand
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Thread

Row = dict[str, Any]
BATCH = 1_000
PAGES = 5  # of results that are looked through for a topic
WITHIN = 5


class Score(NamedTuple):
    """One row's: the figures it adds to, by name, and what it took."""

    figures: dict[str, float]
    seconds: float


def read(path: Path) -> list[Row]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().split("\n") if line.strip()]


def measure(rows: list[Row]) -> list[Score]:
    """The scores of all rows that can have one. Raises ValueError for a shape that is none of the three."""
    for fields, measuring in SHAPES.items():
        if set(fields) <= set(rows[0]):
            return measuring(rows)
    raise ValueError(f"None of the shapes has the fields {', '.join(rows[0])}.")


def _measure_threads(rows: list[Row]) -> list[Score]:
    threads = _load(("", [post["text"] for post in row["posts"]]) for row in rows)
    return [_timed(partial(_place, row["title"], thread.pk)) for row, thread in zip(rows, threads, strict=True)]


def _place(text: str, key: int) -> dict[str, float]:
    found = (result.row.pk for number in range(1, PAGES + 1) for result in _page(text, number))
    place = next((place for place, pk in enumerate(found, 1) if pk == key), 0)
    return {f"success@{WITHIN}": float(0 < place <= WITHIN), "MRR": 1 / place if place else 0.0}


def _page(text: str, number: int) -> list[Result]:
    """Nothing for a page after the last one, where the product shows the last."""
    page = find(understand(text), number=number).page
    return list(page) if page.number == number else []


def _measure_intents(rows: list[Row]) -> list[Score]:
    threads = _load((row["text"], [row["text"]]) for row in rows)
    categories = {thread.pk: row["category"] for row, thread in zip(rows, threads, strict=True)}
    return [
        _timed(partial(_is_alike, thread.pk, row["text"], categories))
        for row, thread in zip(rows, threads, strict=True)
    ]


def _is_alike(key: int, text: str, categories: dict[int, str]) -> dict[str, float]:
    others = [result.row.pk for result in _page(text, 1) if result.row.pk != key][:WITHIN]
    return {f"success@{WITHIN}": float(categories[key] in map(categories.get, others))}


def _measure_similar(rows: list[Row]) -> list[Score]:
    for row in rows:
        row["candidates"].sort(key=lambda one: blake2b(_words(one).encode()).digest())  # no help by the order given
    every = [one for row in rows for one in row["candidates"]]
    _load((one["subject"], [one["body"], *(said["text"] for said in one.get("comments", ()))]) for one in every)
    return [_timed(partial(_precision, row)) for row in rows if any(map(_is_relevant, row["candidates"]))]


def _precision(row: Row) -> dict[str, float]:
    """Average precision of one question's candidates."""
    scores = likeness(_words(row), [_words(one) for one in row["candidates"]])
    best = sorted(range(len(scores)), key=lambda number: -scores[number])
    places = [place for place, number in enumerate(best, 1) if _is_relevant(row["candidates"][number])]
    return {"MAP": fmean(count / place for count, place in enumerate(places, 1))}


def _words(row: Row) -> str:
    return f"{row['subject']}\n{row['body']}"


def _is_relevant(candidate: Row) -> bool:
    return candidate["relevance"] not in ("Irrelevant", 0)


SHAPES: dict[tuple[str, ...], Callable[[list[Row]], list[Score]]] = {
    ("title", "posts"): _measure_threads,
    ("subject", "candidates"): _measure_similar,
    ("text", "category"): _measure_intents,
}


def _timed(measuring: Callable[[], dict[str, float]]) -> Score:
    began = perf_counter()
    return Score(measuring(), perf_counter() - began)


def _load(texts: Iterable[tuple[str, list[str]]]) -> list[Thread]:
    """Threads of a title and posts, in a database that has nothing else, and their index."""
    call_command("flush", interactive=False, verbosity=0)
    author = Member.objects.create_user("author", email="author@example.com")
    rows = [NewThread("question", title[:150], *_posts(author, posts)) for title, posts in texts]
    saved = [thread for start in range(0, len(rows), BATCH) for thread in load_threads(rows[start : start + BATCH])]
    reindex()
    return saved


def _posts(author: Member, texts: list[str]) -> tuple[NewPost, list[NewPost]]:
    posts = [NewPost(author, "", body_html=f"<p>{escape(text)}</p>") for text in texts or [""]]
    return posts[0], posts[1:]
