"""First response, by anyone and by the company, and each later one: how long people waited, and who still does."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, NullIf

from community.threads.models import Post, Status, Thread
from staff.clocks.clock import Hours
from staff.clocks.hours import hours_now
from staff.insights import items
from staff.insights.cube import Chosen, Cube
from staff.insights.productive import KINDS, State, conversations
from staff.insights.replies import UNTYPED
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table
from staff.insights.waits import BusinessLine, Times, Wait, spoken, times_of
from staff.models import Conversation, Message, Reply

COLUMNS = (
    "All", "Answered", "Still waiting", "Oldest waiting", "Median", "90 % within", "Median", "90 % within",
    "Within target", "Late",
)  # fmt: skip
GROUPS = (("", 4), ("Calendar time", 2), ("Business time", 2), ("Against the target", 2))
STEPS = ((1, "Under 1 h"), (4, "1 to 4 h"), (8, "4 to 8 h"), (24, "8 to 24 h"), (72, "1 to 3 days"))
OVER = "Over 3 days"
NOTE = (
    "A dash means that more than that share has had no response yet: who waits stays in every share. A holding reply is"
    " a first response. Notes, automation, imports and deleted posts are none."
)


def responses_section(scope: Scope) -> Section:
    hours = hours_now()
    return Section(
        "responses",
        "Response times",
        f"How long people waited in {scope.label}, and who still waits.",
        [_first(scope, hours), _steps(scope), _next(scope, hours)],
    )


# First response -------------------------------------------------------------------------------------------------------


def asked_questions(scope: Scope) -> QuerySet[Thread]:
    """Customers' questions that everybody can read, imports left out."""
    imported = Post.objects.filter(thread=OuterRef("pk"), kind=Post.Kind.OPENING, source=Post.Source.IMPORT)
    asked = Thread.objects.listed().questions().filter(scope.within("created_at"), author__is_staff=False)
    return asked.filter(~Exists(imported), scope.about("product", "conversation__type"))


def said_in_public() -> QuerySet[Post]:
    """What others than the asker answered, or the company said, in the thread of the row outside; imports are none."""
    said = Post.objects.filter(thread=OuterRef("pk"), status=Status.PUBLISHED).exclude(author=OuterRef("author"))
    return said.filter(Q(kind=Post.Kind.ANSWER) | Q(is_official=True)).exclude(source=Post.Source.IMPORT)


def _by_anyone(scope: Scope) -> Cube:
    public = Subquery(said_in_public().order_by("created_at").values("created_at")[:1])
    written = Message.objects.filter(conversation__thread=OuterRef("pk"), is_official=True, posted_at__isnull=False)
    alone = Subquery(written.order_by("posted_at").values("posted_at")[:1])
    earliest = Least(Coalesce(public, alone), Coalesce(alone, public))  # one alone may be missing
    asked = asked_questions(scope).annotate(first_at=earliest)
    return Cube(asked.annotate(answer=_answered("first_at")), ("answer",), "created_at", items.threads)


def _by_company(scope: Scope) -> Cube:
    """Left out: what customers settled, or what needed no reply, without a word of ours."""
    needed = Q(first_company_response_at__isnull=False) | Q(state=State.WAITING)
    rows = conversations(scope).filter(needed).annotate(
        answer=_answered("first_company_response_at"),
        target=_target(scope, "first_company_response_at", "first_due_at"),
    )  # fmt: skip
    return Cube(rows, ("kind_of", "answer", "target"), "asked_at", items.conversations)


def _answered(moment: str) -> Case:
    return Case(
        When(**{f"{moment}__isnull": True}, then=Value("waiting")), default=Value("answered"), output_field=CharField()
    )


def _target(scope: Scope, answered: str, due: str) -> Case:
    """in_time, late (answered late, or late and unanswered), open (there is time left) or none (no target)."""
    return Case(
        When(**{f"{due}__isnull": True}, then=Value("none")),
        When(**{f"{answered}__lte": F(due)}, then=Value("in_time")),
        When(**{f"{answered}__isnull": False}, then=Value("late")),
        When(**{f"{due}__lt": scope.now}, then=Value("late")),
        default=Value("open"),
        output_field=CharField(),
    )


def _first(scope: Scope, hours: Hours) -> Table:
    anyone, company = _by_anyone(scope), _by_company(scope)
    asked = list(anyone.rows.values_list("created_at", "first_at"))
    needed: dict[str, list[Wait]] = defaultdict(list)
    for kind, *wait in company.rows.values_list("kind_of", "asked_at", "first_company_response_at"):
        needed[kind].append((wait[0], wait[1]))
    every = [wait for waits in needed.values() for wait in waits]
    line = line_of([*asked, *every], scope, hours)
    ours = Chosen([company])
    rows = [
        _row("anyone", "By anyone", Chosen([anyone]), times_of(asked, line), scope, has_target=False),
        _row("company", "By the company", ours, times_of(every, line), scope),
        *(
            _row(key, f"… {label.lower()}", ours.also(kind_of=key), times_of(needed[key], line), scope)
            for key, label in KINDS
        ),
    ]
    return Table(
        "First response",
        "By anyone: questions asked in this time, and the first answer by somebody else. By the company: conversations"
        " that needed us, and our first word to the customer.",
        COLUMNS,
        rows,
        groups=GROUPS,
        empty="Nobody asked in this time.",
        footnote=f"{NOTE} Left out: what customers settled, or what needed no reply, without a word of ours.",
    )


def line_of(waits: Iterable[Wait], scope: Scope, hours: Hours) -> BusinessLine:
    """Business time from the first question to now."""
    return BusinessLine(hours, min((asked for asked, _ in waits), default=scope.now), scope.now)


def _row(key: str, label: str, rows: Chosen, times: Times, scope: Scope, *, has_target: bool = True) -> Row:
    waiting = rows.also(answer="waiting")
    durations = (times.median, times.ninetieth, times.business_median, times.business_ninetieth)
    targets = [Cell(f"{key}.{name}", rows.also(target=name), of=rows) for name in ("in_time", "late")]
    return Row(
        label,
        [
            Cell(f"{key}.first", rows),
            Cell(f"{key}.answered", rows.also(answer="answered"), of=rows),
            Cell(f"{key}.waiting", waiting, of=rows),
            Cell(words=spoken(scope.now - times.oldest) if times.oldest else "–"),
            *(Cell(words=spoken(duration)) for duration in durations),
            *(targets if has_target else [Cell(words="no target")] * 2),
        ],
    )


def _steps(scope: Scope) -> Table:
    took = [
        When(first_company_response_at__lt=F("asked_at") + timedelta(hours=hours), then=Value(f"under{hours}"))
        for hours, _ in STEPS
    ]
    waits = When(first_company_response_at=None, then=Value("waiting"))
    step = Case(waits, *took, default=Value("over"), output_field=CharField())
    rows = Cube(_by_company(scope).rows.annotate(step=step), ("step",), "asked_at", items.conversations)
    names = [*((f"under{hours}", label) for hours, label in STEPS), ("over", OVER), ("waiting", "Still waiting")]
    every = Chosen([rows])
    cells = {key: Cell(f"took.{key}", every.also(step=key), of=every) for key, _ in names}
    return Table(
        "How long our first word took",
        "Conversations by calendar time from the customer's message to our first word.",
        ["Conversations"],
        [Row(label, [cells[key]]) for key, label in names],
        pictures=[
            ("", [Bar(label, [("waiting" if key == "waiting" else "answered", cells[key])]) for key, label in names])
        ],
        legend=[("answered", "Had our first word"), ("waiting", "Still waiting for it")],
        empty="No conversation needed us in this time.",
    )


# Next response --------------------------------------------------------------------------------------------------------


def _next_cubes(scope: Scope) -> list[Cube]:
    """Waits after our first word, by what ended them: a reply in public, a message, or nothing yet."""
    replies = Reply.objects.filter(
        scope.within("waited_since"), post__in=Post.objects.published(), is_holding=False,
        conversation__first_company_response_at__lt=F("post__created_at"),
    )  # fmt: skip
    written = Message.objects.filter(
        scope.within("waited_since"), is_official=True, is_holding=False, posted_at__isnull=False,
        conversation__is_readable=True, conversation__first_company_response_at__lt=F("posted_at"),
    )  # fmt: skip
    waiting = Conversation.objects.filter(
        scope.within("waiting_since"), is_readable=True, state=State.WAITING, first_company_response_at__isnull=False
    )
    return [
        _wait_cube(replies, "waited_since", "post__created_at", "conversation__product", "type", items.replies, scope),
        _wait_cube(written, "waited_since", "posted_at", "conversation__product", "type", items.messages, scope),
        _wait_cube(waiting, "waiting_since", None, "product", "type", items.conversations, scope),
    ]


def _wait_cube(
    rows: QuerySet,
    since: str,
    until: str | None,
    product: str,
    kind: str,
    read: Callable[..., items.Items],
    scope: Scope,
) -> Cube:
    kind_of = Coalesce(NullIf(kind, Value("")), Value(UNTYPED), output_field=CharField())
    answer = Value("answered" if until else "waiting", output_field=CharField())
    rows = rows.filter(scope.about(product, kind)).annotate(kind_of=kind_of, answer=answer, wait_began=F(since))
    if until:
        rows = rows.annotate(wait_ended=F(until))
    return Cube(rows, ("kind_of", "answer"), "wait_began", read)


def _next(scope: Scope, hours: Hours) -> Table:
    cubes = _next_cubes(scope)
    waits: dict[str, list[Wait]] = defaultdict(list)
    for cube in cubes[:2]:
        for kind, began, ended in cube.rows.values_list("kind_of", "wait_began", "wait_ended"):
            waits[kind].append((began, ended))
    for kind, began in cubes[2].rows.values_list("kind_of", "wait_began"):
        waits[kind].append((began, None))
    every = [wait for group in waits.values() for wait in group]
    line, rows = line_of(every, scope, hours), Chosen(cubes)
    return Table(
        "Each later response",
        "From the oldest message that the customer still had open, after our first word, to the reply that ended the"
        " wait. Writing again does not shorten it, and a holding reply does not end it.",
        COLUMNS[:8],
        [
            _next_row("next", "All types", rows, times_of(every, line), scope),
            *(
                _next_row(f"next-{key}", label, rows.also(kind_of=key), times_of(waits[key], line), scope)
                for key, label in KINDS
            ),
        ],
        groups=GROUPS[:3],
        empty="No customer wrote again in this time.",
        footnote=NOTE,
    )


def _next_row(key: str, label: str, rows: Chosen, times: Times, scope: Scope) -> Row:
    row = _row(key, label, rows, times, scope, has_target=False)
    cells: Sequence[Cell] = row.cells[:8]
    return Row(label, cells)
