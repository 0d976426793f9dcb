"""Productive conversations: at their end, had they strengthened the relationship? By type and month."""

from collections.abc import Sequence

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from staff.insights import items, verdicts
from staff.insights.cube import Chosen, Cube
from staff.insights.effects import COLUMNS, GROUPS, LEGEND, effect_cells, effect_pictures
from staff.insights.replies import UNTYPED
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table
from staff.insights.verdicts import SIDES
from staff.models import Conversation, ConversationType, Effect

State = Conversation.State
AT_END = tuple(state.value for state in State if state != State.WAITING)
KINDS = [*((kind.value, kind.label) for kind in ConversationType), (UNTYPED, "Not typed yet")]
STRENGTHENED = Effect.STRENGTHENED.value


def conversations(scope: Scope) -> QuerySet[Conversation]:
    """Those in which a customer first needed us in this time. What is hidden or removed is left out for everybody."""
    kind = Coalesce(NullIf("type", Value("")), Value(UNTYPED), output_field=CharField())
    found = Conversation.objects.filter(scope.within("asked_at"), is_readable=True).annotate(kind_of=kind)
    return found.filter(scope.about("product", "type"))


def conversation_cube(scope: Scope) -> Cube:
    rows = conversations(scope).annotate(
        month=scope.month_column("asked_at"),
        customer_effect=verdicts.of_conversation("customer"),
        staff_effect=verdicts.of_conversation("staff"),
    )
    return Cube(rows, ("kind_of", "month", "state", "customer_effect", "staff_effect"), "asked_at", items.conversations)


def productive_section(scope: Scope) -> Section:
    every = Chosen([conversation_cube(scope)])
    return Section(
        "productive",
        "Productive conversations",
        f"Of the conversations that began in {scope.label}: which had strengthened the relationship at their end? A"
        " later sign takes the place of an earlier one. What nobody knows stays unknown; silence is no success.",
        [_by_type(every), _by_month(every, scope), _by_state(every)],
    )


def kinds(every: Chosen) -> list[tuple[str, str, Chosen]]:
    return [(key, label, every.also(kind_of=key)) for key, label in KINDS]


def _by_type(every: Chosen) -> Table:
    ended = [(key, label, rows.also(state=AT_END)) for key, label, rows in kinds(every)]
    return Table(
        "By type",
        "Shares are of the conversations that have ended, that is, in which no reply of ours is awaited.",
        ["Began", "Still need a reply", "Ended", *COLUMNS],
        [_row("all", "All types", every), *(_row(key, label, rows) for key, label, rows in kinds(every))],
        pictures=effect_pictures(ended),
        legend=LEGEND,
        groups=[("", 3), *GROUPS],
        empty="No conversation began in this time.",
    )


def _row(key: str, label: str, rows: Chosen) -> Row:
    ended = rows.also(state=AT_END)
    first = [
        Cell(f"{key}.began", rows),
        Cell(f"{key}.waiting", rows.also(state=State.WAITING.value), of=rows),
        Cell(f"{key}.ended", ended, of=rows),
    ]
    return Row(label, [*first, *effect_cells(key, ended)])


def _by_month(every: Chosen, scope: Scope) -> Table:
    months = [(month.key, month.label, every.also(month=month.key, state=AT_END)) for month in scope.months()]
    if scope.since < scope.months()[0].start:
        months.insert(0, ("earlier", "Earlier", every.also(month="earlier", state=AT_END)))
    names = [label for _, label in KINDS]
    return Table(
        "Strengthened, by month and type",
        "By the month in which a conversation began; shares are of those of that month and type that have ended.",
        [*(["All", *names] * 2)],
        [_month_row(key, label, rows) for key, label, rows in months],
        pictures=[
            (heading, [_month_bar(key, label, rows, side) for key, label, rows in months]) for side, heading in SIDES
        ],
        legend=KINDS,
        groups=[(heading, len(names) + 1) for _, heading in SIDES],
        empty="No conversation began in this time.",
    )


def _month_row(key: str, label: str, rows: Chosen) -> Row:
    cells = []
    for side, _ in SIDES:
        for kind, group in [("all", rows), *((kind, rows.also(kind_of=kind)) for kind, _ in KINDS)]:
            cells.append(Cell(f"{key}.{kind}.{side}", group.also(**{f"{side}_effect": STRENGTHENED}), of=group))
    return Row(label, cells)


def _month_bar(key: str, label: str, rows: Chosen, side: str) -> Bar:
    strengthened = rows.also(**{f"{side}_effect": STRENGTHENED})
    return Bar(label, [(kind, Cell(f"{key}.{kind}.{side}", strengthened.also(kind_of=kind))) for kind, _ in KINDS])


def _by_state(every: Chosen) -> Table:
    states: Sequence[tuple[str, str]] = [(state.value, state.label) for state in State]

    def cells(key: str, rows: Chosen) -> list[Cell]:
        return [Cell(f"{key}.is.{state}", rows.also(state=state), of=rows) for state, _ in states]

    groups = kinds(every)
    return Table(
        "Where they stand",
        "The state of each conversation now.",
        [label for _, label in states],
        [Row("All types", cells("all", every)), *(Row(label, cells(key, rows)) for key, label, rows in groups)],
        pictures=[("", [Bar(label, _parts(key, rows, states)) for key, label, rows in groups])],
        legend=states,
        empty="No conversation began in this time.",
    )


def _parts(key: str, rows: Chosen, states: Sequence[tuple[str, str]]) -> list[tuple[str, Cell]]:
    return [(state, Cell(f"{key}.is.{state}", rows.also(state=state))) for state, _ in states]
