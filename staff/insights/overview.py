"""The first page's answer: which replies made relationships stronger, of which type, by whom, through which links?"""

from collections.abc import Sequence
from dataclasses import dataclass

from staff.insights.cube import Chosen
from staff.insights.effects import LEGEND, effect_pictures
from staff.insights.links import STRENGTHENED, best_links, link_cube
from staff.insights.productive import AT_END, State, conversation_cube, kinds
from staff.insights.replies import COMPANY, CUSTOMERS, reply_cubes
from staff.insights.scope import Scope
from staff.insights.tables import Cell, Row, Table
from staff.insights.talent import Person, people, percent

FEW = 3
NEWEST = 5


@dataclass(frozen=True)
class Headline:
    """A number of a section, which opens its list there."""

    section: str
    cell: Cell
    label: str


@dataclass(frozen=True)
class Overview:
    """Four answers. `newest` are the last replies that a customer showed to have helped."""

    headlines: Sequence[Headline]
    types: Table
    newest: Chosen
    people: Sequence[tuple[str, Sequence[Row]]]
    links: Sequence[Row]


def overview_of(scope: Scope) -> Overview:
    """Five counts, three reads of names, and the newest few replies."""
    talks, replies = Chosen([conversation_cube(scope)]), Chosen(reply_cubes(scope, "author"))
    company = replies.also(by=COMPANY)
    return Overview(
        headlines=_headlines(talks, company),
        types=_types(talks),
        newest=replies.also(customer_effect=STRENGTHENED),
        people=[
            ("Colleagues", [_person("agent", one) for one in people(replies, COMPANY)[:FEW]]),
            ("Customers", [_person("member", one) for one in people(replies, CUSTOMERS)[:FEW]]),
        ],
        links=_links(scope),
    )


def _headlines(talks: Chosen, company: Chosen) -> list[Headline]:
    ended = talks.also(state=AT_END)
    shown, judged = (Cell(f"all.{side}.strengthened", ended.also(**{f"{side}_effect": STRENGTHENED}), of=ended)
                     for side in ("customer", "staff"))  # fmt: skip
    unknown = Cell("all.customer.unknown", ended.also(customer_effect="unknown"), of=ended)
    waiting = Cell("all.waiting", talks.also(state=State.WAITING.value), of=talks)
    replied = Cell("company.customer.strengthened", company.also(customer_effect=STRENGTHENED), of=company)
    return [
        Headline("productive", shown, "conversations ended stronger: the customer showed it"),
        Headline("productive", judged, "ended stronger: staff judged so"),
        Headline("productive", unknown, "ended, and the customer has shown nothing"),
        Headline("replies", replied, "of our replies strengthened: the customer showed it"),
        Headline("productive", waiting, "still need a reply"),
    ]


def _types(talks: Chosen) -> Table:
    ended = [(key, label, rows.also(state=AT_END)) for key, label, rows in kinds(talks)]
    rows = []
    for key, label, group in ended:
        sides = [
            Cell(f"{key}.{side}.strengthened", group.also(**{f"{side}_effect": STRENGTHENED}), of=group)
            for side in ("customer", "staff")
        ]
        rows.append(Row(label, [Cell(f"{key}.ended", group), *sides]))
    return Table(
        "Of which type?",
        "Conversations that have ended, and what they came to.",
        ["Ended", "Stronger, the customer showed", "Stronger, staff judged"],
        rows,
        pictures=effect_pictures(ended)[:1],
        legend=LEGEND,
        empty="No conversation of this time has ended yet.",
    )


def _person(key: str, person: Person) -> Row:
    number = Cell(f"{key}-{person.member.pk}.helped", person.helped, of=person.rows)
    return Row(person.member.name, [number, Cell(words=percent(person.bound))], person.member.get_absolute_url())


def _links(scope: Scope) -> list[Row]:
    """Those that did something."""
    best = best_links(Chosen([link_cube(scope)]), NEWEST)
    rows = [
        Row(label, [Cell(f"{key}.helped", rows.also(helped=True)), Cell(f"{key}.given", rows)], url)
        for key, label, rows, url in best
    ]
    return [row for row in rows if row.cells[0].number]
