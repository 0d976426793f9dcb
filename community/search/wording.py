"""What a person typed into the box, understood: words, “exact phrases” and -unwanted words. No input is an error."""

import re
from dataclasses import dataclass

from community.search.words import WORD, pairs, parts, plain, stem

LONGEST_QUERY = 300  # characters; what comes after is not looked at
MOST_WORDS = 20
MOST_PHRASES = 5
_PARTS = re.compile(r'(?<!\S)(-?)"([^"]*)"?|(?<!\S)(-?)(\S+)|(\S+)')


@dataclass(frozen=True)
class Wanted:
    """Each as typed but for small letters and marks: cut into words that mean nothing to any query language."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  # all wanted words as they follow each other, those too that are everywhere
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of the words that were written together

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases)

    @property
    def stems(self) -> frozenset[str]:
        """What to mark in the results."""
        words = [*self.words, *(word for phrase in self.phrases for word in phrase)]
        return frozenset(filter(None, map(stem, words))) | {part for _, found in self.parts for part in found}

    @property
    def may_be_loosened(self) -> bool:
        return len(self.words) > 1

    def strict(self) -> str:
        """Documents with all of the words, in the language of haystack's Whoosh engine."""
        return self._query(" AND ")

    def most(self) -> str:
        """Documents with many of the words (see whoosh_ranking.least): words beside each other mean that there."""
        return self._query(" ")

    def loose(self) -> str:
        """Documents with some of the words. Phrases stay a must."""
        return self._query(" OR ")

    def _query(self, operator: str) -> str:
        words = [f"({operator.join(map(self._either, self.words))})"] if self.words else []
        joined = pairs(self.said)
        must = " AND ".join([*self._quoted(), *words])
        better = [f'words:"{" ".join(self.said)}"', *([f'pairs:"{" ".join(joined)}"'] if joined else [])]
        query = f"(({must}) ANDMAYBE ({' OR '.join(better)}))"
        return f"{query} AND NOT ({' OR '.join(self.unwanted)})" if self.unwanted else query

    def _either(self, word: str) -> str:
        """The word, or all its parts."""
        found = dict(self.parts).get(word, ())
        return f"({word} OR ({' AND '.join(found)}))" if found else word

    def _quoted(self) -> list[str]:
        return [f'"{" ".join(phrase)}"' for phrase in self.phrases]


def understand(text: str) -> Wanted:
    """Read at most 300 characters and 20 words of `text`."""
    words: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    phrases: list[tuple[str, ...]] = []
    said: list[str] = []
    for minus_phrase, phrase, minus, part, rest in _PARTS.findall(text[:LONGEST_QUERY]):
        typed = phrase or part or rest
        found = _words(typed)[: MOST_WORDS - len(words) - len(unwanted)]
        if minus_phrase or minus:
            unwanted |= dict.fromkeys(found)
            continue
        said += filter(None, map(plain, WORD.findall(typed)))
        if phrase and len(found) > 1:
            phrases.append(tuple(found))
        else:
            words |= dict.fromkeys(found)
    joined = ((plain(word), tuple(parts(word))) for word in WORD.findall(text[:LONGEST_QUERY]))
    return Wanted(
        tuple(words),
        tuple(phrases[:MOST_PHRASES]),
        tuple(unwanted),
        tuple(said[: 2 * MOST_WORDS]),
        tuple({word: found for word, found in joined if found and word in words}.items()),
    )


def _words(text: str) -> list[str]:
    return [plain(word) for word in WORD.findall(text) if stem(word)]
