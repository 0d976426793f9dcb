"""A run over a table in words and numbers, for the page, the command line and the report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Min

from community.importing.models import ImportRun, LineProblem
from community.importing.rows.problems import SENTENCES
from community.importing.rows.registry import importer_named, importers_for

REPORT_COLUMNS = ("line", "code")
_LABELS = {"added": "new", "changed": "changed", "known": "here already", "refused": "refused"}
_RARE = {"skipped": "left out on purpose", "remark": "brought, but not whole"}


@dataclass(frozen=True)
class Problem:
    """All lines of one code. `lines` are the first few of them."""

    code: str
    label: str
    sentence: str
    count: int
    lines: list[int]


def row_facts(run: ImportRun) -> list[tuple[str, int]]:
    """(what, how many rows), without the rare ones that are 0."""
    facts = [(label, run.counts.get(name, 0)) for name, label in _LABELS.items()]
    importer = importer_named(run.subject, run.file_format)
    rare = {**_RARE, **(importer.count_labels if importer else {})}
    return facts + [(label, run.counts[name]) for name, label in rare.items() if run.counts.get(name)]


def problems(run: ImportRun, most: int) -> list[Problem]:
    """By code, in the order in which they are first met, with the first `most` lines of each."""
    sentences = sentences_for(run)
    labels = dict(LineProblem.Kind.choices)
    rows = run.line_problems.order_by().values("code", "kind").annotate(count=Count("pk"), first=Min("line"))
    found = []
    for row in sorted(rows, key=lambda row: row["first"]):
        lines = run.line_problems.filter(code=row["code"], kind=row["kind"]).values_list("line", flat=True)[:most]
        sentence = sentences.get(row["code"], "")
        found.append(Problem(row["code"], labels[row["kind"]], sentence, row["count"], list(lines)))
    return found


def sentences_for(run: ImportRun) -> Mapping[str, str]:
    """What each code means in this run's format."""
    importer = importer_named(run.subject, run.file_format)
    of_all = {code: text for other in importers_for(run.subject) for code, text in other.sentences.items()}
    return {**SENTENCES, **of_all, **(importer.sentences if importer else {})}


def report_rows(run: ImportRun) -> Iterator[tuple[int, str]]:
    """(line, code) of every line that was not taken whole; nothing that the line says."""
    return run.line_problems.values_list("line", "code").iterator(chunk_size=2000)
