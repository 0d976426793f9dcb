"""What replies did: the customers' evidence beside staff's judgement, never added up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch

from community.threads.models import Post, Thread
from staff.insights.period import Period
from staff.insights.tables import Bar, Cell, Item, Row, Section, share
from staff.models import ConversationType, Effect, Evidence, Outcome
from staff.outcomes import verdict

EFFECTS = (Effect.STRENGTHENED, Effect.NO_CHANGE, Effect.WEAKENED, Effect.UNKNOWN)
SIDES = (("customer", "the customer", "What the customer showed"), ("staff", "staff", "What staff judged"))


@dataclass(frozen=True)
class Judged:
    """One reply, and what each side has said of it."""

    item: Item
    type: str
    is_official: bool
    customer: str
    staff: str


def effects_section(period: Period) -> Section:
    replies = _replies(period)
    company = [one for one in replies if one.is_official]
    customers = [one for one in replies if not one.is_official]
    by_type = [
        (f"Company: {kind.label.lower()}", kind.value, [one for one in company if one.type == kind.value])
        for kind in ConversationType
    ]
    rows = [_row("company", "Company replies", company), *(_row(key, label, group) for label, key, group in by_type)]
    return Section(
        key="effects",
        title="What replies did",
        explanation=(
            f"Replies of {period.label}. What the customer showed stands beside what staff judged; the two are never"
            " added. No sign is unknown, and unknown is no success."
        ),
        columns=["Replies", *(effect.label for _ in SIDES for effect in EFFECTS)],
        groups=[("", 1), *((heading, len(EFFECTS)) for _, _, heading in SIDES)],
        rows=[*rows, _row("customers", "Customers' answers", customers)],
        bars=[_bar(f"Company: {who}", company, side) for side, who, _ in SIDES]
        + [_bar(f"Customers: {who}", customers, side) for side, who, _ in SIDES],
        legend=[(effect.value, effect.label) for effect in EFFECTS],
        empty="Nobody replied to anybody in this time.",
        footnote="Holding replies are left out. A customer who opened the link and said no more counts as unknown.",
    )


def _replies(period: Period) -> list[Judged]:
    posts = (
        Post.objects.published()
        .answers()
        .filter(created_at__gte=period.since)
        .exclude(author=F("thread__author"))
        .exclude(reply__is_holding=True)
        .exclude(source=Post.Source.IMPORT)
        .filter(thread__kind__in=(Thread.Kind.QUESTION, Thread.Kind.REVIEW))
        .select_related("thread", "author", "reply")
        .prefetch_related(Prefetch("outcomes", Outcome.objects.standing(), to_attr="standing"))
        .defer("body", "body_html")
    )
    return [_judged(post) for post in posts]


def _judged(post: Post) -> Judged:
    outcomes: list[Outcome] = post.standing  # type: ignore[attr-defined]
    reply = getattr(post, "reply", None)
    return Judged(
        item=Item(post.thread.title, post.get_absolute_url(), post.created_at, post.author.name),
        type=reply.type if reply else "",
        is_official=post.is_official,
        customer=verdict([one for one in outcomes if one.evidence != Evidence.STAFF_JUDGEMENT]),
        staff=verdict([one for one in outcomes if one.evidence == Evidence.STAFF_JUDGEMENT]),
    )


def _row(key: str, label: str, group: Sequence[Judged]) -> Row:
    cells = [Cell([one.item for one in group], key=f"{key}.all")]
    for side, _, _ in SIDES:
        for effect in EFFECTS:
            chosen = [one.item for one in group if getattr(one, side) == effect]
            cells.append(Cell(chosen, share=share(len(chosen), len(group)), key=f"{key}.{side}.{effect.value}"))
    return Row(label, cells)


def _bar(label: str, group: Sequence[Judged], side: str) -> Bar:
    amounts = Counter(getattr(one, side) for one in group)
    return Bar(label, [(effect.value, amounts[effect]) for effect in EFFECTS])
