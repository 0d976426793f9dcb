"""Looks at every review once it is sent in, and again when its words change. Repeating it changes nothing."""

import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q

from community.threads.models import Post, Thread
from reviews.models import Fingerprint, Review, Signal, TextBand
from reviews.suspicion.comparing import ALIKE, bands_of, exact_of, likeness, runs_of
from reviews.suspicion.crowds import distinct, new_accounts, same_address, star_run

AT_ONCE = 1_000
MOST_NAMED = 20
Kind = Signal.Kind
REWARD = re.compile(
    r"\b(?:(?:received|got|gave|given|sent)\b[^.!?\n]{0,60}\b(?:free|discount(?:ed)?|gift card|voucher|complimentary)\b"
    r"[^.!?\n]{0,60}\b(?:review|opinion|feedback)"
    r"|in (?:exchange|return) for (?:an? |my )?(?:honest |unbiased |fair |positive |5.star |five.star )*"
    r"(?:review|opinion|feedback)"
    r"|(?:was|were|been|am) (?:paid|compensated|rewarded) (?:for|to) (?:writ|review|leav|post))",
    re.IGNORECASE,
)


def look_at_what_is_new(most: int = AT_ONCE) -> int:
    """Look at reviews that nobody has looked at since they were written or reworded. Returns how many."""
    openings = Post.objects.filter(
        Q(thread__review__fingerprint=None) | Q(thread__review__fingerprint__version__lt=F("version")),
        kind=Post.Kind.OPENING,
        thread__kind=Thread.Kind.REVIEW,
        thread__review__isnull=False,
    )
    found = list(openings.order_by("pk").values_list("thread", flat=True)[:most])
    for pk in found:
        look_at(pk)
    return len(found)


@transaction.atomic
def look_at(review_id: int) -> int:
    """Note what makes one review worth a look. Returns how many new signals there are, on whichever reviews."""
    review = Review.objects.with_list_data().filter(pk=review_id).first()
    if review is None:
        return 0
    opening = Post.objects.get(thread=review_id, kind=Post.Kind.OPENING)
    found = _copies(review, opening.body) + _crowds(review)
    quote = REWARD.search(opening.body)
    if quote and not review.is_incentivised:
        found += _note([review.pk], Kind.UNNAMED_REWARD, f"It says: “{quote[0][:120]}”", alone=True)
    Fingerprint.objects.update_or_create(
        review=review, defaults={"version": opening.version, "exact": exact_of(opening.body)}
    )
    return found


def _copies(review: Review, body: str) -> int:
    """Texts alike, each named with the other. The bands are written anew."""
    runs, exact = runs_of(body), exact_of(body)
    bands = bands_of(runs)
    TextBand.objects.filter(review=review).delete()
    TextBand.objects.bulk_create(TextBand(review=review, band=band) for band in bands)
    if not exact:
        return 0
    same = set(Fingerprint.objects.filter(exact=exact).exclude(review=review).values_list("review", flat=True))
    met = TextBand.objects.filter(band__in=bands).exclude(review__in=[review.pk, *same])
    texts = Post.objects.filter(kind=Post.Kind.OPENING, thread__in=met.values("review")[:200])
    near = {pk for pk, text in texts.values_list("thread", "body") if likeness(runs, runs_of(text)) >= ALIKE}
    found = _note_with(review.pk, same, Kind.SAME_TEXT, "Word for word, but for case and punctuation")
    return found + _note_with(review.pk, near, Kind.NEAR_TEXT, f"At least {ALIKE:.0%} of what it says is the same")


def _crowds(review: Review) -> int:
    if review.imported_from:
        return 0
    noted = _note_with(review.pk, same_address(review), Kind.SAME_ADDRESS, "Sent in from one network address")
    young, run = new_accounts(review), star_run(review)
    noted += _note(young, Kind.NEW_ACCOUNTS, f"{len(young)} accounts less than a week old within two days")
    words = f"{len(run)} times {review.stars} of 5 within two days, far more than this product usually gets"
    return noted + _note(run, Kind.STAR_RUN, words)


def _note_with(pk: int, others: set[int] | Sequence[int], kind: str, words: str) -> int:
    return _note([pk, *others], kind, words) if others else 0


def _note(reviews: Sequence[int], kind: str, words: str, *, alone: bool = False) -> int:
    """One signal of a kind for each review, naming the others. One that is there stays, and names those found since."""
    new = 0
    for pk in reviews:
        others = [] if alone else distinct(reviews, without=pk)[:MOST_NAMED]
        signal, is_new = Signal.objects.get_or_create(
            review_id=pk, kind=kind, defaults={"words": words[:200], "others": others}
        )
        new += is_new
        if not is_new and set(others) - set(signal.others):
            signal.others = distinct([*signal.others, *others], without=pk)[:MOST_NAMED]
            signal.words, signal.settled_at, signal.settled_by = words[:200], None, None
            signal.save(update_fields=["others", "words", "settled_at", "settled_by"])
    return new
