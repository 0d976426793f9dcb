"""Conversations by type and state."""

from collections.abc import Sequence

from staff.insights.period import Period
from staff.insights.tables import Bar, Cell, Item, Row, Section, share
from staff.models import Conversation, ConversationType

State = Conversation.State
COLUMNS = (*((state.value, state.label) for state in State), ("all", "All"))
UNTYPED = "untyped"


def conversations_section(period: Period) -> Section:
    found = list(Conversation.objects.filter(asked_at__gte=period.since).select_related("thread", "customer"))
    kinds = [(kind.value, kind.label) for kind in ConversationType] + [(UNTYPED, "Not typed yet")]
    groups = [(key, label, [one for one in found if (one.type or UNTYPED) == key]) for key, label in kinds]
    rows = [_row(key, label, group, len(found)) for key, label, group in groups if group or key != UNTYPED]
    return Section(
        key="conversations",
        title="Conversations",
        explanation=f"Those in which a customer first needed us in {period.label}, by the type that agents gave.",
        columns=[label for _, label in COLUMNS],
        rows=[*rows, _row("total", "All types", found, len(found))],
        bars=[_bar(label, group) for _, label, group in groups],
        legend=[(state.value, state.label) for state in State],
        empty="No conversation began in this time.",
    )


def _row(key: str, label: str, group: Sequence[Conversation], whole: int) -> Row:
    cells = []
    for state, _ in COLUMNS:
        chosen = [one for one in group if state in ("all", one.state)]
        said = share(len(chosen), whole) if state == "all" and key != "total" else ""
        cells.append(Cell([item_of(one) for one in chosen], key=f"{key}.{state}", share=said))
    return Row(label, cells)


def item_of(conversation: Conversation) -> Item:
    return Item(
        conversation.thread.title,
        conversation.get_absolute_url(),
        conversation.asked_at,
        f"{conversation.customer.name} · {conversation.get_state_display()}",
    )


def _bar(label: str, group: Sequence[Conversation]) -> Bar:
    return Bar(label, [(state.value, sum(one.state == state for one in group)) for state in State])
