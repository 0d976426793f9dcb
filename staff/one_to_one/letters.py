"""The letter that brings what the company wrote to one customer alone, and takes their answer.

It goes out at once, not after ten quiet minutes: a person wrote it to a person. It is tried again each minute while
the mail server is down. Who wants no mail when the company replies, or has muted the thread, gets none: the message
stands on their page, the bell says so, and the desk reads why no letter left.
"""

import logging
import re
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from community.branding.models import Branding
from community.notifications.audience import wants_no_mail
from community.notifications.letters import absolute, host, letter, links_for
from community.notifications.mailing import log, may_be_written_to
from community.notifications.models import Notification
from community.notifications.reply_addresses import conversation_address
from community.notifications.unsubscribing import preference_of, token_for
from community.threads.pausing import standing_pause
from staff.former.stopping import is_unasked, may_write, stopping_path, take_back_unreached
from staff.models import Message
from staff.outcomes.answering_help import helped_path
from staff.reading import customer_of

logger = logging.getLogger(__name__)
NOT_ALLOWED = "They don't allow personal letters after a long absence"
LEASE = timedelta(minutes=10)
MOST_A_RUN = 100
REPLY_LINE = "Answer this mail to answer us. Write above this line; nobody else will read it."
_HREF = re.compile(r'(href|src)="/(?!/)')


def send_due_messages() -> int:
    """Send the letters that are due. Returns how many left. One that can't be sent is tried again in ten minutes."""
    due = Message.objects.filter(mail_due_at__lte=timezone.now()).order_by("mail_due_at")
    return sum(send_message(pk) for pk in list(due.values_list("pk", flat=True)[:MOST_A_RUN]))


def send_message(pk: int) -> bool:
    """Send the letter of one message, if it is due and nobody else is sending it. False if none left."""
    message = _claim(pk, timezone.now())
    if message is None or is_held_back(message):
        return False
    because = why_no_letter(message)
    if because:
        _settle(message, not_mailed_because=because)
        take_back_unreached(message)
        return False
    made = compose(message)
    try:
        made.send()
    except (OSError, SMTPException):
        logger.exception("The letter of message %d could not be sent; it is tried again.", pk)
        return False
    _settle(message, mailed_at=timezone.now())
    log(made, customer_of(message.conversation), message.conversation.thread)
    return True


def why_no_letter(message: Message) -> str:
    """In a few words for the desk why none may be sent; empty if one may. Asked when it is sent."""
    member, thread = customer_of(message.conversation), message.conversation.thread
    if is_unasked(message.conversation):
        if not may_write(member):
            return NOT_ALLOWED
    elif not preference_of(member).wants(Notification.Kind.COMPANY):
        return "They want no mail when we reply"
    if not may_be_written_to(member):
        return "Mail to them comes back, is unconfirmed, or was too much today"
    if thread is not None and wants_no_mail(member, thread):
        return "They want no mail about this thread"
    return ""


def is_held_back(message: Message) -> bool:
    """What nobody asked for waits while its customer, or the whole site, is paused. A reply by a person never does."""
    conversation = message.conversation
    paused = is_unasked(conversation) and standing_pause(customer=conversation.customer, by_hand_only=True)
    return bool(paused)


def compose(message: Message) -> EmailMultiAlternatives:
    """Its letter, from a person: no machine's mark on it, so that the customer's own absence notes come back unread."""
    conversation = message.conversation
    member, thread = customer_of(conversation), conversation.thread
    page = absolute(f"{reverse('message_page', args=[conversation.pk])}#message-{message.pk}")
    reply_to = conversation_address(member.pk, conversation.pk)
    context = {
        "title": conversation.subject or (thread.title if thread else "A word from us"),
        "place": "About what you wrote" if thread else "",
        "who": f"{message.author}, {Branding.current().name}",
        "text": message.body.replace("](/", f"]({absolute('/')}"),
        "html": _HREF.sub(lambda found: f'{found[1]}="{absolute("/")}', message.body_html),
        "page_url": page,
        "can_reply": bool(reply_to),
        "reply_line": REPLY_LINE,
        "coupon": getattr(message, "coupon", None),
        "helped_url": _helped_url(message),
        "is_unasked": is_unasked(conversation),
        **_links(message),
    }
    return letter(
        to=member,
        subject=str(context["title"]),
        template="messages/mail/message",
        context=context,
        headers=_headers(message),
        reply_to=reply_to,
    )


def _helped_url(message: Message) -> str:
    """Where the customer says that the link in it helped."""
    link = getattr(message, "helpful_link", None)
    path = helped_path(link) if link else None
    return absolute(path) if path else ""


def _links(message: Message) -> dict[str, str]:
    """Where mail about the thread is stopped; or, where nobody asked us to write, where consent is taken back."""
    member = customer_of(message.conversation)
    links = links_for(token_for(member, message.conversation.thread, is_digest=False))
    stop_url = absolute(stopping_path(member)) if is_unasked(message.conversation) else links["unsubscribe_url"]
    return links | {"stop_url": stop_url}


def _headers(message: Message) -> dict[str, str]:
    """The identifiers follow from the row: a letter sent twice is recognised as one."""
    root = f"<alone-{message.conversation_id}@{host()}>"
    names = {"Message-ID": f"<message-{message.pk}@{host()}>", "In-Reply-To": root, "References": root}
    headers = names | {"Auto-Submitted": "no"}
    if not is_unasked(message.conversation):
        return headers
    stop_url = absolute(stopping_path(customer_of(message.conversation)))
    one_click = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers | one_click


def _claim(pk: int, now: datetime) -> Message | None:
    """The message, its letter ours for ten minutes: of two workers one changes the row."""
    due = Message.objects.filter(pk=pk, mail_due_at__lte=now)
    if not due.update(mail_due_at=now + LEASE):
        return None
    return Message.objects.select_related("author", "conversation__customer", "conversation__thread").get(pk=pk)


def _settle(message: Message, **values: object) -> None:
    Message.objects.filter(pk=message.pk).update(mail_due_at=None, **values)
