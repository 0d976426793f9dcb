"""Whose an imported review is: under which name it stays, and what becomes of it if its owner wrote another here."""

from community.members.models import Member
from community.threads.models import Post, Status, Thread
from community.threads.publishing import set_status
from reviews.models import Review
from reviews.names import NameShown, shown_name

WROTE_ANOTHER = "Its author has another review of this product here."


def name_shown_as(author: Member, name: str) -> str:
    """The way of showing `author` that comes closest to `name`: who has a longer name by now is not shown with it."""
    if not name:
        return NameShown.ANONYMOUS
    if author.is_unclaimed:
        return NameShown.FULL
    ways = (NameShown.FULL, NameShown.FIRST, NameShown.INITIALS)
    shown = {way: shown_name(author.display_name, author.username, way).casefold() for way in ways}
    return next((way for way in ways if shown[way] == name.casefold()), NameShown.INITIALS)


def set_aside_second_reviews(author: Member, to: Member) -> list[int]:
    """Take `author`'s reviews of what `to` has reviewed too off the page: one each. Their text and log stay.

    The one that was written here counts, whatever the stars of either.
    """
    theirs = Thread.objects.reviews().filter(author=to).values("product")
    second = Thread.objects.reviews().filter(author=author, product__in=theirs)
    openings = Post.objects.filter(thread__in=second, kind=Post.Kind.OPENING).select_related("thread")
    for opening in openings.exclude(status__in=[Status.REMOVED, Status.WITHDRAWN]):
        set_status(opening, Status.WITHDRAWN, reason=WROTE_ANOTHER)
    return list(second.values_list("pk", flat=True))


def reviews_under_full_name(author: Member) -> list[int]:
    full = Review.objects.filter(thread__author=author, name_shown=NameShown.FULL).exclude(imported_from="")
    return list(full.values_list("pk", flat=True))


def keep_name_shown(reviews: list[int], author: Member, to: Member) -> None:
    """`reviews` of `author`, which are `to`'s now, go on naming nobody by more than they did."""
    way = name_shown_as(to, author.name)
    if way != NameShown.FULL:
        Review.objects.filter(pk__in=reviews, thread__author=to).update(name_shown=way)
