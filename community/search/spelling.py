"""Did you mean: words that nobody here has written, put right with words that somebody has."""

from collections.abc import Iterator

from haystack import connections

from community.search.finding import has_results
from community.search.whoosh_reader import Snapshot
from community.search.wording import Wanted, understand
from community.search.words import WORD, plain, stem

SHORTEST = 4  # letters; below, anything is near everything
FAR = 6  # letters from which two slips are put right
MOST_FEWER = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def correct(text: str) -> str:
    """`text` with its unknown words put right, if that leads to results; else empty. 1-20 ms a word, no query."""
    try:
        snapshot = connections["default"].get_backend().snapshot()
    except OSError:
        return ""
    better = WORD.sub(lambda word: _nearest(snapshot, word[0]), text)
    return better if better != text and has_results(understand(better)) else ""


def fewer_words(wanted: Wanted) -> list[str]:
    """Of several words those that lead to something alone. No query."""
    words = dict.fromkeys([*wanted.words, *(word for phrase in wanted.phrases for word in phrase)])
    return [word for word in words if has_results(understand(word))][:MOST_FEWER] if len(words) > 1 else []


def _nearest(snapshot: Snapshot, typed: str) -> str:
    """The commonest word one slip away, else two; `typed` itself if it is known, short, or like nothing."""
    word = plain(typed)
    if len(word) < SHORTEST or not word.isalpha() or not stem(typed) or snapshot.frequency("text", stem(typed)):
        return typed
    known = [part.segment.words("words") for part in snapshot.parts]

    def count(other: str) -> int:
        return sum(words.get(other, 0) for words in known)

    near = max(_slips(word), key=count, default="")
    if near and count(near):
        return near
    if len(word) < FAR:
        return typed
    far = (other for words in known for other in words if _is_near(word, other))
    return max(far, key=count, default="") or typed


def _slips(word: str) -> Iterator[str]:
    """Every word one slip away: a letter too many, swapped, wrong or missing (Norvig, 2007)."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in _LETTERS)


def _is_near(word: str, other: str) -> bool:
    """Two slips at most, and the first letter right."""
    if word[0] != other[0] or abs(len(word) - len(other)) > 2 or len(set(word) ^ set(other)) > 4:
        return False
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        before, row = row, [place]
        for column, its in enumerate(other, 1):
            row.append(min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != its)))
        if min(row) > 2:
            return False
    return row[-1] <= 2
