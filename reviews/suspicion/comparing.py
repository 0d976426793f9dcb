"""Which texts are the same, or nearly: MinHash (Broder 1997) over runs of three words, in bands that an index finds."""

import re
from hashlib import blake2b, sha256

WORD = re.compile(r"\w+", re.UNICODE)
RUN = 3
SHORTEST = 8
"""In words. Two people may well write “Great product, fast delivery” by themselves."""
BANDS, ROWS = 10, 4
"""Texts that share 60 % of their runs meet in a band in 3 of 4 cases, those that share 80 % in 99 of 100."""
ALIKE = 0.6
_PRIME = (1 << 61) - 1


def words_of(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def exact_of(text: str) -> str:
    """The same for the same words; empty for a text too short to say anything."""
    words = words_of(text)
    return sha256(" ".join(words).encode()).hexdigest() if len(words) >= SHORTEST else ""


def runs_of(text: str) -> frozenset[int]:
    """A number for each run of three words."""
    words = words_of(text)
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(_number(" ".join(words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def bands_of(runs: frozenset[int]) -> list[int]:
    """10 signed 64-bit numbers; none for a text too short."""
    if not runs:
        return []
    least = [min((a * run + b) % _PRIME for run in runs) for a, b in _MIXERS]
    parts = (least[start : start + ROWS] for start in range(0, BANDS * ROWS, ROWS))
    return [_number(f"{band}:{part}") - (1 << 63) for band, part in enumerate(parts)]


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of runs that two texts have in common (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _number(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest())


_MIXERS = [(_number(f"a{row}") % (_PRIME - 1) + 1, _number(f"b{row}") % _PRIME) for row in range(BANDS * ROWS)]
