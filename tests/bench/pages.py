"""What pages cost: queries, milliseconds and bytes of each kind of page on the database that is there.

    VAR_DIR=… python -m tests.bench.pages

`manage.py load_bench` fills one; run it on a small and on a large one, and compare. “Cold” is the first reading after a
change that anybody could see, with nothing kept in this process; “warm” the next one. Time is that of this process
alone, without a web server, the best of three.
"""

import gzip
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import django

if __package__ in (None, ""):  # run by its path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
os.environ.setdefault("DEBUG", "false")
django.setup()

from django.conf import settings  # noqa: E402 - what follows needs the settings
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from community.bench.filling import MEMBER  # noqa: E402
from community.branding.models import Branding  # noqa: E402
from community.kept_pages import kept_pages  # noqa: E402
from community.members.models import Member  # noqa: E402
from community.threads.kept import kept  # noqa: E402
from community.threads.models import Thread  # noqa: E402
from forum.models import Question  # noqa: E402

TIMES = 3
WIDTHS = (11, 24, 6, 8, 6, 8, 8, 8)
HEADINGS = ("reader", "page", "cold", "ms", "warm", "ms", "KB", "KB gzip")


class Cost(NamedTuple):
    """Queries to the community's database, milliseconds, and the page."""

    queries: int
    milliseconds: float
    content: bytes


def pages() -> dict[str, str]:
    """One of each kind, found in what is there."""
    threads = Thread.objects.questions().listed()
    busy = threads.filter(answer_count__gte=15, answer_count__lte=19).order_by("pk").first()
    long = threads.order_by("-answer_count").first()
    tag = threads.filter(tags__isnull=False).values_list("tags__slug").annotate(n=Count("pk")).order_by("-n").first()
    product = threads.filter(product__isnull=False).values_list("product__slug").first()
    category = Question.objects.values_list("category__slug").first()
    found = {
        "home": "/",
        "list": "/questions/",
        "list, last page": "/questions/?page=999999",
        "list, active": "/questions/?tab=active",
        "list, unanswered": "/questions/?tab=unanswered",
        "list, solved": "/questions/?tab=solved",
        "list of a category": f"/questions/?category={category[0]}" if category else "",
        "list of a product": f"/questions/?product={product[0]}&tab=unsolved" if product else "",
        "tag": f"/tags/{tag[0]}/" if tag else "",
        "all tags": "/tags/",
        "thread": busy.get_absolute_url() if busy else "",
        "longest thread": long.get_absolute_url() if long else "",
        "product": f"/products/{product[0]}/" if product else "",
        "feed": "/feeds/questions/",
        "sitemap": "/sitemap-questions.xml",
    }
    return {name: path for name, path in found.items() if path}


def forget() -> None:
    """Everything this process keeps; the shared cache keeps what it has, as it would after a change."""
    Branding.current()
    kept_pages.clear()
    kept.clear()


def read(client: Client, path: str) -> Cost:
    began = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        answer: Any = client.get(path)
    took = (perf_counter() - began) * 1000
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code}.")
    return Cost(len(queries), took, answer.content)


def best(measure: Callable[[], Cost]) -> Cost:
    return min((measure() for _ in range(TIMES)), key=lambda cost: cost.milliseconds)


def cold(client: Client, path: str) -> Cost:
    forget()
    return read(client, path)


def rows() -> Iterator[tuple[str, ...]]:
    found = pages()
    for who, client in readers().items():
        for name, path in found.items():
            first, then = best(lambda: cold(client, path)), best(lambda: read(client, path))  # noqa: B023 - called at once
            sizes = len(then.content) / 1024, len(gzip.compress(then.content)) / 1024
            figures = first.queries, first.milliseconds, then.queries, then.milliseconds, *sizes
            yield who, name, *(f"{figure:,.1f}" if isinstance(figure, float) else str(figure) for figure in figures)


def readers() -> dict[str, Client]:
    """A stranger, and the bench's member, who has nothing of their own on most pages."""
    member = Client()
    member.force_login(Member.objects.get(username=MEMBER), backend="django.contrib.auth.backends.ModelBackend")
    return {"signed out": Client(), "signed in": member}


def line(cells: tuple[str, ...]) -> str:
    return " ".join(
        cell.ljust(width) if place < 2 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )


def main() -> None:
    if not Member.objects.filter(username=MEMBER).exists():
        sys.exit("Nothing to measure here. Run: manage.py load_bench")
    settings.ALLOWED_HOSTS = ["testserver"]
    questions, posts = Thread.objects.questions().count(), sum(1 + n for n in _answers())
    print(f"{questions:,} questions with {posts:,} openings and answers, {connection.vendor}.")
    print(line(HEADINGS))
    for row in rows():
        print(line(row), flush=True)


def _answers() -> Iterator[int]:
    yield from Thread.objects.questions().values_list("answer_count", flat=True).iterator()


if __name__ == "__main__":
    main()
