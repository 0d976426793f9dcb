"""The customer came back: wrote, reviewed or bought again, two weeks or more after our last word to them.

Buying again, or a good review, says that the relationship is the stronger for it; what somebody thinks of us who asks
again is not known. Only the last reply before it is credited.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.products.models import Purchase
from community.threads.models import Post, Thread
from staff.models import Effect, Evidence, Message
from staff.outcomes.recording import Said, stand, standing

AWAY = timedelta(days=14)
LOOKED_BACK = timedelta(days=2)
GOOD_STARS = 4


@dataclass(frozen=True)
class Return:
    member_id: int
    at: datetime
    effect: str
    words: str


def gather_returns(now: datetime | None = None) -> int:
    """Look at what customers did in the last two days; once a day is enough. Returns how many signs are new."""
    now = now or timezone.now()
    return sum(_credit(found) for found in _returns(now - LOOKED_BACK, now))


def _returns(since: datetime, now: datetime) -> Iterator[Return]:
    bought = Purchase.objects.standing().filter(purchased_at__gt=since, purchased_at__lte=now, member__isnull=False)
    for purchase in bought.select_related("product"):
        if purchase.member_id:
            words = f"Bought {purchase.product} again" if _had(purchase) else f"Bought {purchase.product}"
            yield Return(purchase.member_id, purchase.purchased_at, Effect.STRENGTHENED, words)
    openings = Post.objects.published().filter(kind=Post.Kind.OPENING, created_at__gt=since, created_at__lte=now)
    own = openings.exclude(source=Post.Source.IMPORT).filter(author__is_staff=False)
    for post in own.select_related("thread__review"):
        yield _wrote(post)


def _had(purchase: Purchase) -> bool:
    before = Purchase.objects.filter(member=purchase.member_id, product=purchase.product_id)
    return before.filter(purchased_at__lt=purchase.purchased_at).exists()


def _wrote(post: Post) -> Return:
    thread = post.thread
    if thread.kind != Thread.Kind.REVIEW:
        return Return(post.author_id, post.created_at, Effect.UNKNOWN, f"Asked again: {thread.title}")
    is_good = thread.review.stars >= GOOD_STARS
    words = f"Reviewed with {thread.review.stars} stars"
    return Return(post.author_id, post.created_at, Effect.STRENGTHENED if is_good else Effect.UNKNOWN, words)


@transaction.atomic
def _credit(found: Return) -> bool:
    """A reply's first sign stays; only one that says more takes its place."""
    last = _last_word(found.member_id, found.at)
    if last is None or found.at - last[0] < AWAY:
        return False
    before = standing(last[1], Evidence.CAME_BACK).first()
    if before and before.effect in (found.effect, Effect.STRENGTHENED):
        return False
    return stand(last[1], Evidence.CAME_BACK, found.effect, words=found.words)


def _last_word(member_id: int, before: datetime) -> tuple[datetime, Said] | None:
    """When the company last spoke to this customer, and in which reply."""
    posts = Post.objects.published().official().filter(thread__author=member_id, created_at__lt=before)
    post = posts.exclude(author=member_id).order_by("-created_at").first()
    messages = Message.objects.filter(conversation__customer=member_id, is_official=True, posted_at__lt=before)
    message = messages.order_by("-posted_at").first()
    said = [(post.created_at, Said(post.pk))] if post else []
    if message and message.posted_at:
        said.append((message.posted_at, Said(message_id=message.pk)))
    return max(said, key=lambda one: one[0], default=None)
