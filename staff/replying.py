"""Replying as the company: the same way in as everyone's posts, marked official, and the clock stops."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.moderation.settling import answer_calls
from community.threads.models import Thread
from community.threads.posting import add_answer
from staff.claiming import let_go
from staff.classifying import set_type
from staff.escalating import call_of
from staff.history import log
from staff.linking import attach_link, prepare_link, with_link
from staff.models import Conversation, Reply
from staff.permissions import AskFirst, require_can_work_on
from staff.reading import company_replies, unseen_messages
from staff.triage.running import lock_thread, triage


@transaction.atomic
def reply(
    *,
    by: Member,
    conversation: Conversation,
    body: str,
    type: str,  # noqa: A002 - the desk says type
    is_holding: bool = False,
    link_url: str = "",
    link_need: str = "",
    submission_key: UUID | None = None,
    confirm_second: bool = False,
    seen_post: int | None = None,
) -> Reply:
    """Post the company's reply. The same `submission_key` again returns the reply it made.

    A holding reply counts as the first response and leaves the customer waiting. Raises AskFirst, unless
    `confirm_second`, where a colleague has it, has replied already, or the customer wrote after `seen_post`;
    PermissionDenied, TooSoon and ValidationError as posting does.
    """
    require_can_work_on(by, conversation)
    thread = lock_thread(conversation.thread_id)
    made = _made_by(by, submission_key)
    if made is not None:
        return made
    conversation = triage(thread.pk) or conversation
    if not confirm_second:
        _ask_first(by, conversation, seen_post)
    link = prepare_link(link_url, link_need)
    post = add_answer(by=by, thread=thread, body=with_link(body, link), is_official=True, submission_key=submission_key)
    attach_link(link, post)
    sent = Reply(post=post, conversation=conversation, type=type, is_holding=is_holding)
    _note_circumstances(sent, thread)
    set_type(by=by, conversation=conversation, type=type)
    log(conversation, "Sent a holding reply" if is_holding else "Replied as the company", by=by, at=post.created_at)
    _follow_up(by, conversation, thread, is_holding)
    conversation.refresh_from_db()
    return sent


def _made_by(by: Member, key: UUID | None) -> Reply | None:
    return Reply.objects.filter(post__author=by, post__submission_key=key).first() if key else None


def _ask_first(by: Member, conversation: Conversation, seen_post: int | None) -> None:
    """Raise AskFirst where the customer would otherwise be answered twice, or past what they said."""
    holder = conversation.holder(timezone.now())
    if unseen_messages(conversation, seen_post):
        raise AskFirst(
            f"{conversation.customer.name} wrote again while you were writing. Read it before you send yours."
        )
    if holder is not None and holder != by:
        raise AskFirst(f"{holder.name} has this conversation and may be answering it now.")
    last = company_replies(conversation).select_related("author").order_by("-created_at").first()
    if last is not None and not conversation.needs_reply:
        raise AskFirst(
            f"{last.author.name} has replied to this message already. Read that reply before you send another."
        )


def _note_circumstances(sent: Reply, thread: Thread) -> None:
    sent.waited_since = sent.conversation.waiting_since
    sent.stars_then = thread.review.stars if thread.kind == Thread.Kind.REVIEW else None
    sent.save()


def _follow_up(by: Member, conversation: Conversation, thread: Thread, is_holding: bool) -> None:
    """A reply ends the wait, the claim and members' calls; a holding reply promises another, so the wait goes on."""
    if not is_holding:
        answer_calls(thread_id=thread.pk)
        let_go(conversation)
    triage(thread.pk)
    if is_holding and not conversation.reasons.standing().exists():
        triage(thread.pk, escalation=call_of(by, thread, "Promised to come back"))
