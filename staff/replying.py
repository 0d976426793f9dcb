"""Replying as the company: the same way in as everyone's posts, marked official, and the clock stops."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from community.members.models import Member
from community.moderation.settling import answer_calls
from community.threads import pausing
from community.threads.models import Post, Thread
from community.threads.permissions import require
from community.threads.posting import add_comment
from staff.asking_first import ask_first
from staff.claiming import let_go
from staff.classifying import set_type
from staff.company_word import say, standing_reply
from staff.drafts.drafting import note_used
from staff.escalating import keep_promise
from staff.history import log
from staff.linking import attach_link, prepare_link, with_link
from staff.models import Conversation, HelpfulLink, Reply
from staff.permissions import require_can_work_on
from staff.reading import has_written_since
from staff.triage.running import lock_thread, look_at


@transaction.atomic
def reply(
    *,
    by: Member,
    conversation: Conversation,
    body: str,
    type: str,  # noqa: A002 - the desk says type
    below: Post | None = None,
    is_holding: bool = False,
    link_url: str = "",
    link_need: str = "",
    submission_key: UUID | None = None,
    confirm_second: bool = False,
    seen_post: int | None = None,
    seen_message: int | None = None,
    drafts: str = "",
) -> Reply:
    """Post the company's reply; with `below`, as a comment there. The same `submission_key` returns what it made.

    A review has one reply: a second takes its place, after AskFirst, and what it said before stays in its history.
    A holding reply counts as the first response and leaves the customer waiting. Raises AskFirst, unless
    `confirm_second`, where a colleague has it, has replied already, or the customer wrote after `seen_post` or
    `seen_message`; PermissionDenied, TooSoon and ValidationError as posting does. `drafts` names the saved replies and
    suggestions that it was made from, as staff.drafts.drafting writes them.
    """
    require_can_work_on(by, conversation)
    thread = _lock(conversation)
    made = _made_by(by, submission_key)
    if made is not None:
        return made
    conversation = look_at(conversation)
    if not confirm_second:
        has_written = has_written_since(conversation, seen_post, seen_message)
        replaces = below is None and standing_reply(thread) is not None
        ask_first(by=by, conversation=conversation, has_written=has_written, replaces=replaces)
    link = prepare_link(link_url, link_need)
    post = _post(by, thread, below, with_link(body, link), submission_key)
    if link and HelpfulLink.objects.filter(post=post).exists():
        raise ValidationError("This reply has its link already. Leave the link out, and change the words alone.")
    attach_link(link, post)
    sent = _note_circumstances(post, conversation, thread, type, is_holding)
    set_type(by=by, conversation=conversation, type=type)
    log(conversation, _said(sent, below, link), by=by, at=post.created_at)
    note_used(by=by, conversation=conversation, drafts=drafts, sent=post.body)
    _follow_up(by, conversation, thread, is_holding)
    conversation.refresh_from_db()
    return sent


def _lock(conversation: Conversation) -> Thread:
    if conversation.thread_id is None:
        raise PermissionDenied("There is no public page to reply on. Write where it was said, or to them alone.")
    return lock_thread(conversation.thread_id)


def _made_by(by: Member, key: UUID | None) -> Reply | None:
    return Reply.objects.filter(post__author=by, post__submission_key=key).first() if key else None


def _post(by: Member, thread: Thread, below: Post | None, body: str, key: UUID | None) -> Post:
    if below is None:
        return say(by=by, thread=thread, body=body, submission_key=key)
    require(below.thread_id == thread.pk, "That post stands in another conversation.")
    return add_comment(by=by, parent=below, body=body, is_official=True, submission_key=key)


def _note_circumstances(post: Post, conversation: Conversation, thread: Thread, type_: str, is_holding: bool) -> Reply:
    stars = thread.review.stars if thread.kind == Thread.Kind.REVIEW else None
    said = {"conversation": conversation, "type": type_, "is_holding": is_holding, "stars_then": stars}
    first = {"waited_since": conversation.waiting_since}
    return Reply.objects.update_or_create(post=post, defaults=said, create_defaults=said | first)[0]


def _said(sent: Reply, below: Post | None, link: HelpfulLink | None) -> str:
    """The line in the history."""
    what = "Commented as the company" if below else "Replied as the company"
    said = "Sent a holding reply" if sent.is_holding else what
    return f"{said}, with a link: {link.need}" if link else said


def _follow_up(by: Member, conversation: Conversation, thread: Thread, is_holding: bool) -> None:
    """A reply ends the wait, the claim and members' calls; a holding reply promises another, so the wait goes on.

    From the first of either, automation leaves the thread to people.
    """
    pausing.pause_after_reply(by=by, thread=thread)
    if not is_holding:
        answer_calls(thread_id=thread.pk)
        let_go(conversation)
    conversation = look_at(conversation)
    if is_holding:
        keep_promise(by=by, conversation=conversation)
