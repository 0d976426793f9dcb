"""Whose replies help: the share that customers confirmed, with its lower bound, and the replies themselves to read.

Ordered by the lower end of the 95 % interval (Wilson 1927) of the confirmed share, from 10 replies on. It says where to
begin reading; people decide. Who does not want to be named is not.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from community.members.models import Member
from community.threads.ranking import wilson_lower_bound
from staff.insights.cube import Chosen
from staff.insights.productive import KINDS
from staff.insights.replies import COMPANY, CUSTOMERS, reply_cubes
from staff.insights.scope import Scope
from staff.insights.tables import Cell, Row, Section, Table
from staff.models import Effect

LEAST = 10
MOST = 50
STRENGTHENED = Effect.STRENGTHENED.value
COLUMNS = ("Replies", "Confirmed helpful by the customer", "At least", "Judged helpful by staff")
NOTE = (
    f"From {LEAST} replies on. “At least” is the lower end of what the numbers allow (95 %, Wilson): few replies say"
    " little, however good. Replies of which nobody knows more count against it. Read the replies; people decide."
)


@dataclass(frozen=True)
class Person:
    """Somebody with enough replies: `bound` is the least share of them that can be taken as helpful."""

    member: Member
    rows: Chosen
    helped: Chosen
    bound: float


def talent_section(scope: Scope) -> Section:
    every = Chosen(reply_cubes(scope, "author"))
    company, customers = people(every, COMPANY), people(every, CUSTOMERS)
    return Section(
        "talent",
        "Whose replies help",
        f"Conversation talent sits in every department, and among customers. Replies of {scope.label}; choose a"
        " product or a type above to see who helps there.",
        [
            _table("At the company", company, every.also(by=COMPANY), "agent"),
            _by_type(company),
            _table("Among customers", customers, every.also(by=CUSTOMERS), "member"),
        ],
    )


def people(every: Chosen, writers: str) -> list[Person]:
    """Those who may be named and have enough replies, the surest first. One query for the counts, one for the names."""
    of = every.also(by=writers)
    authors = of.values("author")
    named = Member.objects.filter(pk__in=authors, is_ranked=True, is_active=True, erased_at=None).in_bulk()
    found = [_person(member, of.also(author=pk)) for pk, member in named.items()]
    enough = [person for person in found if len(person.rows) >= LEAST]
    return sorted(enough, key=lambda person: (-person.bound, person.member.name))[:MOST]


def _person(member: Member, rows: Chosen) -> Person:
    helped = rows.also(customer_effect=STRENGTHENED)
    return Person(member, rows, helped, wilson_lower_bound(len(helped), len(rows)))


def _table(title: str, found: Sequence[Person], every: Chosen, key: str) -> Table:
    rows = [_row(f"{key}-{person.member.pk}", person) for person in found]
    rest = _rest(every, {person.member.pk for person in found})
    if len(rest):
        helped, judged = (rest.also(**{f"{side}_effect": STRENGTHENED}) for side in ("customer", "staff"))
        cells = [Cell(f"{key}-rest.all", rest), Cell(f"{key}-rest.helped", helped, of=rest), Cell(words="–"),
                 Cell(f"{key}-rest.judged", judged, of=rest)]  # fmt: skip
        rows.append(Row("Everybody else, together", cells))
    return Table(
        title,
        "Where to begin reading. Each number opens the replies.",
        COLUMNS,
        rows,
        empty="Nobody replied in this time.",
        footnote=f"{NOTE} “Everybody else”: fewer replies, or rather not named.",
    )


def _rest(every: Chosen, named: Collection[int]) -> Chosen:
    authors = set(every.values("author")) - set(named)
    return every.also(author=sorted(authors) or [0])


def _row(key: str, person: Person) -> Row:
    judged = person.rows.also(staff_effect=STRENGTHENED)
    cells = [
        Cell(f"{key}.all", person.rows),
        Cell(f"{key}.helped", person.helped, of=person.rows),
        Cell(words=percent(person.bound)),
        Cell(f"{key}.judged", judged, of=person.rows),
    ]
    return Row(person.member.name, cells, person.member.get_absolute_url())


def percent(share: float) -> str:
    return f"{int(100 * share)} %"


def _by_type(found: Sequence[Person]) -> Table:
    rows = []
    for person in found:
        cells = []
        for kind, _ in KINDS:
            of = person.rows.also(kind_of=kind)
            helped = of.also(customer_effect=STRENGTHENED)
            cells += [Cell(f"agent-{person.member.pk}.{kind}.helped", helped, of=of), _least(len(helped), len(of))]
        rows.append(Row(person.member.name, cells, person.member.get_absolute_url()))
    return Table(
        "At the company, by type",
        "Replies that the customer confirmed as helpful, their share, and from 10 replies of that type on, “at least”.",
        ["Confirmed", "At least"] * len(KINDS),
        rows,
        groups=[(label, 2) for _, label in KINDS],
        empty=f"Nobody has {LEAST} replies in this time yet.",
    )


def _least(helped: int, count: int) -> Cell:
    return Cell(words=percent(wilson_lower_bound(helped, count)) if count >= LEAST else "–")
