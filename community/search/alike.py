"""How alike texts are, so that “can my wife sponsor me?” leads to “husband under wife's visa”.

Two views, added. Words: the cosine of both texts, rare words counting most. Company: two texts mean alike when looking
for each finds the same threads (Gabrilovich and Markovitch, 2007: explicit semantic analysis, with the community's own
threads as the concepts). So it learns the community's words by itself, and needs no model.
"""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from math import log, sqrt

from haystack import connections
from whoosh import query as q

from community.search.whoosh_ranking import rank
from community.search.whoosh_reader import Snapshot
from community.search.words import stems

MOST_WORDS = 20  # of a text, the rarest, that threads are looked for with
MOST_THREADS = 50
LONGEST = 5_000  # characters of a text that are looked at
Vector = dict[int, float] | dict[str, float]


def likeness(text: str, others: Sequence[str]) -> list[float]:
    """How alike each of `others` is to `text`: 0 (nothing in common) to 2 (the same). 1-3 ms for each of them.

    Raises OSError when there is no index to read.
    """
    snapshot: Snapshot = connections["default"].get_backend().snapshot()
    words, company = _views(snapshot, text)
    views = (_views(snapshot, other) for other in others)
    return [_product(words, its_words) + _product(company, its_company) for its_words, its_company in views]


def _views(snapshot: Snapshot, text: str) -> tuple[dict[str, float], dict[int, float]]:
    counts = Counter(stems(text[:LONGEST]))
    rarity = {word: log((snapshot.size + 1) / (snapshot.frequency("text", word) + 1)) + 1 for word in counts}
    words = _unit({word: (1 + log(count)) * rarity[word] for word, count in counts.items()})
    rarest = tuple(sorted(counts, key=lambda word: (-rarity[word], word))[:MOST_WORDS])
    return words, snapshot.answer(("company", rarest), partial(_company, snapshot, rarest))


def _company(snapshot: Snapshot, words: Sequence[str]) -> dict[int, float]:
    """The threads that hold these words, by number, the best ones weighing most."""
    query = q.Or([q.Term("text", word) for word in words])
    found = rank(snapshot, query, limit=MOST_THREADS, narrow={}, counted=())
    return _unit({number: score * score for score, number in found.best})


def _unit(vector: dict) -> dict:
    length = sqrt(sum(value * value for value in vector.values()))
    return {key: value / length for key, value in vector.items()} if length else {}


def _product(one: dict, other: dict) -> float:
    return sum(value * other[key] for key, value in one.items() if key in other)
