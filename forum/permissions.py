"""Who may say which answer solved a question, and who may close it. Pages and verbs ask the same claims."""

from typing import Any, NamedTuple

from community.moderation.permissions import can_flag
from community.threads.models import Post
from community.threads.permissions import can_comment, can_edit, can_take_part, can_vote, can_withdraw, is_trusted
from forum.models import Question


def can_accept(member: Any, question: Question, post: Post) -> bool:
    """The asker always; staff and trusted members not their own answer; the trusted not over the asker's choice."""
    if not can_take_part(member) or post.kind != Post.Kind.ANSWER or post.thread_id != question.pk:
        return False
    if not (post.is_published and question.thread.is_published):
        return False
    if member.pk == question.thread.author_id:
        return True
    return is_trusted(member) and post.author_id != member.pk and _may_overrule(member, question)


def can_unaccept(member: Any, question: Question, accepted_by: int | None) -> bool:
    """Whoever accepted it, the asker, and staff; trusted members not over the asker's choice."""
    if not can_take_part(member) or accepted_by is None:
        return False
    asker = question.thread.author_id
    if member.pk in (asker, accepted_by):
        return True
    return member.is_responder or (is_trusted(member) and accepted_by != asker)


def can_have_too(who: Any, question: Question) -> bool:
    """Members and strangers (by the mark in their cookie): of a public question that they didn't ask."""
    is_asker = getattr(who, "pk", None) == question.thread.author_id
    return question.thread.is_published and not is_asker


def can_close(member: Any) -> bool:
    """Staff close a conversation that is over, and open it again."""
    return can_take_part(member) and member.is_responder


def _may_overrule(member: Any, question: Question) -> bool:
    """Trusted members may not choose against the asker; where several are accepted, theirs only comes beside."""
    is_askers_choice = question.is_solved and question.accepted_by_id == question.thread.author_id
    is_against = bool(question.still_needed_at) or (is_askers_choice and not question.category.allows_several_accepted)
    return member.is_responder or not is_against


class Acts(NamedTuple):
    """What a reader may do to one post, for post_actions.html."""

    vote: bool = False
    comment: bool = False
    accept: bool = False
    unaccept: bool = False
    edit: bool = False
    withdraw: bool = False
    flag: bool = False


NOTHING = Acts()


def acts_on(reader: Any, question: Question, post: Post, *, accepted_by: int | None = None) -> Acts:
    """No query; `post.thread` is loaded. Who has not signed in sees no buttons that would only send them away.

    `accepted_by`: who accepted this post, if somebody did.
    """
    if not can_take_part(reader):
        return NOTHING
    is_accepted = accepted_by is not None
    return Acts(
        vote=can_vote(reader, post),
        comment=can_comment(reader, post),
        accept=not is_accepted and can_accept(reader, question, post),
        unaccept=is_accepted and can_unaccept(reader, question, accepted_by),
        edit=can_edit(reader, post),
        withdraw=can_withdraw(reader, post),
        flag=can_flag(reader, post),
    )
