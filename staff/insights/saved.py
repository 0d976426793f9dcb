"""Questions saved: who was about to ask said “This answers it” to one that stood there already."""

from collections.abc import Iterable

from django.db.models import Case, CharField, Value, When

from community.threads.models import Thread
from forum.models import AnswerFound
from staff.insights import items
from staff.insights.cube import Chosen, Cube, Item
from staff.insights.scope import Scope
from staff.insights.tables import Cell, Row, Section, Table

LONGEST = 15


def saved_section(scope: Scope) -> Section:
    every = Chosen([_saved(scope)])
    counts = every.values("thread")
    largest = sorted(counts, key=lambda key: (-counts[key], key))[:LONGEST]
    titles = Thread.objects.listed().in_bulk(largest)
    rows = [_row(f"thread-{key}", titles[key].title, every.also(thread=key)) for key in largest if key in titles]
    table = Table(
        "By the question that answered it",
        "Each person counts once a day for a question.",
        ["Questions saved", "By members", "By visitors"],
        [_row("total", "All questions", every), *rows],
        empty="Nobody who was about to ask has found their answer in this time.",
        footnote=f"The {LONGEST} that saved most.",
    )
    return Section(
        "saved",
        "Questions saved",
        f"Who was about to ask in {scope.label} saw a question like theirs and said “This answers it”.",
        [table],
    )


def _saved(scope: Scope) -> Cube:
    who = Case(When(member=None, then=Value("visitor")), default=Value("member"), output_field=CharField())
    found = AnswerFound.objects.filter(
        scope.within("created_at"), scope.about("thread__product", "thread__conversation__type")
    )
    return Cube(
        found.filter(thread__in=Thread.objects.listed()).annotate(who=who), ("thread", "who"), "created_at", _items
    )


def _items(keys: Iterable[int]) -> items.Items:
    found = AnswerFound.objects.filter(pk__in=list(keys)).select_related("thread")
    return {
        one.pk: Item(
            one.title or "Before a title was written",
            one.thread.get_absolute_url(),
            one.created_at,
            f"Answered by “{one.thread.title}”",
        )
        for one in found
    }


def _row(key: str, label: str, rows: Chosen) -> Row:
    parts = {"all": rows, "members": rows.also(who="member"), "visitors": rows.also(who="visitor")}
    return Row(label, [Cell(f"{key}.{name}", part) for name, part in parts.items()])
