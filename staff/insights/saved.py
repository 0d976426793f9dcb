"""Questions saved: who was about to ask said “This answers it” to one that stood there already."""

from collections import defaultdict

from forum.models import AnswerFound
from staff.insights.period import Period
from staff.insights.tables import Cell, Item, Row, Section

LONGEST = 15
COLUMNS = ("Questions saved", "By members", "By visitors")


def saved_section(period: Period) -> Section:
    found = list(AnswerFound.objects.since(period.since).select_related("thread"))
    groups: dict[int, list[AnswerFound]] = defaultdict(list)
    for one in found:
        groups[one.thread_id].append(one)
    largest = sorted(groups.values(), key=lambda group: (-len(group), group[0].thread_id))[:LONGEST]
    rows = [_row(str(group[0].thread_id), group[0].thread.title, group) for group in largest]
    return Section(
        key="saved",
        title="Questions saved",
        explanation=(
            f"Who was about to ask in {period.label} saw a question like theirs and said “This answers it”. "
            "Each person counts once a day for a question."
        ),
        columns=COLUMNS,
        rows=[_row("total", "All questions", found), *rows],
        empty="Nobody who was about to ask has found their answer in this time.",
    )


def _row(key: str, label: str, group: list[AnswerFound]) -> Row:
    parts = {
        "all": group,
        "members": [one for one in group if one.member_id],
        "visitors": [one for one in group if not one.member_id],
    }
    return Row(label, [Cell([_item(one) for one in part], key=f"{key}.{name}") for name, part in parts.items()])


def _item(found: AnswerFound) -> Item:
    title = found.title or "Before a title was written"
    return Item(title, found.thread.get_absolute_url(), found.created_at, f"Answered by “{found.thread.title}”")
