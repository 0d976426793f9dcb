"""Which documents a query finds, best first: BM25F (Robertson and Zaragoza, 2009) over the text and the title."""

from array import array
from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from math import log
from typing import NamedTuple

from whoosh import query as q

from community.search.whoosh_reader import Part, Postings, Segment, Snapshot, rounded

# How much a word counts in each field, and how much it matters there that the text is longer than others.
FIELDS = {"text": (1.0, 0.75), "title": (2.0, 0.5), "about": (0.25, 0.0)}
ENOUGH = 2_000
K1 = 1.2
Scores = dict[int, float]


class Found(NamedTuple):
    hits: int
    best: list[tuple[float, int]]  # score and document number, best first
    counts: dict[str, Counter[str]]  # for each field asked for: how many hits have which value


def rank(snapshot: Snapshot, query: q.Query, *, limit: int, narrow: list[q.Query], counted: Iterable[str]) -> Found:
    """Find the `limit` best documents for `query` that all of `narrow` allow too; count all of them by their labels."""
    hits, best = 0, []
    counts: dict[str, Counter[str]] = {field: Counter() for field in counted}
    for part in snapshot.parts:
        scores = evaluate(snapshot, part, query)
        for narrowing in narrow:
            scores = _keep(scores, evaluate(snapshot, part, narrowing))
        for field in counted:
            counts[field].update(map(part.segment.labels(field).__getitem__, scores))
        hits += len(scores)
        best += [(scores[n], part.offset + n) for n in nlargest(limit, scores, key=scores.__getitem__)]
    return Found(hits, sorted(best, key=lambda one: (-one[0], one[1]))[:limit], counts)


def evaluate(snapshot: Snapshot, part: Part, query: q.Query) -> Scores:
    """The documents of one segment that match, each with its score; deleted ones left out."""
    scores = _scores(snapshot, part.segment, query)
    for number in part.deleted:
        scores.pop(number, None)
    return scores


def _scores(snapshot: Snapshot, segment: Segment, query: q.Query) -> Scores:
    match query:
        case q.Term(fieldname="text"):
            return _word(snapshot, segment, query.text, query.boost)
        case q.Term():
            return dict.fromkeys(segment.postings(query.fieldname, query.text).documents, 0.0)
        case q.And():
            return _all(snapshot, segment, query)
        case q.Or():
            return _any(snapshot, segment, query)
        case q.Phrase():
            words = q.And([q.Term(query.fieldname, word) for word in query.words], boost=query.boost)
            scores = _all(snapshot, segment, words)
            return _keep(scores, dict.fromkeys(segment.matching(query), 0.0)) if scores else scores
        case q.Not():
            unwanted = _scores(snapshot, segment, query.query)
            return {number: 0.0 for number in range(segment.size) if number not in unwanted}
        case _:
            return dict.fromkeys(segment.matching(query), 0.0)


def _word(snapshot: Snapshot, segment: Segment, word: str, boost: float) -> Scores:
    """What one word adds to each document's score. Kept by the segment once worked out, and true for a while: the
    numbers of the whole index in it are rounded, so that one more document doesn't change every score."""
    holders = max(snapshot.frequency(field, word) for field in FIELDS)
    rarity = rounded(log(1 + max(snapshot.size - holders + 0.5, 0.5) / (holders + 0.5)))
    key: tuple[str | float, ...] = ("score", word, boost * rarity, *map(snapshot.mean_length, FIELDS))
    return dict(zip(*segment.kept(key, lambda: _weigh(snapshot, segment, word, boost * rarity)), strict=True))


def _all(snapshot: Snapshot, segment: Segment, query: q.And) -> Scores:
    wanted = [part for part in query.subqueries if not isinstance(part, q.Not)]
    unwanted = [part.query for part in query.subqueries if isinstance(part, q.Not)]
    found = sorted((_scores(snapshot, segment, part) for part in wanted or [q.Every()]), key=len)
    scores = found[0]
    for other in found[1:]:
        scores = {number: score + other[number] for number, score in scores.items() if number in other}
    for part in unwanted:
        for number in _scores(snapshot, segment, part):
            scores.pop(number, None)
    return scores


def _any(snapshot: Snapshot, segment: Segment, query: q.Or) -> Scores:
    """Rare words first. Once enough documents are found, commoner words only raise those (Moffat and Zobel, 1996)."""
    total: Scores = {}
    for scores in sorted((_scores(snapshot, segment, part) for part in query.subqueries), key=len):
        if len(total) < ENOUGH:
            known = total.get
            total |= {number: score + known(number, 0.0) for number, score in scores.items()}
        else:
            known = scores.get
            total = {number: score + known(number, 0.0) for number, score in total.items()}
    return total


def _keep(scores: Scores, allowed: Scores) -> Scores:
    return {number: score for number, score in scores.items() if number in allowed}


def _weigh(snapshot: Snapshot, segment: Segment, word: str, rarity: float) -> Postings:
    """BM25F: a word's occurrences in all fields are weighed and added before they are dampened together."""
    weights: Scores = {}
    for field, (importance, b) in FIELDS.items():
        lengths, mean = segment.lengths(field), snapshot.mean_length(field)
        for number, frequency in zip(*segment.postings(field, word), strict=True):
            spread = 1 - b + b * lengths[number] / mean
            weights[number] = weights.get(number, 0.0) + importance * frequency / spread
    priors = segment.numbers("prior")
    scores = [priors[number] * rarity * weight * (K1 + 1) / (weight + K1) for number, weight in weights.items()]
    return Postings(array("I", weights), array("f", scores))
