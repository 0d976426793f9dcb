"""Why customers leave, in their words, and what became of those who had gone quiet."""

from collections.abc import Iterable

from staff.insights import items
from staff.insights.cube import Chosen, Cube, Item
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table
from staff.models import FormerCustomer, Leaving


def leaving_section(scope: Scope) -> Section:
    reasons, quiet = Chosen([_reasons(scope)]), Chosen([_quiet(scope)])
    return Section(
        "leaving",
        "Why customers leave",
        f"What customers gave as their reason, as colleagues wrote it down in {scope.label}.",
        [_by_kind(reasons), _former(quiet)],
        quotes=("In their words", reasons),
    )


def _reasons(scope: Scope) -> Cube:
    found = Leaving.objects.filter(
        scope.within("recorded_at"), scope.about("conversation__product", "conversation__type")
    )
    return Cube(found, ("kind",), "recorded_at", _leavings)


def _leavings(keys: Iterable[int]) -> items.Items:
    found = Leaving.objects.filter(pk__in=list(keys)).select_related("conversation__thread", "recorded_by", "member")
    return {one.pk: _leaving_item(one) for one in found}


def _leaving_item(one: Leaving) -> Item:
    talk = one.conversation
    person = one.member
    title, url = (items.name_of(talk), talk.get_absolute_url()) if talk else (person.name, person.get_absolute_url())
    return Item(title, url, one.recorded_at, items.dotted(one.get_kind_display(), one.recorded_by.name), one.words)


def _by_kind(every: Chosen) -> Table:
    cells = {kind.value: Cell(f"why.{kind.value}", every.also(kind=kind.value), of=every) for kind in Leaving.Kind}
    rows = [Row("All reasons", [Cell("why.all", every)])]
    return Table(
        "Reasons",
        "One line for each time that a colleague asked and wrote the answer down.",
        ["Customers"],
        [*rows, *(Row(kind.label, [cells[kind.value]]) for kind in Leaving.Kind)],
        pictures=[("", [Bar(kind.label, [("weakened", cells[kind.value])]) for kind in Leaving.Kind])],
        empty="Nobody has written down why a customer left in this time.",
    )


def _quiet(scope: Scope) -> Cube:
    found = FormerCustomer.objects.filter(
        scope.within("state_changed_at"), scope.about("conversation__product", "conversation__type")
    )
    return Cube(found, ("state",), "state_changed_at", _former_customers)


def _former_customers(keys: Iterable[int]) -> items.Items:
    found = FormerCustomer.objects.filter(pk__in=list(keys)).select_related("member", "conversation")
    return {
        one.pk: Item(
            one.member.name,
            one.conversation.get_absolute_url() if one.conversation else one.member.get_absolute_url(),
            one.state_changed_at,
            items.dotted(one.get_state_display(), one.found_by),
        )
        for one in found
    }


def _former(every: Chosen) -> Table:
    states = [state for state in FormerCustomer.State if state != FormerCustomer.State.TO_WRITE]
    return Table(
        "Customers who had gone quiet",
        "Those of the re-activation list whom somebody dealt with in this time.",
        ["Customers"],
        [Row(state.label, [Cell(f"quiet.{state.value}", every.also(state=state.value), of=every)]) for state in states],
        empty="Nobody worked on the re-activation list in this time.",
    )
