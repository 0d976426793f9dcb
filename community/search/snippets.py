"""The part of a text that shows why it was found, with the words marked. Everything else in it is escaped."""

from collections import Counter
from collections.abc import Collection

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from community.search.words import WORD, stem

LONGEST_TEXT = 20_000
LEAD = 60

Span = tuple[int, int, str]


def marked(text: str, stems: Collection[str]) -> SafeString:
    """`text` as HTML with every word of these stems in <mark>."""
    return _mark(text, _spans(text, stems), 0, len(text))


def snippet(text: str, stems: Collection[str], *, length: int = 240) -> SafeString:
    """The stretch of about `length` characters that has most of the stems, as HTML; the beginning if it has none."""
    text = text[:LONGEST_TEXT]
    spans = _spans(text, stems)
    start = _best_start(spans, length) if spans else 0
    start, end = _at_words(text, max(0, start - LEAD), length)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return mark_safe(f"{before}{_mark(text, spans, start, end)}{after}")  # noqa: S308 - its parts are escaped


def _spans(text: str, stems: Collection[str]) -> list[Span]:
    """Where the words are: start, end, stem."""
    return [(*found.span(), kept) for found in WORD.finditer(text) if (kept := stem(found[0])) in stems]


def _best_start(spans: list[Span], length: int) -> int:
    """Where the window begins that holds most different stems, then most words; the first of equals."""
    held: Counter[str] = Counter()
    best, best_start, first = (0, 0), 0, 0
    for last, (_, end, kept) in enumerate(spans):
        held[kept] += 1
        while end - spans[first][0] > length - LEAD and first < last:
            held[spans[first][2]] -= 1
            first += 1
        worth = sum(1 for count in held.values() if count), last - first
        if worth > best:
            best, best_start = worth, spans[first][0]
    return best_start


def _at_words(text: str, start: int, length: int) -> tuple[int, int]:
    """Move both ends to spaces, unless that would leave little."""
    end = min(len(text), start + length)
    if start:
        start = max(start, text.find(" ", start, start + LEAD) + 1)
    if end < len(text):
        end = max(text.rfind(" ", start + length // 2, end), 0) or end
    return start, end


def _mark(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    parts, at = [], start
    for first, last, _ in spans:
        if first >= at and last <= end:
            parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    return mark_safe("".join([*parts, escape(text[at:end])]))  # noqa: S308 - every part of the text is escaped
