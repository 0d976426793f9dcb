"""A run in words and numbers, for the page and the command line."""

from collections.abc import Iterator

from community.importing.models import ImportNote, ImportRun

_LABELS = {
    "threads": "questions",
    "posts": "posts in all",
    "answers": "answers",
    "comments": "comments",
    "members": "unclaimed members",
    "members_known_here": "authors who are members here already",
    "tags": "new tags",
    "accepted": "accepted answers",
    "closed": "closed questions",
    "duplicates": "questions tied to the one they repeat",
    "links": "links led here",
    "known_threads": "questions that were here already",
    "known_posts": "posts that were here already",
    "missing_posts": "posts that the file lacks",
}
_ALWAYS = ("threads", "posts", "answers", "comments", "members", "tags")


def facts(run: ImportRun) -> list[tuple[str, int]]:
    """(what, how many), without the rare ones that are 0."""
    rows = [(label, run.counts.get(name, 0), name) for name, label in _LABELS.items()]
    return [(label, count) for label, count, name in rows if count or name in _ALWAYS]


def notes_by_kind(run: ImportRun, most: int) -> Iterator[tuple[str, int, list[ImportNote]]]:
    """(what kind, how many, the first `most`), errors first."""
    for kind, label in ImportNote.Kind.choices:
        if count := run.counts.get(kind, 0):
            yield label, count, list(run.notes.filter(kind=kind)[:most])
