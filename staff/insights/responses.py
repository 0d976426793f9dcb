"""First response, by anyone and by the company."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from community.threads.models import Post, Status, Thread
from staff.hours import hours_now
from staff.insights.conversations import item_of
from staff.insights.period import Period
from staff.insights.tables import Bar, Cell, Item, Row, Section, share
from staff.insights.waits import Summary, Wait, spoken, summarise
from staff.models import Conversation

COLUMNS = (
    "All", "Answered", "Still waiting", "Oldest waiting", "Median", "90 % within", "Median, business time",
    "90 % within, business time", "Within target", "Late",
)  # fmt: skip
STEPS = ((1, "under 1 h"), (4, "1–4 h"), (8, "4–8 h"), (24, "8–24 h"), (72, "1–3 days"), (None, "over 3 days"))


def responses_section(period: Period) -> Section:
    hours = hours_now()
    anyone = summarise(_by_anyone(period), hours, period.now)
    company = summarise(_by_company(period), hours, period.now)
    return Section(
        key="responses",
        title="First response",
        explanation=(
            "By anyone: questions asked in this time, and the first answer by somebody else. By the company:"
            " conversations that needed us, and our first public word, a holding reply included. Who still waits stays"
            " in every share."
        ),
        columns=COLUMNS,
        rows=[_row("anyone", "By anyone", anyone, period), _row("company", "By the company", company, period)],
        bars=[_bar(label, company, low, high) for label, low, high in _steps()]
        + [Bar("still waiting", [("waiting", len(company.waiting))])],
        legend=[("answered", "Conversations that had the company's first word"), ("waiting", "Still waiting for it")],
        empty="Nobody asked in this time.",
        footnote=(
            "A dash means that more than that share has had no response yet. Notes, imports and deleted posts count as"
            " no response. Conversations that customers settled, or that needed no reply, without a word of ours are"
            " left out."
        ),
    )


def _by_anyone(period: Period) -> list[Wait]:
    imported = Post.objects.filter(thread=OuterRef("pk"), kind=Post.Kind.OPENING, source=Post.Source.IMPORT)
    questions = Thread.objects.listed().questions().filter(created_at__gte=period.since, author__is_staff=False)
    first = Subquery(_responses().values("created_at")[:1])
    asked = questions.filter(~Exists(imported)).annotate(first_response_at=first)
    return [_wait_of(thread, thread.first_response_at) for thread in asked]


def _wait_of(thread: Thread, answered: datetime | None) -> Wait:
    return Wait(Item(thread.title, thread.get_absolute_url(), thread.created_at), thread.created_at, answered)


def _responses() -> QuerySet[Post]:
    """What others than the asker answered, or the company said, the oldest first; imports are none."""
    said = Post.objects.filter(thread=OuterRef("pk"), status=Status.PUBLISHED).exclude(author=F("thread__author"))
    answers = said.filter(Q(kind=Post.Kind.ANSWER) | Q(is_official=True))
    return answers.exclude(source=Post.Source.IMPORT).order_by("created_at")


def _by_company(period: Period) -> list[Wait]:
    found = Conversation.objects.filter(asked_at__gte=period.since).select_related("thread", "customer")
    needed = found.filter(Q(first_company_response_at__isnull=False) | Q(state=Conversation.State.WAITING))
    return [Wait(item_of(one), one.asked_at, one.first_company_response_at, one.first_due_at) for one in needed]


def _row(key: str, label: str, said: Summary, period: Period) -> Row:
    has_target = any(wait.due for wait in said.all)
    oldest = said.waiting[0] if said.waiting else None
    within = Cell(_items(said.in_time), share=share(len(said.in_time), len(said.all)), key=f"{key}.in_time")
    late = Cell(_items(said.late), share=share(len(said.late), len(said.all)), key=f"{key}.late")
    no_target = Cell(words="no target")
    return Row(
        label,
        [
            Cell(_items(said.all), key=f"{key}.all"),
            Cell(_items(said.answered), share=share(len(said.answered), len(said.all)), key=f"{key}.answered"),
            Cell(_items(said.waiting), key=f"{key}.waiting"),
            Cell(words=spoken(period.now - oldest.asked) if oldest else "–"),
            *(
                Cell(words=spoken(d))
                for d in (said.median, said.ninetieth, said.business_median, said.business_ninetieth)
            ),
            within if has_target else no_target,
            late if has_target else no_target,
        ],
    )


def _items(waits: list[Wait]) -> list[Item]:
    return [wait.item for wait in waits]


def _steps() -> list[tuple[str, timedelta, timedelta]]:
    lows = [0, *(high for high, _ in STEPS if high)]
    return [
        (label, timedelta(hours=low), timedelta(hours=high) if high else timedelta.max)
        for low, (high, label) in zip(lows, STEPS, strict=True)
    ]


def _bar(label: str, said: Summary, low: timedelta, high: timedelta) -> Bar:
    return Bar(label, [("answered", sum(low <= _took(wait) < high for wait in said.answered))])


def _took(wait: Wait) -> timedelta:
    return (wait.answered or datetime.max.replace(tzinfo=wait.asked.tzinfo)) - wait.asked
