"""Finding words in what people wrote, and quoting them as written."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

EVIDENCE_LENGTH = 300
SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n|$)|[^\n]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


def straight(text: str) -> str:
    """`text` with typographic apostrophes made plain; the same length, so that places in it stay right."""
    return text.translate(_APOSTROPHES)


def sentences(text: str) -> Iterator[str]:
    return (match.group().strip() for match in SENTENCE.finditer(text) if match.group().strip())


def first_sentence(text: str) -> str:
    return next(sentences(text), "")[:EVIDENCE_LENGTH]


@lru_cache(maxsize=512)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of `words` as whole words, in any case, with any space between them. No words: never."""
    if not words:
        return re.compile(r"(?!)")
    longest_first = sorted(words, key=len, reverse=True)
    parts = (r"\s+".join(re.escape(part) for part in straight(word).split()) for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def lines(text: str) -> tuple[str, ...]:
    """The filled lines of a settings field."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def without_quotes(text: str) -> str:
    """`text` without what is quoted from somebody else (Markdown's “>”), or shown as code."""
    kept: list[str] = []
    is_code = False
    for line in text.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        elif not is_code and not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept)


def quote(text: str, found: Iterable[re.Match[str] | None]) -> str:
    """The first match, as written in `text`; empty if there is none."""
    match = next((match for match in found if match), None)
    return text[match.start() : match.end()].strip()[:EVIDENCE_LENGTH] if match else ""
