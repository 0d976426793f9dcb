"""Promises kept: each clock that ran, by the policy that set its target."""

from collections.abc import Iterable

from django.db.models import Case, CharField, Exists, OuterRef, Value, When
from django.db.models.functions import Coalesce, NullIf

from staff.insights import items
from staff.insights.cube import Chosen, Cube, Item
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table, key_of
from staff.models import SlaEvent

NO_POLICY = "No policy, the desk's own target"
RESULTS = (("met", "Kept"), ("missed", "Missed"), ("running", "Still running"))
TARGETS = tuple((target.value, target.label) for target in SlaEvent.Target)


def promises_section(scope: Scope) -> Section:
    every = Chosen([_clocks(scope)])
    policies = sorted(every.values("policy_of"))
    groups = [("all", "All policies", every)]
    groups += [(key_of("policy", name), name, every.also(policy_of=name)) for name in policies]
    table = Table(
        "Targets by policy",
        "Each clock once: missed if its time ran out, whatever came later. Shares are of all clocks, running ones"
        " included.",
        ["Clocks", *(label for _, label in RESULTS)] * len(TARGETS),
        [Row(label, _cells(key, rows)) for key, label, rows in groups],
        pictures=[
            (label, [_bar(name, rows.also(target=target), f"{key}.{target}") for key, name, rows in groups])
            for target, label in TARGETS
        ],
        legend=RESULTS,
        groups=[(label, len(RESULTS) + 1) for _, label in TARGETS],
        empty="No clock ran in this time.",
    )
    return Section(
        "promises",
        "Promises kept",
        f"Clocks that started in {scope.label}: was the reply there in the time that we had promised ourselves?",
        [table],
    )


def _clocks(scope: Scope) -> Cube:
    """A clock is its first line in the log; what stands beside it says how it ended."""
    same = SlaEvent.objects.filter(
        conversation=OuterRef("conversation"), target=OuterRef("target"), waiting_since=OuterRef("waiting_since")
    )
    result = Case(
        When(Exists(same.filter(kind=SlaEvent.Kind.BREACHED)), then=Value("missed")),
        When(Exists(same.filter(kind=SlaEvent.Kind.MET)), then=Value("met")),
        default=Value("running"),
        output_field=CharField(),
    )
    started = SlaEvent.objects.filter(
        scope.within("at"), scope.about("conversation__product", "conversation__type"),
        kind=SlaEvent.Kind.STARTED, conversation__is_readable=True,
    )  # fmt: skip
    name = Coalesce(NullIf("policy", Value("")), Value(NO_POLICY), output_field=CharField())
    rows = started.annotate(result=result, policy_of=name)
    return Cube(rows, ("policy_of", "target", "result"), "at", _events)


def _events(keys: Iterable[int]) -> items.Items:
    found = SlaEvent.objects.filter(pk__in=list(keys)).select_related("conversation__thread")
    return {
        one.pk: Item(
            items.name_of(one.conversation),
            one.conversation.get_absolute_url(),
            one.at,
            items.dotted(one.get_target_display(), f"due {one.due_at:%d %b %Y, %H:%M} UTC", one.policy),
        )
        for one in found
    }


def _cells(key: str, rows: Chosen) -> list[Cell]:
    cells = []
    for target, _ in TARGETS:
        of = rows.also(target=target)
        cells.append(Cell(f"{key}.{target}", of))
        cells += [Cell(f"{key}.{target}.{result}", of.also(result=result), of=of) for result, _ in RESULTS]
    return cells


def _bar(label: str, rows: Chosen, key: str) -> Bar:
    return Bar(label, [(result, Cell(f"{key}.{result}", rows.also(result=result))) for result, _ in RESULTS])
