"""A letter: what happened in one thread since the last one, as plain text and as HTML in the brand's colours."""

from collections.abc import Sequence
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from community.branding.models import Branding
from community.members.models import Member
from community.notifications.mail_colours import mail_colours
from community.notifications.models import Notification
from community.notifications.sentences import excerpt, is_review, sentence
from community.notifications.unsubscribing import address_for
from community.threads.models import Thread

Kind = Notification.Kind
EXCERPT = 600
LABELS = {
    Kind.QUESTION: "Read the question",
    Kind.ANSWER: "Read the answer",
    Kind.COMMENT: "Read the comment",
    Kind.COMPANY: "Read the reply",
    Kind.MENTION: "Read what was said",
    Kind.ACCEPTED: "See your answer",
    Kind.DECISION: "See what you wrote",
    Kind.FOLLOWED: "Read it",
    Kind.NEEDS_INFO: "Add what is missing",
    Kind.NUDGE: "Look at the answers",
}


def compose(told: Sequence[Notification]) -> EmailMultiAlternatives:
    """One letter about `told`: all for one member and about one thread, oldest first, loaded by `with_list_data`."""
    member, thread = told[0].member, told[0].post.thread
    context = _context(told, member, thread)
    letter = EmailMultiAlternatives(
        subject=_subject(told, thread),
        body=render_to_string("notifications/mail/letter.txt", context).strip(),
        from_email=formataddr((" ".join(context["brand"].name.split()), settings.DEFAULT_FROM_EMAIL)),
        to=[member.email],
        headers=_headers(told, thread, context["unsubscribe_url"]),
    )
    letter.attach_alternative(render_to_string("notifications/mail/letter.html", context).strip(), "text/html")
    return letter


def _context(told: Sequence[Notification], member: Member, thread: Thread) -> dict[str, Any]:
    brand = Branding.current()
    return {
        "brand": brand,
        "colours": mail_colours(brand.accent),
        "member": member,
        "thread": thread,
        "title": thread.title,
        "place": f"Review of {thread.product}" if is_review(thread) else thread.product or "",
        "items": [_item(one) for one in told],
        "is_alone": len(told) == 1,
        "unsubscribe_url": absolute(address_for(member, thread)),
        "preferences_url": absolute(reverse("mail_preferences")),
        "home_url": absolute(reverse("home")),
    }


def _item(told: Notification) -> dict[str, str]:
    return {
        "sentence": sentence(told),
        "excerpt": excerpt(told, EXCERPT),
        "url": absolute(told.post.get_absolute_url()),
        "label": LABELS[Kind(told.kind)],
    }


def _subject(told: Sequence[Notification], thread: Thread) -> str:
    """The same for all letters about a thread, so that mail programs keep them together."""
    title = " ".join(thread.title.split())
    return title if told[0].kind == Kind.QUESTION else f"Re: {title}"


def _headers(told: Sequence[Notification], thread: Thread, unsubscribe_url: str) -> dict[str, str]:
    """The identifiers follow from the rows: a letter sent twice is recognised as one."""
    host = urlsplit(settings.SITE_URL).hostname
    root = f"<thread-{thread.pk}@{host}>"
    return {
        "Message-ID": f"<told-{told[0].member_id}-{max(one.pk for one in told)}@{host}>",
        "In-Reply-To": root,
        "References": root,
        "List-Id": f"<notifications.{host}>",
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
