"""Review tone by product: how the words sound, beside the stars."""

from django.db.models import Case, CharField, F, QuerySet, Value, When

from community.products.models import Product
from reviews.models import Review
from staff.insights import items
from staff.insights.cube import Chosen, Cube
from staff.insights.scope import Scope
from staff.insights.tables import Bar, Cell, Row, Section, Table
from staff.models import Tone

LONGEST = 20
TONES = (("positive", "Positive"), ("neutral", "Neutral"), ("negative", "Negative"), ("unread", "Not read yet"))
STARS = tuple(range(5, 0, -1))


def tone_section(scope: Scope) -> Section:
    every = Chosen([_reviews(scope)])
    counts = every.values("about")
    names = Product.objects.in_bulk(list(counts))
    largest = sorted(counts, key=lambda key: (-counts[key], key))[:LONGEST]
    groups = [(f"product-{key}", names[key].name, every.also(about=key)) for key in largest if key in names]
    return Section(
        "tone",
        "How reviews sound",
        f"Reviews of {scope.label}: their words, read by the same rules that triage uses, beside their stars.",
        [_table(every, groups), _mismatch(every)],
    )


def _reviews(scope: Scope) -> Cube:
    tone = Case(
        When(tone__tone=Tone.POSITIVE, then=Value("positive")),
        When(tone__tone=Tone.NEUTRAL, then=Value("neutral")),
        When(tone__tone=Tone.NEGATIVE, then=Value("negative")),
        default=Value("unread"),
        output_field=CharField(),
    )
    found: QuerySet[Review] = Review.objects.listed().filter(
        scope.within("thread__created_at"), scope.about("thread__product", "thread__conversation__type")
    )
    rows = found.annotate(about=F("thread__product"), sound=tone)
    return Cube(rows, ("about", "sound", "stars"), "thread__created_at", items.threads)


def _table(every: Chosen, groups: list[tuple[str, str, Chosen]]) -> Table:
    return Table(
        "Words and stars, by product",
        "Shares are of the product's reviews in this time.",
        ["Reviews", *(label for _, label in TONES), *(f"{stars} star{'s'[: stars > 1]}" for stars in STARS)],
        [_row("all", "All products", every), *(_row(key, label, rows) for key, label, rows in groups)],
        pictures=[("", [_bar(key, label, rows) for key, label, rows in groups])],
        legend=TONES[:3],
        groups=[("", 1), ("Words", len(TONES)), ("Stars", len(STARS))],
        empty="Nobody wrote a review in this time.",
        footnote=f"The {LONGEST} products with the most reviews.",
    )


def _row(key: str, label: str, rows: Chosen) -> Row:
    words = [Cell(f"{key}.{tone}", rows.also(sound=tone), of=rows) for tone, _ in TONES]
    stars = [Cell(f"{key}.stars{n}", rows.also(stars=n), of=rows) for n in STARS]
    return Row(label, [Cell(f"{key}.reviews", rows), *words, *stars])


def _bar(key: str, label: str, rows: Chosen) -> Bar:
    return Bar(label, [(f"tone-{tone}", Cell(f"{key}.{tone}", rows.also(sound=tone))) for tone, _ in TONES[:3]])


def _mismatch(every: Chosen) -> Table:
    """Where words and stars disagree, the review is worth reading."""
    kinds = (
        ("warm-words", "4 or 5 stars, and negative words", every.also(sound="negative", stars=(4, 5))),
        ("cold-words", "1 or 2 stars, and positive words", every.also(sound="positive", stars=(1, 2))),
    )
    return Table(
        "Where words and stars disagree",
        "Worth reading: a complaint inside a good review, or praise inside a bad one.",
        ["Reviews"],
        [Row(label, [Cell(key, rows, of=every)]) for key, label, rows in kinds],
        empty="In no review of this time do words and stars disagree.",
    )
