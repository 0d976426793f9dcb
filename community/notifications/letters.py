"""A letter: what happened in one thread since the last one, as plain text and as HTML in the brand's colours."""

from collections.abc import Mapping, Sequence
from email.utils import formataddr, parseaddr
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
from community.notifications.reply_addresses import reply_address
from community.notifications.sentences import excerpt, is_review, sentence
from community.notifications.unsubscribing import token_for
from community.threads.models import Post, Thread

Kind = Notification.Kind
EXCERPT = 600
REPLY_LINE = "Answer this mail to answer in the conversation. Write above this line."
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
    Kind.DUPLICATE: "Read that question",
    Kind.NOTE: "Read the note",
    Kind.ASSIGNED: "Open the conversation",
    Kind.CLOCK: "Open the conversation",
    Kind.MESSAGE: "Read the message",
    Kind.DESK: "Have a look",
}
NOT_ANSWERED = (Kind.ACCEPTED, Kind.DECISION, Kind.NUDGE, Kind.DUPLICATE)


def compose(told: Sequence[Notification]) -> EmailMultiAlternatives:
    """One letter about `told`: all for one member and about one thread or page, oldest first, by `with_list_data`."""
    member, thread = told[0].member, told[0].post.thread if told[0].post else None
    token, reply_to = token_for(member, thread, is_digest=False), _reply_to(told)
    context = {
        "thread": thread,
        "title": told[0].title,
        "place": _place(thread),
        "items": [_item(one) for one in told],
        "is_alone": len(told) == 1,
        "can_reply": bool(reply_to),
        "reply_line": REPLY_LINE,
        **links_for(token),
    }
    return letter(
        to=member,
        subject=_subject(told),
        template="notifications/mail/letter",
        context=context,
        headers=_threading(told) | list_headers(token),
        reply_to=reply_to,
    )


def letter(
    *,
    to: Member | str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str],
    reply_to: str = "",
) -> EmailMultiAlternatives:
    """Both forms of `template` (.txt and .html) in the frame of all our mail, from the brand, sent by a machine.

    `to`: a member, or the address of somebody who has no account.
    """
    brand, address = Branding.current(), to.email if isinstance(to, Member) else to
    frame = {"brand": brand, "colours": mail_colours(brand.accent), "member": to, "home_url": absolute(reverse("home"))}
    made = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"{template}.txt", frame | {**context}).strip(),
        from_email=sender(),
        to=[address],
        reply_to=[sender(reply_to)] if reply_to else None,
        headers={"Auto-Submitted": "auto-generated"} | {**headers},
    )
    made.attach_alternative(render_to_string(f"{template}.html", frame | {**context}).strip(), "text/html")
    return made


def sender(address: str = "") -> str:
    """Who writes: under the name in MAIL_FROM, or the brand's; from `address`, or MAIL_FROM's."""
    name, own = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or " ".join(Branding.current().name.split()), address or own))


def links_for(token: str) -> dict[str, str]:
    """Where a letter's reader stops it, and chooses what comes; both work without signing in."""
    return {
        "unsubscribe_url": absolute(reverse("unsubscribe", args=[token])),
        "preferences_url": absolute(reverse("mail_preferences_by_link", args=[token])),
    }


def list_headers(token: str, name: str = "notifications") -> dict[str, str]:
    """What mail programs need for their own “unsubscribe” (RFC 2369, 2919, 8058)."""
    return {
        "List-Id": f"<{name}.{host()}>",
        "List-Unsubscribe": f"<{links_for(token)['unsubscribe_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _item(told: Notification) -> dict[str, str]:
    return {
        "sentence": sentence(told),
        "excerpt": excerpt(told, EXCERPT),
        "url": absolute(told.url),
        "label": _label(told),
    }


def _label(told: Notification) -> str:
    is_update = told.kind == Kind.ANSWER and told.post is not None and told.post.kind == Post.Kind.UPDATE
    return "Read the update" if is_update else LABELS[Kind(told.kind)]


def _place(thread: Thread | None) -> str:
    if thread is None:
        return ""
    return f"Review of {thread.product}" if is_review(thread) else str(thread.product or "")


def _subject(told: Sequence[Notification]) -> str:
    """The same for all letters about a thread, so that mail programs keep them together."""
    post, title = told[0].post, told[0].title
    return title if post is None or post.kind == Post.Kind.OPENING else f"Re: {title}"


def _threading(told: Sequence[Notification]) -> dict[str, str]:
    """The identifiers follow from the rows: a letter sent twice is recognised as one."""
    newest, post = max(told, key=lambda one: one.pk), told[0].post
    about = f"thread-{post.thread_id}" if post else f"page{told[0].address.replace('/', '-')}"
    root = f"<{about.rstrip('-')}@{host()}>"
    name = f"<told-{newest.member_id}-{newest.pk}-{newest.created_at:%y%m%d%H%M%S%f}@{host()}>"
    return {"Message-ID": name, "In-Reply-To": root, "References": root}


def _reply_to(told: Sequence[Notification]) -> str:
    """An answer goes to the last thing that was said to the reader."""
    posts = [one.post for one in told if one.post and one.kind not in NOT_ANSWERED]
    said = [post for post in posts if not post.thread.is_closed]
    return reply_address(told[0].member_id, said[-1].pk) if said else ""
