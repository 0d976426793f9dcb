"""Measures the pages of a running bench server, each beside the yardstick measured before and after it.

    python -m tests.bench.load --base http://127.0.0.1:8000

`make bench` starts such a server; a site without the yardstick's addresses cannot be measured.
"""

import argparse
import http.cookiejar
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple
from pathlib import Path
from typing import NamedTuple

if __package__ in (None, ""):  # run by its path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.clients import Figures, measure, name

MEMBER, PASSWORD = "bench", "bench-pass-2026"
AIMS = {"signed out": 1.0, "signed in": 0.6}
SEARCH_AIM = 0.4
NOTHING = Figures(0, 0, 0, 0)
HEADINGS = ["", "page", "KB", "requests/s", "p50 ms", "p99 ms", "yardstick", "p50", "p99", "ratio", "aim", ""]
WIDTHS = [10, 20, 6, 10, 8, 8, 9, 7, 7, 6, 5, 11]


def sign_in(base: str) -> str:
    """Sign in through the page, as a person would, and return the cookies."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{base}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    fields = {"login": MEMBER, "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
    request = urllib.request.Request(f"{base}/accounts/login/", urllib.parse.urlencode(fields).encode())
    request.add_header("Referer", f"{base}/accounts/login/")
    browser.open(request).read()
    cookies = {cookie.name: cookie.value for cookie in jar}
    if "sessionid" not in cookies:
        sys.exit(f"Could not sign in as {MEMBER}. Was the content made by manage.py load_bench?")
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def find_pages(base: str) -> dict[str, str]:
    try:
        return json.load(urllib.request.urlopen(f"{base}/yardstick/pages/"))
    except urllib.error.URLError as error:
        sys.exit(f"{base} is no bench server ({error}). Start one with: make bench")


def follow(address: str) -> str:
    """Return where an address leads: a permalink redirects to the page that has the post."""
    with urllib.request.urlopen(address) as answer:
        return answer.url.partition("#")[0]


def weigh(address: str, cookie: str) -> int:
    """Ask once, which also warms it; return the bytes. Anything but a page stops the bench: it would be measured."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
        if answer.status != 200 or answer.url != address:
            sys.exit(f"{address} answers {answer.status} at {answer.url}")
    return len(body)


class Row(NamedTuple):
    """A page's figures beside the yardstick's; `ratio` is its rate in yardsticks, `failure` why it has none."""

    who: str
    page: str
    size: int
    found: Figures
    yardstick: Figures
    aim: float
    failure: str = ""

    @property
    def ratio(self) -> float:
        return self.found.rate / self.yardstick.rate if self.yardstick.rate else 0

    @property
    def verdict(self) -> str:
        if self.found.errors:
            return f"{self.found.errors:.0f} errors"
        return self.failure or ("met" if self.ratio >= self.aim else "below")


def mean_of(first: Figures, second: Figures) -> Figures:
    return Figures(*((one + two) / 2 for one, two in zip(astuple(first), astuple(second), strict=True)))


def rows(base: str, seconds: float, connections: int) -> Iterator[Row]:
    pages, cookies = find_pages(base), {"signed out": "", "signed in": sign_in(base)}
    weigh(f"{base}/yardstick/", "")
    for who, cookie in cookies.items():
        for page, path in pages.items():
            try:
                address = follow(base + path)
                size = weigh(address, cookie)
            except urllib.error.HTTPError as error:
                yield Row(who, page, 0, NOTHING, NOTHING, 0, f"answers {error.code}")
                continue
            before = measure(f"{base}/yardstick/", seconds / 2, connections, cookie)
            found = measure(address, seconds, connections, cookie)
            after = measure(f"{base}/yardstick/", seconds / 2, connections, cookie)
            aim = SEARCH_AIM if page == "search" else AIMS[who]
            yield Row(who, page, size, found, mean_of(before, after), aim)


def line(cells: Iterable[str]) -> str:
    """Lay out one line: words to the left, figures to the right."""
    columns = enumerate(zip(cells, WIDTHS, strict=True))
    return " ".join(cell.ljust(width) if place < 2 else cell.rjust(width) for place, (cell, width) in columns)


def spoken(figures: Figures) -> list[str]:
    return [f"{figures.rate:,.0f}", f"{figures.p50:.1f}", f"{figures.p99:.1f}"]


def cells(row: Row) -> list[str]:
    size, ratio, aim = f"{row.size / 1024:.1f}", f"{row.ratio:.2f}", f"{row.aim:.1f}"
    return [row.who, row.page, size, *spoken(row.found), *spoken(row.yardstick), ratio, aim, row.verdict]


def as_json(row: Row) -> dict[str, object]:
    return row._asdict() | {"found": asdict(row.found), "yardstick": asdict(row.yardstick), "ratio": row.ratio}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a running bench server.")
    parser.add_argument("--base", required=True, help="its address, like http://127.0.0.1:8000")
    parser.add_argument("--seconds", type=float, default=4, help="for each page; the yardstick gets as much beside it")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    base = options.base.rstrip("/")
    print(f"Client: {name()}; {options.connections} connections, {options.seconds:.0f} s a page.")
    print(line(HEADINGS), flush=True)
    found = []
    for row in rows(base, options.seconds, options.connections):
        found.append(row)
        print(line(cells(row)), flush=True)
    if options.json:
        options.json.write_text(json.dumps([as_json(row) for row in found], indent=1))
    if any(row.failure or row.found.errors for row in found):
        sys.exit("Some answers were no pages: the figures of those rows count for nothing.")


if __name__ == "__main__":
    main()
