"""Helpful links: given, opened by the asker, by others, said to have helped, and what the reply came to."""

from urllib.parse import urlsplit

from django.db.models import Case, CharField, Exists, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from community.threads.models import Post
from staff.insights import items, verdicts
from staff.insights.cube import Chosen, Cube
from staff.insights.productive import KINDS
from staff.insights.replies import UNTYPED
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table, key_of
from staff.models import Effect, HelpfulLink, LinkOpening

LONGEST = 15
STRENGTHENED = Effect.STRENGTHENED.value
COLUMNS = (
    "Given", "Opened by the asker", "Opened by others", "“This helped”", "Strengthened, the customer showed",
    "Strengthened, staff judged",
)  # fmt: skip


def links_section(scope: Scope) -> Section:
    every = Chosen([link_cube(scope)])
    return Section(
        "links",
        "Helpful links",
        f"The one link that a reply of {scope.label} offered for one need, and how far it went. Staff, robots and"
        " repeats don't count as openings.",
        [_steps(every), _by_address(every), _by_type(every)],
    )


def link_cube(scope: Scope) -> Cube:
    opened = LinkOpening.objects.filter(link=OuterRef("pk"))
    rows = _given(scope).annotate(
        asker=Exists(opened.filter(is_asker=True)),
        others=Exists(opened.filter(is_asker=False)),
        helped=Case(When(helped_at=None, then=Value(False)), default=Value(True)),
        **{f"{side}_effect": _effect(side) for side, _ in verdicts.SIDES},
    )
    dimensions = ("url", "kind_of", "asker", "others", "helped", "customer_effect", "staff_effect")
    return Cube(rows, dimensions, "created_at", items.links)


def _given(scope: Scope) -> QuerySet[HelpfulLink]:
    """In replies that can be read, or that reached the customer."""
    in_public = Q(post__in=Post.objects.published().filter(scope.within("created_at")).values("pk"))
    alone = Q(message__posted_at__isnull=False, message__conversation__is_readable=True) & scope.within(
        "message__created_at"
    )
    kind = Coalesce(
        NullIf("post__reply__type", Value("")), NullIf("message__type", Value("")), Value(UNTYPED),
        output_field=CharField(),
    )  # fmt: skip
    given = HelpfulLink.objects.annotate(kind_of=kind)
    of_posts, of_messages = (
        scope.about(f"{way}__product", "kind_of") for way in ("post__thread", "message__conversation")
    )
    return given.filter(in_public & of_posts | alone & of_messages)


def _effect(side: str) -> Case:
    of_post, of_message = (verdicts.of_reply(side, reply, f"{reply}_id") for reply in ("post", "message"))
    return Case(When(message=None, then=of_post), default=of_message, output_field=CharField())


def _steps(every: Chosen) -> Table:
    row = _row("total", "All links", every)
    return Table(
        "Three steps, and what came of it",
        "A link that was opened was taken up; only “this helped” says that it helped.",
        COLUMNS,
        [row],
        pictures=[("", [Bar(column, [("step", cell)]) for column, cell in zip(COLUMNS, row.cells, strict=True)])],
        empty="No reply of this time offered a link.",
    )


def _row(key: str, label: str, rows: Chosen, address: str = "") -> Row:
    steps = {
        "asker": rows.also(asker=True),
        "others": rows.also(others=True),
        "helped": rows.also(helped=True),
        "shown": rows.also(customer_effect=STRENGTHENED),
        "judged": rows.also(staff_effect=STRENGTHENED),
    }
    cells = [Cell(f"{key}.{name}", part, of=rows) for name, part in steps.items()]
    return Row(label, [Cell(f"{key}.given", rows), *cells], address)


def _by_address(every: Chosen) -> Table:
    rows = [_row(key, label, chosen, url) for key, label, chosen, url in best_links(every, LONGEST)]
    return Table(
        "Which links",
        "Those that helped most often first: by “this helped”, then by what the customer showed of the reply, then by"
        " the asker's opening.",
        COLUMNS,
        rows,
        empty="No reply of this time offered a link.",
        footnote=f"{LONGEST} links at most.",
    )


def best_links(every: Chosen, most: int) -> list[tuple[str, str, Chosen, str]]:
    """(key, words, rows, address) of the links that did most. One query for the counts, one for the needs."""
    cube = every.cubes[0]
    effects: dict[str, list[int]] = {}
    for (url, _, asker, _, helped, shown, _), number in cube.counts.items():
        score = effects.setdefault(url, [0, 0, 0, 0])
        for place, is_so in enumerate((helped, shown == STRENGTHENED, asker, True)):
            score[place] += number * is_so
    best = sorted(effects, key=lambda url: ([-part for part in effects[url]], url))[:most]
    needs = dict(cube.rows.filter(url__in=best).order_by().values_list("url").annotate(Max("need")))
    return [(key_of("link", url), f"{needs.get(url, '')} · {short(url)}", every.also(url=url), url) for url in best]


def short(url: str) -> str:
    parts = urlsplit(url)
    path = f"{parts.netloc}{parts.path}".rstrip("/")
    return path if len(path) <= 48 else f"{path[:47]}…"


def _by_type(every: Chosen) -> Table:
    return Table(
        "By type of reply",
        "The same steps for each type.",
        COLUMNS,
        [_row(f"type-{key}", label, every.also(kind_of=key)) for key, label in KINDS],
        empty="No reply of this time offered a link.",
    )
