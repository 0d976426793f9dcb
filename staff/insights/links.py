"""Helpful links: shared, opened by the asker, and said to have helped: three steps."""

from collections import defaultdict

from django.db.models import Count, Prefetch, Q

from community.threads.models import Status
from staff.insights.period import Period
from staff.insights.tables import Bar, Cell, Item, Row, Section, share
from staff.models import Effect, Evidence, HelpfulLink, Outcome
from staff.outcomes import verdict

LONGEST = 15
COLUMNS = ("Shared", "Opened by the asker", "Opened by others", "The asker says it helped")


def links_section(period: Period) -> Section:
    links = list(_links(period))
    groups: dict[str, list[HelpfulLink]] = defaultdict(list)
    for link in links:
        groups[link.url].append(link)
    largest = sorted(groups.values(), key=lambda group: (-len(group), group[0].url))[:LONGEST]
    rows = [_row(str(group[0].pk), group[0].need, group) for group in largest]
    total = _row("total", "All links", links)
    return Section(
        key="links",
        title="Helpful links",
        explanation=(
            f"The one link that a reply of {period.label} offered for one need. Staff, robots and repeats don't count."
        ),
        columns=COLUMNS,
        rows=[total, *rows],
        bars=[Bar(column, [("step", cell.number)]) for column, cell in zip(COLUMNS, total.cells, strict=True)],
        legend=[("step", "Replies")],
        empty="No reply of this time offered a link.",
    )


def _links(period: Period) -> list[HelpfulLink]:
    """Links of replies that can be read, with who opened them and what the asker showed."""
    signs = Outcome.objects.standing().customer_evidence().exclude(evidence=Evidence.LINK_OPENED)
    links = HelpfulLink.objects.filter(post__status=Status.PUBLISHED, post__created_at__gte=period.since)
    return list(
        links.annotate(
            asker_openings=Count("openings", filter=Q(openings__is_asker=True)),
            other_openings=Count("openings", filter=Q(openings__is_asker=False)),
        )
        .select_related("post__thread")
        .prefetch_related(Prefetch("post__outcomes", signs, to_attr="signs"))
        .order_by("-post__created_at")
    )


def _row(key: str, label: str, group: list[HelpfulLink]) -> Row:
    steps = {
        "shared": group,
        "asker": [link for link in group if link.asker_openings],  # type: ignore[attr-defined]
        "others": [link for link in group if link.other_openings],  # type: ignore[attr-defined]
        "helped": [link for link in group if verdict(link.post.signs) == Effect.STRENGTHENED],  # type: ignore[attr-defined]
    }
    cells = [
        Cell([_item(link) for link in links], share=share(len(links), len(group)), key=f"{key}.{step}")
        for step, links in steps.items()
    ]
    return Row(label, cells)


def _item(link: HelpfulLink) -> Item:
    return Item(f"{link.need} ({link.post.thread.title})", link.post.get_absolute_url(), link.created_at, link.url)
