"""Who may accept, close, link a question and file it anew. Pages and verbs ask the same claims."""

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
    """Staff close a conversation that is over."""
    return can_take_part(member) and member.is_responder


def can_reopen(member: Any, question: Question) -> bool:
    """Staff; who asked and trusted members what had closed by itself."""
    if not can_take_part(member) or not question.thread.is_closed:
        return False
    is_quiet = question.closed_by_id is None and question.thread.is_published
    return member.is_responder or (is_quiet and (member.pk == question.thread.author_id or is_trusted(member)))


def can_still_need(member: Any, question: Question) -> bool:
    """Who asked, of what everybody can read, after an answer; not of what staff closed."""
    thread = question.thread
    is_asker = can_take_part(member) and member.pk == thread.author_id
    return is_asker and thread.is_published and thread.answer_count > 0 and not is_closed_by_staff(question)


def can_ask_for_details(member: Any, question: Question) -> bool:
    """Staff and trusted members, of somebody else's open question that is not solved."""
    thread = question.thread
    is_open = thread.is_published and not thread.is_closed and not question.is_solved
    return can_take_part(member) and is_trusted(member) and is_open and member.pk != thread.author_id


def is_closed_by_staff(question: Question) -> bool:
    return question.thread.is_closed and question.closed_by_id is not None


def _may_overrule(member: Any, question: Question) -> bool:
    """Trusted members may not choose against the asker; where several are accepted, theirs only comes beside."""
    is_askers_choice = question.is_solved and question.accepted_by_id == question.thread.author_id
    is_against = bool(question.still_needed_at) or (is_askers_choice and not question.category.allows_several_accepted)
    return member.is_responder or not is_against


class QuestionActs(NamedTuple):
    """What a reader may do to the question as a whole, for question_menu.html and its neighbours."""

    is_asker: bool = False
    desk: bool = False
    ask_details: bool = False
    still_need: bool = False
    close: bool = False
    reopen: bool = False

    @property
    def has_menu(self) -> bool:
        return self.desk or self.ask_details or self.still_need or self.close or self.reopen


def acts_on_question(reader: Any, question: Question) -> QuestionActs:
    """No query; the thread is loaded."""
    if not can_take_part(reader):
        return QuestionActs()
    return QuestionActs(
        is_asker=reader.pk == question.thread.author_id,
        desk=reader.is_responder,
        ask_details=can_ask_for_details(reader, question),
        still_need=can_still_need(reader, question),
        close=can_close(reader) and not question.thread.is_closed,
        reopen=can_reopen(reader, question),
    )


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


def can_link(member: Any, question: Question) -> bool:
    """Staff and regulars, where everybody can read the question."""
    return can_take_part(member) and is_trusted(member) and question.thread.is_published


def can_refile(member: Any, opening: Post) -> bool:
    """Product and subject: who asked, as long as they may edit; moderators."""
    return can_edit(member, opening)


def can_retag(member: Any, opening: Post) -> bool:
    """Tags: the same, and regulars and staff for what everybody can read."""
    is_helper = can_take_part(member) and is_trusted(member) and opening.is_published
    return can_refile(member, opening) or is_helper
