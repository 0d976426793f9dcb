"""What a member began to write about a product and has not published: a review, a change of one, an update."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Draft, Post, Thread
from reviews.models import Review

AT_MOST = 20
REVIEW, CHANGE, UPDATE = "review", "edit", "update"
_SAID = {
    REVIEW: "Go on with your review of {}",
    CHANGE: "Go on changing your review of {}",
    UPDATE: "Go on with your update about {}",
}


@dataclass(frozen=True)
class Begun:
    """Without a product, which was deleted meanwhile, the text is all that is left to give back."""

    draft: Draft
    product: Product | None
    said: str
    url: str
    title: str
    body: str


def place_of_review(product: Product) -> str:
    """Which form a draft belongs to (threads.models.Draft.place)."""
    return f"{REVIEW}:{product.pk}"


def place_of_update(review: Review) -> str:
    return f"{UPDATE}:{review.pk}"


def begun(member: Member) -> list[Begun]:
    """Newest first, at most 20. Three queries."""
    places = (Q(place__startswith=f"{kind}:") for kind in _SAID)
    drafts = Draft.objects.filter(next(places) | next(places) | next(places), member=member)
    newest = [(draft, *_place(draft)) for draft in drafts.order_by("-updated_at")[:AT_MOST]]
    products = Product.objects.in_bulk([number for _, kind, number in newest if kind == REVIEW])
    own = _reviews(member, newest)
    found = []
    for draft, kind, number in newest:
        thread = own.get((kind, number))
        if kind == REVIEW or thread:  # else a change of an answer or a question
            found.append(_begun(draft, kind, thread.product if thread else products.get(number), thread))
    return found


def _reviews(member: Member, drafts: list[tuple[Draft, str, int]]) -> dict[tuple[str, int], Thread]:
    """Their reviews that are being changed or added to, by the draft's kind and number."""
    changed = [number for _, kind, number in drafts if kind == CHANGE]
    updated = [number for _, kind, number in drafts if kind == UPDATE]
    reviews = Post.objects.filter(author=member, kind=Post.Kind.OPENING, thread__kind=Thread.Kind.REVIEW)
    found = reviews.filter(Q(pk__in=changed) | Q(thread__in=updated)).select_related("thread__product")
    return {(CHANGE, post.pk): post.thread for post in found} | {
        (UPDATE, post.thread_id): post.thread for post in found
    }


def _begun(draft: Draft, kind: str, product: Product | None, thread: Thread | None) -> Begun:
    url = reverse("write_review", args=[product.slug]) if product else ""
    if kind == UPDATE and thread:
        url = reverse("update_review", args=[thread.pk])
    title, body = (str(draft.fields.get(name, "")) for name in ("title", "body"))
    return Begun(draft, product, _SAID[kind].format(product.name) if product else "", url, title, body)


def _place(draft: Draft) -> tuple[str, int]:
    """“edit:12-3” → edit, 12. A number that is none becomes 0, which nothing has."""
    kind, _, rest = draft.place.partition(":")
    digits = rest.partition("-")[0]
    return kind, int(digits) if digits.isdecimal() and len(digits) < 18 else 0
