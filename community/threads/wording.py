"""What two texts differ in, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")
LEAST_ALIKE = 0.3  # lines that share less are shown as replaced whole, not as crumbs
MOST_PAIRS = 1_000_000  # a longer passage is shown as replaced whole: comparing it word by word could take minutes

Pieces = Sequence[str]


class Part(NamedTuple):
    """`kind` is same, del (only before) or ins (only after)."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Part]:
    """Both texts as one run of parts: first by lines, then by words within lines that changed."""
    parts: list[Part] = []
    for old, new in _stretches(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if old == new:
            parts.append(Part("same", "".join(old)))
        else:
            parts += _by_words("".join(old), "".join(new))
    return _joined(parts)


def _by_words(old: str, new: str) -> Iterator[Part]:
    stretches = list(_stretches(_WORDS.findall(old), _WORDS.findall(new)))
    shared = sum(len("".join(gone)) for gone, come in stretches if gone == come)
    if shared < LEAST_ALIKE * max(len(old), len(new)):
        stretches = [([old], [new])]
    for gone, come in stretches:
        if gone == come:
            yield Part("same", "".join(gone))
        else:
            yield Part("del", "".join(gone))
            yield Part("ins", "".join(come))


def _stretches(before: Pieces, after: Pieces) -> Iterator[tuple[Pieces, Pieces]]:
    """What is equal and what replaced what, in order. Most edits leave the beginning and the end as they were."""
    head = _common_length(before, after)
    yield before[:head], before[:head]
    before, after = before[head:], after[head:]
    tail = _common_length(before[::-1], after[::-1])
    yield from _inner_stretches(before[: len(before) - tail], after[: len(after) - tail])
    yield before[len(before) - tail :], before[len(before) - tail :]


def _common_length(one: Pieces, other: Pieces) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _inner_stretches(before: Pieces, after: Pieces) -> Iterator[tuple[Pieces, Pieces]]:
    if len(before) * len(after) > MOST_PAIRS:
        yield before, after
        return
    for _, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield before[start:end], after[new_start:new_end]


def _joined(parts: Sequence[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        if part.text and joined and joined[-1].kind == part.kind:
            joined[-1] = Part(part.kind, joined[-1].text + part.text)
        elif part.text:
            joined.append(part)
    return joined
