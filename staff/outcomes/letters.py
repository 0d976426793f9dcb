"""The letter with the one question, sent once; tried again every ten minutes while the mail server is down."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from community.members.consenting import stands
from community.members.models import Consent
from community.notifications.letters import absolute, host, letter, links_for
from community.notifications.mailing import log, may_be_written_to
from community.notifications.unsubscribing import token_for
from community.threads.pausing import standing_pause
from community.threads.rendering import plain_text
from staff.models import HelpQuestion
from staff.outcomes.answering_help import question_path, stopping_path

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
MOST_A_RUN = 200
EXCERPT = 220


def send_help_questions(now: datetime | None = None) -> int:
    """Send the letters that are due. Returns how many left."""
    now = now or timezone.now()
    due = HelpQuestion.objects.filter(mail_due_at__lte=now).order_by("mail_due_at").values_list("pk", flat=True)
    return sum(_send(pk, now) for pk in list(due[:MOST_A_RUN]))


def _send(pk: int, now: datetime) -> bool:
    """One worker sends it. Pauses and the asker's no are asked now, not when it was planned."""
    mine = HelpQuestion.objects.filter(pk=pk, mail_due_at__lte=now)
    if not mine.update(mail_due_at=now + LEASE):
        return False
    question = HelpQuestion.objects.select_related("thread", "member", "post__author", "message__author").get(pk=pk)
    if standing_pause(thread=question.thread, customer=question.member, now=now, by_hand_only=True):
        return False
    if not _may_be_sent(question):
        HelpQuestion.objects.filter(pk=pk).update(mail_due_at=None)
        return False
    made = compose(question)
    try:
        made.send()
    except (OSError, SMTPException):
        logger.exception("The question %d could not be sent; it is tried again.", pk)
        return False
    HelpQuestion.objects.filter(pk=pk).update(mail_due_at=None)
    log(made, question.member, question.thread)
    return True


def _may_be_sent(question: HelpQuestion) -> bool:
    allows = stands(question.member, Consent.Channel.MAIL, Consent.Purpose.FOLLOW_UP)
    return allows and not question.answer and question.thread.is_published and may_be_written_to(question.member)


def compose(question: HelpQuestion) -> EmailMultiAlternatives:
    """Three links to the page, which asks again: opening a link, as mail programs do by themselves, answers nothing."""
    page, stop = absolute(question_path(question)), absolute(stopping_path(question))
    reply = question.post or question.message
    links = links_for(token_for(question.member, question.thread, is_digest=False))
    context = {
        "title": "Did this help you?",
        "thread": question.thread,
        "thread_url": absolute(question.thread.get_absolute_url()),
        "who": reply.author.name if reply and reply.author else "",
        "excerpt": plain_text(reply.body_html, EXCERPT) if reply else "",
        "answers": [(f"{page}?answer={value}", label) for value, label in HelpQuestion.Answer.choices],
        "stop_url": stop,
        "preferences_url": links["preferences_url"],
    }
    name = f"did-it-help-{question.thread_id}@{host()}"
    headers = {
        "Message-ID": f"<{name}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    subject = f"Did this help you? {question.thread.title}"
    return letter(
        to=question.member, subject=subject, template="helping/mail/question", context=context, headers=headers
    )
