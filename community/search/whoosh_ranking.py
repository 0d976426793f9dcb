"""Which documents a query finds, best first.

BM25F (Robertson and Zaragoza, 2009) over title, opening and the whole thread; words that stand side by side as in the
query, or are the very same, add to it. The weights come from one half of a support forum's threads, found by their
titles, and hold on its other half (`tests/bench/search_quality.py`).
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from heapq import nlargest
from math import ceil, log
from typing import NamedTuple

from whoosh import query as q
from whoosh.qparser.syntax import OrGroup

from community.search.whoosh_reader import Part, Postings, Segment, Snapshot, rounded
from community.search.words import stem

# How much a word counts in each field, and how much it matters there that the text is longer than others.
FIELDS = {"text": (0.35, 0.8), "opening": (1.0, 0.85), "title": (2.0, 0.5), "about": (0.1, 0.0)}
BESIDES = {"pairs": 0.4, "words": 0.4}  # what side by side, and the very word, count beside the stems
BESIDE = (1.0, 0.85)
ENOUGH = 2_000
MOST_COMPLETED = 50  # words that begin alike, commonest first
K1 = 1.2
Scores = dict[int, float]
Fields = Mapping[str, tuple[float, float]]


class Most(q.Or):
    """Words beside each other: a document needs `least` of them."""


class MostGroup(OrGroup):
    qclass = Most


def least(count: int) -> int:
    """How many of so many words a document must hold to be found. Nobody types seven words to see them all."""
    return count if count <= 2 else max(2, ceil(count / 3))


class Found(NamedTuple):
    hits: int
    best: list[tuple[float, int]]  # score and document number, best first
    counts: dict[str, Counter[str]]  # for each field asked for: how many hits have which value


def rank(
    snapshot: Snapshot,
    query: q.Query,
    *,
    limit: int,
    narrow: Mapping[str, q.Query],
    counted: Iterable[str],
    by: str = "",
) -> Found:
    """Find the `limit` best documents for `query` that all of `narrow` (by field) allow too.

    Hits are counted by each label of the `counted` fields; a field's own narrowing is left out of its count, so that
    one sees what another choice would find. `by` is a field whose highest label comes first, before the score.
    """
    hits, best = 0, []
    counts: dict[str, Counter[str]] = {field: Counter() for field in counted}
    for part in snapshot.parts:
        scores = evaluate(snapshot, part, query)
        allowed = {field: evaluate(snapshot, part, narrowing) for field, narrowing in narrow.items()}
        for field, its_counts in counts.items():
            others = [these for name, these in allowed.items() if name != field]
            _count(its_counts, part, field, _keep(scores, *others))
        scores = _keep(scores, *allowed.values())
        hits += len(scores)
        labels = part.segment.labels(by) if by else None
        keys = {n: (labels[n] if labels else "", score) for n, score in scores.items()} if by else scores
        best += [(keys[n], scores[n], part.offset + n) for n in nlargest(limit, keys, key=keys.__getitem__)]
    best.sort(key=lambda one: one[2])
    best.sort(key=lambda one: one[0], reverse=True)  # of equals the first stays first
    return Found(hits, [(score, number) for _, score, number in best[:limit]], counts)


def _count(counts: Counter[str], part: Part, field: str, scores: Scores) -> None:
    for labels, count in Counter(map(part.segment.labels(field).__getitem__, scores)).items():
        for label in labels.split(","):
            counts[label] += count


def evaluate(snapshot: Snapshot, part: Part, query: q.Query) -> Scores:
    """The documents of one segment that match, each with its score; deleted ones left out."""
    scores = _scores(snapshot, part.segment, query)
    for number in part.deleted:
        scores.pop(number, None)
    return scores


def _scores(snapshot: Snapshot, segment: Segment, query: q.Query) -> Scores:
    match query:
        case q.Term(fieldname="text"):
            return _word(snapshot, segment, query.text, FIELDS)
        case q.Term(fieldname="pairs" | "words" as field):
            return _word(snapshot, segment, query.text, {field: BESIDE}, BESIDES[field])
        case q.Phrase(fieldname="pairs" | "words" as field):  # these fields know no places: any of them
            return _any(snapshot, segment, q.Or([q.Term(field, word) for word in dict.fromkeys(query.words)]))
        case q.Term():
            return dict.fromkeys(segment.postings(query.fieldname, query.text).documents, 0.0)
        case q.TermRange():
            return _since(segment, query)
        case q.Prefix(fieldname="words"):
            return _beginning(snapshot, segment, query.text)
        case q.And():
            return _all(snapshot, segment, query)
        case q.AndMaybe():
            scores, more = (_scores(snapshot, segment, part) for part in query.subqueries)
            return {number: score + more.get(number, 0.0) for number, score in scores.items()}
        case Most():
            return _most(snapshot, segment, query)
        case q.Or():
            return _any(snapshot, segment, query)
        case q.Phrase():
            return _phrase(snapshot, segment, query)
        case q.Not():
            unwanted = _scores(snapshot, segment, query.query)
            return {number: 0.0 for number in range(segment.size) if number not in unwanted}
        case _:
            return dict.fromkeys(segment.matching(query), 0.0)


def _since(segment: Segment, query: q.TermRange) -> Scores:
    lowest, labels = query.start or "", segment.labels(query.fieldname)
    return {number: 0.0 for number, label in enumerate(labels) if label >= lowest}


def _phrase(snapshot: Snapshot, segment: Segment, query: q.Phrase) -> Scores:
    words = q.And([q.Term(query.fieldname, word) for word in query.words], boost=query.boost)
    scores = _all(snapshot, segment, words)
    return _keep(scores, dict.fromkeys(segment.matching(query), 0.0)) if scores else scores


def _word(snapshot: Snapshot, segment: Segment, word: str, fields: Fields, share: float = 1.0) -> Scores:
    """What one word adds to each document's score. Kept by the segment once worked out, and true for a while: the
    numbers of the whole index in it are rounded, so that one more document doesn't change every score."""
    holders = max(snapshot.frequency(field, word) for field in fields)
    rarity = share * rounded(log(1 + max(snapshot.size - holders + 0.5, 0.5) / (holders + 0.5)))
    key: tuple[str | float, ...] = ("score", *fields, word, rarity, *map(snapshot.mean_length, fields))
    return dict(zip(*segment.kept(key, lambda: _weigh(snapshot, segment, word, rarity, fields)), strict=True))


def _beginning(snapshot: Snapshot, segment: Segment, start: str) -> Scores:
    """Documents with a word in the title that begins so, known by the commonest such words."""
    begun = {stem(word) for word in segment.beginning("words", start)[:MOST_COMPLETED]}
    scores: Scores = {}
    for kept in begun - {""}:
        scores |= _word(snapshot, segment, kept, {"title": FIELDS["title"]})
    return scores


def _most(snapshot: Snapshot, segment: Segment, query: Most) -> Scores:
    found = sorted((_scores(snapshot, segment, part) for part in query.subqueries), key=len)
    needed = least(len(found))
    held: Counter[int] = Counter()
    for scores in found:
        held.update(scores.keys())
    total = {number: 0.0 for number, count in held.items() if count >= needed}
    for scores in found:
        get = scores.get
        total = {number: score + get(number, 0.0) for number, score in total.items()}
    return total


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


def _keep(scores: Scores, *allowed: Scores) -> Scores:
    for these in allowed:
        scores = {number: score for number, score in scores.items() if number in these}
    return scores


def _weigh(snapshot: Snapshot, segment: Segment, word: str, rarity: float, fields: Fields) -> Postings:
    """BM25F: a word's occurrences in all fields are weighed and added before they are dampened together."""
    weights: Scores = {}
    for field, (importance, b) in fields.items():
        lengths, mean = segment.lengths(field), snapshot.mean_length(field)
        for number, frequency in zip(*segment.postings(field, word), strict=True):
            spread = 1 - b + b * lengths[number] / mean
            weights[number] = weights.get(number, 0.0) + importance * frequency / spread
    priors = segment.numbers("prior")
    scores = [priors[number] * rarity * weight * (K1 + 1) / (weight + K1) for number, weight in weights.items()]
    return Postings(array("I", weights), array("f", scores))
