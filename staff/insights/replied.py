"""What replies did: by type and by who wrote them, and how we know."""

from staff.insights import items
from staff.insights.cube import Chosen, Cube
from staff.insights.effects import COLUMNS, GROUPS, LEGEND, effect_cells, effect_pictures
from staff.insights.productive import KINDS
from staff.insights.replies import COLLEAGUES, COMPANY, CUSTOMERS, messages, posts, reply_cubes
from staff.insights.scope import Scope
from staff.insights.tables import Cell, Row, Section, Table
from staff.insights.verdicts import EFFECTS, KNOWN
from staff.models import Evidence, Outcome

WRITERS = ((COMPANY, "The company"), (CUSTOMERS, "Customers"), (COLLEAGUES, "Colleagues, for themselves"))
SINCE = "Holding replies, imports and what was deleted are left out."


def replied_section(scope: Scope) -> Section:
    every = Chosen(reply_cubes(scope))
    return Section(
        "replies",
        "What replies did",
        f"Replies of {scope.label}, customers' answers included. What the customer showed stands beside what staff"
        " judged; the two are never added up.",
        [_by_type(every), _by_writer(every), _by_evidence(scope)],
    )


def _by_type(every: Chosen) -> Table:
    company = every.also(by=COMPANY)
    groups = [(key, label, company.also(kind_of=key)) for key, label in KINDS]
    return Table(
        "The company's replies, by type",
        "Each reply counts once, with the newest sign that says something. No sign is unknown, and that is no success.",
        ["Replies", "With a sign of the customer's", *COLUMNS],
        [_row("company", "All types", company), *(_row(key, label, rows) for key, label, rows in groups)],
        pictures=effect_pictures(groups),
        legend=LEGEND,
        groups=[("", 2), *GROUPS],
        empty="The company has not replied to anybody in this time.",
        footnote=f"{SINCE} A customer who opened the link and said no more counts as unknown.",
    )


def _row(key: str, label: str, rows: Chosen) -> Row:
    signs = rows.also(customer_effect=[effect.value for effect in KNOWN])
    return Row(label, [Cell(f"{key}.replies", rows), Cell(f"{key}.shown", signs, of=rows), *effect_cells(key, rows)])


def _by_writer(every: Chosen) -> Table:
    groups = [(f"by-{key}", label, every.also(by=key)) for key, label in WRITERS]
    return Table(
        "By who wrote them",
        "Customers' answers count like ours: whoever helps a customer strengthens the relationship.",
        ["Replies", "With a sign of the customer's", *COLUMNS],
        [_row(key, label, rows) for key, label, rows in groups],
        pictures=effect_pictures(groups[:2]),
        legend=LEGEND,
        groups=[("", 2), *GROUPS],
        empty="Nobody replied to anybody in this time.",
        footnote=SINCE,
    )


def _by_evidence(scope: Scope) -> Table:
    every = Chosen(_evidence_cubes(scope))
    rows = []
    for evidence in Evidence:
        of = every.also(evidence=evidence.value)
        cells = [
            Cell(f"how.{evidence.value}.{effect.value}", of.also(effect=effect.value), of=of) for effect in EFFECTS
        ]
        rows.append(Row(evidence.label, [Cell(f"how.{evidence.value}", of), *cells]))
    return Table(
        "How we know",
        "Each standing sign of those replies. One reply may have several, so this is more than the replies.",
        ["Signs", *(effect.label for effect in EFFECTS)],
        rows,
        empty="Nobody has shown or judged anything of these replies yet.",
        footnote="“Opened the link” says that the customer took it up, not that it helped.",
    )


def _evidence_cubes(scope: Scope) -> list[Cube]:
    return [
        Cube(
            Outcome.objects.standing().filter(**{f"{name}__in": replies.values("pk")}),
            ("evidence", "effect"),
            "recorded_at",
            items.outcomes,
        )
        for name, replies in (("post", posts(scope)), ("message", messages(scope)))
    ]
