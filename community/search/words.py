"""How a text is cut into the stems that are looked up: one rule for documents, queries and highlights.

A word is kept under its stem; one that is written together (TimeoutException, E1234) under its parts as well. Two
neighbours are kept as a pair too: who asks for “dry flat” means texts that say it so, above those with both apart.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any
from unicodedata import combining, normalize

from whoosh.analysis import Token
from whoosh.analysis.acore import Composable
from whoosh.lang.porter2 import stem as porter

# Letters that stand alone as words (Chinese, Japanese), and marks that belong to the letter before them.
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e4e"
_LETTER = rf"(?:[^\W_{_ALONE}]|[{_MARKS}])"
WORD = re.compile(rf"[{_ALONE}]|{_LETTER}+(?:['’]{_LETTER}+)*")
_TOGETHER = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
LONGEST = 64
MOST_PAIRED = 1_000  # words at the beginning of a text whose pairs are kept
STOP_WORDS = frozenset(
    """a about am an and any are as at be been being but by can could did do does for from had has have he her his how i
    if in into is it its just me my no not of on or our she should so some than that the their them then there these
    they this those to too us was we were what when where which who whose why will with would you your
    im ive dont doesnt didnt isnt wasnt cant couldnt wont id ill""".split()  # noqa: SIM905
)


def plain(word: str) -> str:
    """A word as it is written, but in small letters and without accents, apostrophes and 's."""
    folded = "".join(letter for letter in normalize("NFKD", word.casefold()) if not combining(letter))
    return folded.replace("’", "'").removesuffix("'s").replace("'", "")[:LONGEST]


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    """The form a word is kept under: plain, without an English ending (Porter 2)."""
    folded = plain(word)
    return str(porter(folded)) if folded.isascii() else folded


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The same, but empty for a stop word."""
    return "" if plain(word) in STOP_WORDS else root(word)


def parts(word: str) -> list[str]:
    """The stems of what was written together: time, out for “timeOut”. None for a plain word."""
    if word.islower() or word.isdigit() or not word.isascii():
        return []
    found = _TOGETHER.findall(word)
    return [kept for kept in map(stem, found) if len(kept) > 1] if len(found) > 1 else []


def stems(text: str) -> list[str]:
    """The stems of `text` in order, stop words left out."""
    return [kept for kept in map(stem, WORD.findall(text)) if kept]


def pairs(words: Iterable[str]) -> list[str]:
    """Each two neighbours as one: “dri_flat”. Stop words count: “turn on” is not “turn off”."""
    roots = [kept for kept in map(root, islice(words, MOST_PAIRED)) if kept]
    return [f"{one}_{other}" for one, other in pairwise(roots)]


class Analyzer(Composable):
    """Cuts a text in the shape that Whoosh's fields ask for. Kept in the index by name: moving one needs a reindex."""

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, mode: str = "", **options: Any
    ) -> Iterator[Token]:
        token = Token(positions, chars, mode=mode)
        token.boost, token.stopped = 1.0, False
        token.startchar = token.endchar = 0  # asked for by phrases, for messages that nobody shows
        for token.text, token.pos in self.cut(value, is_query=mode == "query"):
            yield token

    def cut(self, text: str, *, is_query: bool) -> Iterator[tuple[str, int]]:
        """Terms, and where they stand."""
        raise NotImplementedError


class WordAnalyzer(Analyzer):
    """Stems; in documents the parts of a word stand where it stands."""

    def cut(self, text: str, *, is_query: bool) -> Iterator[tuple[str, int]]:
        position = 0
        for word in WORD.findall(text):
            if kept := stem(word):
                yield kept, position
                for part in () if is_query else parts(word):
                    yield part, position
                position += 1


class ExactAnalyzer(Analyzer):
    """Words as they are written: to complete and to correct what somebody types, and to prefer the very word."""

    def cut(self, text: str, *, is_query: bool) -> Iterator[tuple[str, int]]:
        words = filter(None, map(plain, WORD.findall(text)))
        return ((word, position) for position, word in enumerate(words))


class PairAnalyzer(Analyzer):
    """Pairs; in a query they are pairs already."""

    def cut(self, text: str, *, is_query: bool) -> Iterator[tuple[str, int]]:
        found = text.split() if is_query else pairs(WORD.findall(text))
        return ((pair, position) for position, pair in enumerate(found))
