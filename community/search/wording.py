"""What a person typed into the box, understood: words, “exact phrases” and -unwanted words. No input is an error."""

import re
from dataclasses import dataclass

from community.search.words import WORD, stem

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

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases)

    @property
    def stems(self) -> frozenset[str]:
        """What to mark in the results."""
        return frozenset(stem(word) for word in [*self.words, *(word for phrase in self.phrases for word in phrase)])

    @property
    def may_be_loosened(self) -> bool:
        return len(self.words) > 1

    def strict(self) -> str:
        """Documents with all of the words, in the language of haystack's Whoosh engine."""
        return self._without_unwanted(" AND ".join([*self._quoted(), *self.words]))

    def loose(self) -> str:
        """Documents with some of the words. Phrases stay a must."""
        return self._without_unwanted(" AND ".join([*self._quoted(), f"({' OR '.join(self.words)})"]))

    def _quoted(self) -> list[str]:
        return [f'"{" ".join(phrase)}"' for phrase in self.phrases]

    def _without_unwanted(self, query: str) -> str:
        return f"({query}) AND NOT ({' OR '.join(self.unwanted)})" if self.unwanted else query


def understand(text: str) -> Wanted:
    """Read at most 300 characters and 20 words of `text`."""
    words: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    phrases: list[tuple[str, ...]] = []
    for minus_phrase, phrase, minus, part, rest in _PARTS.findall(text[:LONGEST_QUERY]):
        found = _words(phrase or part or rest)[: MOST_WORDS - len(words) - len(unwanted)]
        if minus_phrase or minus:
            unwanted |= dict.fromkeys(found)
        elif phrase and len(found) > 1:
            phrases.append(tuple(found))
        else:
            words |= dict.fromkeys(found)
    return Wanted(tuple(words), tuple(phrases[:MOST_PHRASES]), tuple(unwanted))


def _words(text: str) -> list[str]:
    plain = (word.casefold().replace("’", "").replace("'", "") for word in WORD.findall(text))
    return [word for word in plain if stem(word)]
