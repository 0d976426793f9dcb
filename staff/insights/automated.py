"""What rules did by themselves, and how much of it was held back or taken back."""

from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse

from staff.insights import items
from staff.insights.cube import Chosen, Cube, Item
from staff.insights.scope import Scope
from staff.insights.tables import Cell, Row, Section, Table, key_of
from staff.models import RuleAction


def automated_section(scope: Scope) -> Section:
    every = Chosen([_acts(scope)])
    names = sorted(every.values("rule_name"))
    groups = [("all", "All rules", every)]
    groups += [(key_of("rule", name), name, every.also(rule_name=name)) for name in names]
    table = Table(
        "By rule",
        "Nothing that a rule does counts as a reply or as a response.",
        ["Acts", *(state.label for state in RuleAction.State)],
        [Row(label, _cells(key, rows)) for key, label, rows in groups],
        empty="No rule has done anything in this time.",
    )
    return Section(
        "automation",
        "What rules did",
        f"What automation did in {scope.label}, held back or had taken back by a person.",
        [table],
        links=[("The log", reverse("automation_log"))],
    )


def _acts(scope: Scope) -> Cube:
    found = RuleAction.objects.filter(scope.within("at"), scope.about("conversation__product", "conversation__type"))
    rows = found.filter(conversation__is_readable=True).annotate(rule_name=F("rule__name"))
    return Cube(rows, ("rule_name", "state"), "at", _items)


def _items(keys: Iterable[int]) -> items.Items:
    found = RuleAction.objects.filter(pk__in=list(keys)).select_related("rule", "conversation__thread")
    return {
        one.pk: Item(
            items.name_of(one.conversation),
            one.conversation.get_absolute_url(),
            one.at,
            items.dotted(one.rule.name, one.what, one.get_state_display()),
        )
        for one in found
    }


def _cells(key: str, rows: Chosen) -> list[Cell]:
    states = [Cell(f"{key}.{state.value}", rows.also(state=state.value), of=rows) for state in RuleAction.State]
    return [Cell(f"{key}.acts", rows), *states]
