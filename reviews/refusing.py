"""The letter to whose review was refused or taken down: which of the fixed reasons, their text, how to mend it.

It is no news that one may not want: like account mail it asks no preference, and no pause holds it. What the company
says of a reason is the same for every star, and no moderator writes it.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from community.branding.models import Branding
from community.members.models import Member
from community.moderation.models import Decision
from community.notifications.bouncing import STOP_AT, score_of_address
from community.notifications.letters import absolute, host, letter
from community.notifications.mailing import log
from community.threads.models import Post, Status, Thread
from community.threads.permissions import MEND_WINDOW
from reviews.models import RefusalLetter

logger = logging.getLogger(__name__)
WAIT = timedelta(minutes=5)
"""A moderator who takes a slip back at once has troubled nobody."""
LEASE = timedelta(minutes=10)
OWN = (Post.Kind.OPENING, Post.Kind.UPDATE)
Reason = Decision.Reason
MEANINGS: dict[str, tuple[str, str]] = {
    Reason.CONFIDENTIAL: (
        "It tells something confidential, for example out of a contract or from inside a company.",
        "Take out what is not yours to make public.",
    ),
    Reason.PERSONAL_DATA: (
        "It shows personal data of somebody else: a full name, an address, a number, a face.",
        "Take these out, or write “the seller”, “my neighbour”.",
    ),
    Reason.ABUSIVE: (
        "It insults, threatens, discriminates, is obscene, or says as a fact what harms somebody and can't be shown.",
        "Say what happened to you, as sharply as you like, and leave out the insult.",
    ),
    Reason.ADVERTISING: (
        "It advertises something, or leads to another business.",
        "Take out the advertisement and the links, and keep what you say of the product.",
    ),
    Reason.OFF_TOPIC: (
        "It is not about the product, nor about how it was sold or sent.",
        "Say how the product was in use. For anything else, ask a question or write to us.",
    ),
    Reason.FAKE: (
        "We have grounds to believe that it does not tell of an experience of your own with this product.",
        "Say when and how you used it, in your own words. If you bought it, give the order’s address to your account.",
    ),
    Reason.ILLEGAL: ("What it says or shows is against the law.", "Take out what is."),
}
"""For each fixed reason: what it means, and how to mend it."""


def send_refusals() -> int:
    """Write to every author of a refused review who has not heard of it. Returns how many letters left."""
    sent = 0
    for decision in _due():
        if _claim(decision):
            sent += _send(decision)
    return sent


def compose(decision: Decision) -> EmailMultiAlternatives:
    """The letter about one removal. `decision` has its post, thread, product, review and author loaded."""
    post, thread = decision.post, decision.post.thread
    meaning, mending = MEANINGS[decision.reason]
    noun = "update to your review" if post.kind == Post.Kind.UPDATE else "review"
    context = {
        "noun": noun,
        "product": thread.product,
        "reason": decision.get_reason_display(),
        "meaning": meaning,
        "mending": mending,
        "title": thread.title if post.is_opening else "",
        "text": decision.body,
        "review": thread.review,
        "is_opening": post.is_opening,
        "until": timezone.localtime(decision.created_at + MEND_WINDOW),
        "mend_url": absolute(_mend_address(post)),
        "how_url": absolute(reverse("how_reviews_work")),
        "support_url": Branding.current().support_url,
    }
    return letter(
        to=post.author,
        subject=f"Your {noun} of {thread.product} is not published",
        template="reviews/mail/refused",
        context=context,
        headers={"Message-ID": f"<refused-{decision.pk}@{host()}>"},
    )


def is_written_to(post: Post) -> bool:
    """Is a removal of `post` told by such a letter? Of a review and its updates; what else is said there is news."""
    return post.thread.kind == Thread.Kind.REVIEW and post.kind in OWN


def _mend_address(post: Post) -> str:
    product = post.thread.review.product
    return reverse("write_review", args=[product.slug]) if post.is_opening else post.get_absolute_url()


def _due() -> QuerySet[Decision]:
    """Removals of the last 7 days that still stand, 5 minutes old, with no letter sent or just being sent."""
    now = timezone.now()
    standing = Q(post__status=Status.REMOVED, post__thread__kind=Thread.Kind.REVIEW)
    own = Q(post__kind__in=OWN)
    unsent = Q(letter=None) | Q(letter__sent_at=None, letter__claimed_at__lt=now - LEASE)
    removals = Decision.objects.filter(standing, own, unsent, action=Decision.Action.REMOVE)
    recent = removals.filter(created_at__gt=now - MEND_WINDOW, created_at__lte=now - WAIT)
    return recent.select_related("post__author", "post__thread__product", "post__thread__review").order_by("pk")


def _claim(decision: Decision) -> bool:
    """Of two workers one writes; who dies in between is followed by another in ten minutes."""
    try:
        with transaction.atomic():
            RefusalLetter.objects.create(decision=decision)
            return True
    except IntegrityError:
        now = timezone.now()
        waiting = RefusalLetter.objects.filter(decision=decision, sent_at=None, claimed_at__lt=now - LEASE)
        return bool(waiting.update(claimed_at=now))


def _send(decision: Decision) -> bool:
    author, thread = decision.post.author, decision.post.thread
    if not _can_be_reached(author):
        return False
    try:
        made = compose(decision)
        with get_connection() as connection:
            connection.send_messages([made])
    except (OSError, SMTPException):
        logger.exception("The letter about decision %d could not be sent; it is tried again.", decision.pk)
        return False
    RefusalLetter.objects.filter(decision=decision).update(sent_at=timezone.now())
    log(made, author, thread)
    return True


def _can_be_reached(author: Member) -> bool:
    """Not through an address made up by an import, or one that mail comes back from."""
    is_real = not author.is_unclaimed or EmailAddress.objects.filter(user=author, verified=True).exists()
    return bool(author.email) and author.erased_at is None and is_real and score_of_address(author.email) < STOP_AT
