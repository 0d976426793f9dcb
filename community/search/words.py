"""How a text is cut into the stems that are looked up: one rule for documents, queries and highlights."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from unicodedata import combining, normalize

from whoosh.analysis import Token
from whoosh.analysis.acore import Composable
from whoosh.lang.porter import stem as porter

# Letters that stand alone as words (Chinese, Japanese), and marks that belong to the letter before them.
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e4e"
_LETTER = rf"(?:[^\W_{_ALONE}]|[{_MARKS}])"
WORD = re.compile(rf"[{_ALONE}]|{_LETTER}+(?:['’]{_LETTER}+)*")
LONGEST = 64
STOP_WORDS = frozenset(
    """a about am an and any are as at be been being but by can could did do does for from had has have he her his how i
    if in into is it its just me my no not of on or our she should so some than that the their them then there these
    they this those to too us was we were what when where which who whose why will with would you your
    im ive dont doesnt didnt isnt wasnt cant couldnt wont id ill""".split()  # noqa: SIM905
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The form a word is kept under: small letters, no accents, no English ending; empty for a stop word."""
    folded = "".join(letter for letter in normalize("NFKD", word.casefold()) if not combining(letter))
    folded = folded.replace("’", "'").removesuffix("'s").replace("'", "")[:LONGEST]
    if folded in STOP_WORDS:
        return ""
    return str(porter(folded)) if folded.isascii() else folded


def stems(text: str) -> list[str]:
    """The stems of `text` in order, stop words left out."""
    return [kept for kept in map(stem, WORD.findall(text)) if kept]


class WordAnalyzer(Composable):
    """The same rule in the shape that Whoosh's fields ask for. Kept in the index by name: moving it needs a reindex."""

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, mode: str = "", **options: Any
    ) -> Iterator[Token]:
        token = Token(positions, chars, mode=mode)
        token.boost, token.stopped = 1.0, False
        position = options.get("start_pos", 0)
        for found in WORD.finditer(value):
            if kept := stem(found[0]):
                token.text, token.pos = kept, position
                token.startchar, token.endchar = found.span()
                yield token
                position += 1
