"""What was said elsewhere: how many mentions, in which tone, and what became of them."""

from collections.abc import Iterable

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from staff.insights import items
from staff.insights.cube import Chosen, Cube, Item
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table, key_of
from staff.models import Conversation, Mention, Tone

STANDS = (
    ("waiting", "Needs a reply"),
    ("replied", "Replied"),
    ("ended", "Ended without a reply"),
    ("new", "Not taken up"),
)
TONES = ((Tone.POSITIVE, "Positive"), (Tone.NEUTRAL, "Neutral"), (Tone.NEGATIVE, "Negative"))


def elsewhere_section(scope: Scope) -> Section:
    every = Chosen([_mentions(scope)])
    sources = sorted(every.values("place"))
    groups = [("all", "All places", every)]
    groups += [(key_of("place", name), name, every.also(place=name)) for name in sources]
    table = Table(
        "By place",
        "By the time at which something was published.",
        ["Mentions", *(label for _, label in TONES), *(label for _, label in STANDS)],
        [Row(label, _cells(key, rows)) for key, label, rows in groups],
        pictures=[("", [Bar(label, _parts(key, rows)) for key, label, rows in groups[1:]])],
        legend=[(f"tone-{tone.name.lower()}", label) for tone, label in TONES],
        groups=[("", 1), ("Tone", len(TONES)), ("What became of them", len(STANDS))],
        empty="Nothing that was said elsewhere has come in for this time.",
    )
    return Section(
        "elsewhere",
        "Said elsewhere",
        f"What people said of us on other sites in {scope.label}.",
        [table],
        links=[("The two-week report", reverse("listening_report"))],
    )


def _mentions(scope: Scope) -> Cube:
    state = "conversation__state"
    stands = Case(
        When(conversation=None, then=Value("new")),
        When(conversation__first_company_response_at__isnull=False, then=Value("replied")),
        When(Q(**{state: Conversation.State.WAITING}), then=Value("waiting")),
        default=Value("ended"),
        output_field=CharField(),
    )
    found = Mention.objects.annotate(
        said_at=Coalesce("published_at", "seen_at"), stands=stands, place=F("source__name")
    )
    found = found.filter(scope.within("said_at"), scope.about("conversation__product", "conversation__type"))
    return Cube(found, ("place", "tone", "stands"), "said_at", _items)


def _items(keys: Iterable[int]) -> items.Items:
    found = Mention.objects.filter(pk__in=list(keys)).select_related("source", "conversation")
    return {one.pk: _item(one) for one in found}


def _item(mention: Mention) -> Item:
    talk = getattr(mention, "conversation", None)
    note = items.dotted(mention.author, mention.source.name, mention.get_tone_display())
    words = mention.text[: items.SNIPPET]
    at = mention.published_at or mention.seen_at
    return Item(str(mention), talk.get_absolute_url() if talk else "", at, note, words)


def _cells(key: str, rows: Chosen) -> list[Cell]:
    tones = [Cell(f"{key}.tone{tone.value}", rows.also(tone=tone.value), of=rows) for tone, _ in TONES]
    stands = [Cell(f"{key}.{stand}", rows.also(stands=stand), of=rows) for stand, _ in STANDS]
    return [Cell(f"{key}.mentions", rows), *tones, *stands]


def _parts(key: str, rows: Chosen) -> list[tuple[str, Cell]]:
    return [
        (f"tone-{tone.name.lower()}", Cell(f"{key}.tone{tone.value}", rows.also(tone=tone.value))) for tone, _ in TONES
    ]
