"""What buyers read: the invitation, its reminders in other words, and the letter after a review without a session."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from community.notifications.letters import absolute, host, letter
from community.products.models import Product
from community.threads.structured_data import picture_address
from reviews.inviting.links import path_of, stopping_path, written_path
from reviews.inviting.owners import is_unvisited
from reviews.models import Invitation, InvitedPurchase, Review

# subject, heading, first words
FIRST = (
    "How {is_} your {what}?",
    "How {is_} your {what}?",
    "You have had {it} for a while now. What do you think of {it}?",
)
REMINDER = (
    "Still time to say what your {what} {is_} like",
    "What {is_} your {what} like?",
    "We asked some days ago. If you have two minutes: two sentences are enough.",
)
LAST = (
    "Last reminder: your word on {what}",
    "We don’t ask again after this",
    "If you would still like to say what you think of {it}, here is the way.",
)
SHOWN_IN_SUBJECT = 40


def compose(invitation: Invitation, items: Sequence[InvitedPurchase]) -> EmailMultiAlternatives:
    """`invitation` as it is once this has left, with its campaign; `items` with purchase and product."""
    nth, is_last = invitation.reminders_sent, invitation.reminders_sent >= invitation.campaign.reminders
    subject, heading, opening = FIRST if nth == 0 else LAST if is_last else REMINDER
    name = f"{invitation.pk}-{invitation.reminders_sent}-{invitation.created_at:%y%m%d%H%M%S%f}"
    stop = absolute(stopping_path(invitation))
    words = _words_for([item.purchase.product for item in items])
    context = {
        "title": heading.format(**words),
        "opening": opening.format(**words),
        "invitation": invitation,
        "campaign": invitation.campaign,
        "items": [_item(item) for item in items],
        "orders": sorted({item.purchase.reference for item in items}),
        "is_reminder": nth > 0,
        "reminders": invitation.campaign.reminders,
        "expires_on": timezone.localtime(invitation.expires_at),
        "stop_url": stop,
        "how_url": absolute(reverse("how_reviews_work")),
    }
    headers = {
        "Message-ID": f"<invitation-{name}@{host()}>",
        "List-Id": f"<invitations.{host()}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    template = "reviews/mail/invitation"
    return letter(
        to=invitation.email, subject=subject.format(**words), template=template, context=context, headers=headers
    )


def compose_written(review: Review, invitation: Invitation) -> EmailMultiAlternatives:
    """To the address, once a review was written from its link without signing in: what it says, how to undo it."""
    author = review.thread.author
    context: dict[str, Any] = {
        "title": "Your review is published" if review.thread.is_published else "Your review is with a moderator",
        "review": review,
        "product": review.product,
        "invitation": invitation,
        "is_new_account": is_unvisited(author),
        "review_url": absolute(review.thread.get_absolute_url()) if review.thread.is_published else "",
        "written_url": absolute(written_path(review)),
        "password_url": absolute(reverse("account_reset_password")),
        "stop_url": absolute(stopping_path(invitation)),
    }
    headers = {"Message-ID": f"<invitation-answered-{review.pk}@{host()}>"}
    subject = f"Your review of {review.product}"
    return letter(
        to=invitation.email, subject=subject, template="reviews/mail/written", context=context, headers=headers
    )


def _item(item: InvitedPurchase) -> dict[str, Any]:
    product, url = item.purchase.product, absolute(path_of(item))
    stars = [(number, f"{url}?stars={number}") for number in range(1, 6)]
    return {"product": product, "url": url, "stars": stars, "picture": picture_address(product)}


def _words_for(products: Sequence[Product]) -> dict[str, str]:
    """“Fell Jumper”, or “Fell Jumper and 2 more”."""
    name, more = products[0].name, len(products) - 1
    short = name if len(name) <= SHOWN_IN_SUBJECT else f"{name[:SHOWN_IN_SUBJECT].rsplit(' ', 1)[0].rstrip(' ,;:-')}…"
    if more:
        return {"what": f"{short} and {more} more", "is_": "are", "it": "them"}
    return {"what": short, "is_": "is", "it": "it"}
