"""One-to-one: what the company says to one customer alone, and what the customer answers. Never a public post.

`say` also writes what a colleague posts elsewhere by hand (Message.Place.OUTSIDE): that reaches nobody by itself.
"""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_q.tasks import async_task

from community.members.limits import Rate, enforce
from community.members.models import Consent, Member
from community.moderation.settling import answer_calls
from community.notifications.letters import absolute
from community.notifications.models import Notification
from community.notifications.telling import tell_of
from community.threads import pausing
from community.threads.models import Post
from community.threads.permissions import can_take_part, require
from community.threads.rendering import render
from community.threads.screening import enforce_caps
from staff.asking_first import ask_first
from staff.claiming import let_go
from staff.classifying import set_type
from staff.escalating import keep_promise
from staff.former.stopping import is_unasked, may_write
from staff.history import log
from staff.linking import prepare_link, with_link
from staff.models import Conversation, HelpfulLink, Message
from staff.outcomes.gathering import gather_private_thanks
from staff.permissions import Refused, require_can_work_on
from staff.reading import customer_of, has_written_after
from staff.triage.running import lock, look_at

Place = Message.Place
LIMITS = (2, 32_000)
"""Characters of a message: “Yes” is one, too."""
MESSAGES_A_MINUTE = Rate(6, timedelta(minutes=1), "You have just written six times.")
MESSAGES_A_DAY = Rate(100, timedelta(days=1), "You have written 100 times today.")


@transaction.atomic
def say(
    *,
    by: Member,
    conversation: Conversation,
    body: str,
    place: str,
    type: str = "",  # noqa: A002 - the desk says type
    is_holding: bool = False,
    link_url: str = "",
    link_need: str = "",
    submission_key: UUID | None = None,
    seen: datetime | None = None,
    confirm_second: bool = False,
) -> Message:
    """Write to the customer alone (PRIVATE: on their page at once, by mail within a minute), or for OUTSIDE.

    The same `submission_key` again returns the message it made. `seen` is when the newest thing on the writer's page
    was said. Raises AskFirst, unless `confirm_second`, where a colleague has it, has answered already, or the customer
    wrote after `seen`; PermissionDenied, and ValidationError for a link that is none.
    """
    require_can_work_on(by, conversation)
    if place == Place.PRIVATE:
        customer_of(conversation)
    conversation = lock(conversation)
    made = made_by(by, submission_key)
    if made is not None:
        return made
    _require_answered(conversation)
    if not confirm_second:
        ask_first(by=by, conversation=conversation, has_written=has_written_after(conversation, seen))
    link = prepare_link(link_url, link_need)
    sent = Message(place=place, author=by, type=type or conversation.type, is_holding=is_holding)
    _write(conversation, sent, body, link, submission_key)
    if type:
        set_type(by=by, conversation=conversation, type=type)
    if place == Place.PRIVATE:
        _note_private(by, conversation, sent)
    conversation = look_at(conversation)
    if is_holding:
        keep_promise(by=by, conversation=conversation)
    return sent


def _write(conversation: Conversation, sent: Message, body: str, link: HelpfulLink | None, key: UUID | None) -> None:
    """Save it with its link. What is private has reached the customer now; what goes elsewhere, when it is posted."""
    now = timezone.now()
    is_private = sent.place == Place.PRIVATE
    sent.conversation, sent.submission_key, sent.is_official = conversation, key, True
    sent.body = with_link(body, link) if is_private else with_address(body, link)
    sent.body_html = render(sent.body, is_trusted=True)
    sent.waited_since, sent.created_at = conversation.waiting_since, now
    sent.posted_at = sent.mail_due_at = now if is_private else None
    sent.save()
    if link is not None:
        link.message = sent
        link.save()


@transaction.atomic
def receive(
    *,
    customer: Member,
    conversation: Conversation,
    body: str,
    source: str = Post.Source.PAGE,
    submission_key: UUID | None = None,
) -> Message:
    """Take the customer's answer; the conversation waits for us again. The same `submission_key` makes it once.

    Raises PermissionDenied for anybody else, TooSoon, and ValidationError (caps of new members).
    """
    require(can_take_part(customer) and conversation.customer_id == customer.pk, "This is between us and a customer.")
    require(is_one_to_one(conversation), "Nobody has written to you alone about this. Answer on the public page.")
    conversation = lock(conversation)
    made = made_by(customer, submission_key)
    if made is not None:
        return made
    _enforce_limits(customer, body)
    now = timezone.now()
    said = Message.objects.create(
        conversation=conversation,
        author=customer,
        body=body,
        body_html=render(body),
        posted_at=now,
        created_at=now,
        source=source,
        submission_key=submission_key,
    )
    log(conversation, "Answered by mail" if source == Post.Source.MAIL else "Answered us alone", by=customer)
    look_at(conversation)
    gather_private_thanks(conversation)
    return said


def _enforce_limits(customer: Member, body: str) -> None:
    written = Message.objects.filter(author=customer)
    enforce(MESSAGES_A_MINUTE, written)
    enforce(MESSAGES_A_DAY, written)
    enforce_caps(by=customer, text=body)


def with_address(body: str, link: HelpfulLink | None) -> str:
    """`body` with the link's whole address as its last line, to be copied and posted elsewhere as plain text."""
    return f"{body.rstrip()}\n\n{absolute(reverse('go', args=[link.token]))}" if link else body


def is_one_to_one(conversation: Conversation) -> bool:
    """Has the company written to its customer alone?"""
    return conversation.messages.private().from_company().exists()


def made_by(author: Member, key: UUID | None) -> Message | None:
    return Message.objects.filter(author=author, submission_key=key).first() if key else None


def _require_answered(conversation: Conversation) -> None:
    """After a long absence we write once, and again only when the customer has answered."""
    if is_unasked(conversation) and is_one_to_one(conversation):
        raise Refused("One personal message is what they allowed. Write again when they have answered.")


def _note_private(by: Member, conversation: Conversation, sent: Message) -> None:
    """The exchange is one-to-one from here on; a full answer ends the claim and members' calls for us."""
    if not conversation.is_private:
        conversation.is_private = True
        conversation.save(update_fields=["is_private"])
    what = "Wrote to the customer alone"
    log(conversation, f"{what}: a holding reply" if sent.is_holding else what, by=by, at=sent.created_at)
    if conversation.thread is not None:
        pausing.pause_after_reply(by=by, thread=conversation.thread)
    if not sent.is_holding:
        let_go(conversation)
        if conversation.thread_id is not None:
            answer_calls(thread_id=conversation.thread_id)
    _tell_customer(conversation, sent)


def _tell_customer(conversation: Conversation, sent: Message) -> None:
    """In the bell at once; the letter, with the words themselves, is a task of its own.

    Who has not asked for our word hears of it only in the ways that they allow.
    """
    member = customer_of(conversation)
    if not is_unasked(conversation) or may_write(member, Consent.Channel.MESSAGE):
        tell_of(
            member=member,
            kind=Notification.Kind.MESSAGE,
            address=reverse("message_page", args=[conversation.pk]),
            subject=conversation.subject,
            actor=sent.author,
            happened_at=sent.created_at,
            by_mail=False,
        )
    transaction.on_commit(partial(async_task, "staff.tasks.send_message", sent.pk))
