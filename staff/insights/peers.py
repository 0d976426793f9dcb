"""Customers helping customers: questions that they answered, and those that never needed the company."""

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from community.products.models import Product
from community.threads.models import Post
from staff.insights import items
from staff.insights.cube import Chosen, Cube
from staff.insights.productive import State
from staff.insights.responses import asked_questions, said_in_public
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table
from staff.models import Conversation, Message

LONGEST = 15
HELP = (("alone", "Customers alone"), ("both", "Customers and the company"), ("company", "The company alone"),
        ("nobody", "Nobody yet"))  # fmt: skip
COLUMNS = (
    "Questions", "Answered by customers", "First answer by a customer", "A customer's answer accepted",
    "Never needed the company",
)  # fmt: skip


def peers_section(scope: Scope) -> Section:
    every = Chosen([question_cube(scope)])
    return Section(
        "peers",
        "Customers helping customers",
        f"Customers' questions of {scope.label}, imports left out: who answered, and which needed nobody of ours.",
        [_by_product(every, scope), _by_helper(every)],
    )


def question_cube(scope: Scope) -> Cube:
    by_customer = customers_answers()
    of_company = said_in_public().filter(is_official=True)
    alone = Message.objects.filter(conversation__thread=OuterRef("pk"), is_official=True, posted_at__isnull=False)
    waits = Conversation.objects.filter(thread=OuterRef("pk"), state=State.WAITING)
    asked = asked_questions(scope).annotate(
        answered=Exists(by_customer), company_said=Exists(of_company) | Exists(alone), still_waits=Exists(waits)
    )
    return Cube(
        asked.annotate(
            helped_by=_helped_by(), peer_first=_first_by_peer(), peer_accepted=_accepted(), unneeded=_unneeded()
        ),
        ("product", "helped_by", "peer_first", "peer_accepted", "unneeded"),
        "created_at",
        items.threads,
    )


def customers_answers() -> QuerySet[Post]:
    return said_in_public().filter(kind=Post.Kind.ANSWER, is_official=False, author__is_staff=False)


def _helped_by() -> Case:
    return Case(
        When(Q(answered=True, company_said=True), then=Value("both")),
        When(answered=True, then=Value("alone")),
        When(company_said=True, then=Value("company")),
        default=Value("nobody"),
        output_field=CharField(),
    )


def _first_by_peer() -> Coalesce:
    """Is the very first answer a customer's?"""
    is_peer = Case(When(Q(is_official=False, author__is_staff=False), then=Value(True)), default=Value(False))
    first = said_in_public().order_by("created_at", "pk").annotate(is_peer=is_peer)
    return Coalesce(Subquery(first.values("is_peer")[:1]), Value(False))


def _accepted() -> Exists:
    accepted = Q(accepted_in__isnull=False) | Q(also_accepted__isnull=False)
    return Exists(customers_answers().filter(accepted))


def _unneeded() -> Case:
    """A customer answered, the company said nothing, and nothing waits for it."""
    return Case(When(Q(answered=True, company_said=False, still_waits=False), then=Value(True)), default=Value(False))


def _by_product(every: Chosen, scope: Scope) -> Table:
    counts = every.values("product")
    names = Product.objects.in_bulk([key for key in counts if key])
    largest = sorted((key for key in counts if key in names), key=lambda key: (-counts[key], key))[:LONGEST]
    rows = [_row("all", "All questions", every)]
    if scope.product is None:
        rows += [_row(f"product-{key}", names[key].name, every.also(product=key)) for key in largest]
    return Table(
        "Who helps, by product",
        "“Never needed the company”: a customer answered, we said nothing, and no reply of ours is awaited.",
        COLUMNS,
        rows,
        empty="No customer asked a question in this time.",
        footnote=f"The {LONGEST} products with the most questions.",
    )


def _row(key: str, label: str, rows: Chosen) -> Row:
    parts = {
        "answered": rows.also(helped_by=["alone", "both"]),
        "first": rows.also(peer_first=True),
        "accepted": rows.also(peer_accepted=True),
        "unneeded": rows.also(unneeded=True),
    }
    return Row(
        label,
        [Cell(f"{key}.asked", rows), *(Cell(f"{key}.{name}", part, of=rows) for name, part in parts.items())],
    )


def _by_helper(every: Chosen) -> Table:
    cells = {key: Cell(f"helped.{key}", every.also(helped_by=key), of=every) for key, _ in HELP}
    return Table(
        "Whose answers they got",
        "Each question once.",
        ["Questions"],
        [Row(label, [cells[key]]) for key, label in HELP],
        pictures=[("", [Bar(label, [(f"help-{key}", cells[key])]) for key, label in HELP])],
        empty="No customer asked a question in this time.",
    )
