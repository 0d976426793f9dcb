"""What happened, in one sentence to the person who is told: on the page and in mail."""

from dataclasses import dataclass

from community.branding.models import Branding
from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Post, Status, Thread
from community.threads.rendering import plain_text

Kind = Notification.Kind
EXCERPT = 180
_CLOCKS = {"clock-last_call": "is over in 15 minutes", "clock-breached": "is over"}
_OWN = {Post.Kind.ANSWER: "answer", Post.Kind.COMMENT: "comment", Post.Kind.UPDATE: "update"}
_DECIDED = {
    Status.PUBLISHED: "Everybody can read your {noun} now.",
    Status.HELD: "Your {noun} waits for a moderator.",
    Status.HIDDEN: "Your {noun} is hidden until a moderator has looked at it.",
    Status.REMOVED: "A moderator removed your {noun}.",
}


@dataclass(frozen=True)
class Notice:
    """A notification as a row of the page shows it."""

    told: Notification
    sentence: str
    excerpt: str
    face: Member | str  # whose picture stands beside it


def notice(told: Notification) -> Notice:
    who = who_acted(told)
    is_named = told.actor is not None and told.actor.name == who
    return Notice(told, sentence(told), excerpt(told), told.actor if is_named and told.actor else who)


def sentence(told: Notification) -> str:
    """Reads what `with_list_data` loads; no query."""
    who, post = who_acted(told), told.post
    if post is None:
        return _of_a_page(told, who)
    thread = post.thread
    match told.kind:
        case Kind.QUESTION:
            return f"{who} asked about {thread.product}." if thread.product else f"{who} asked a question."
        case Kind.ANSWER if post.kind == Post.Kind.UPDATE:
            return f"{who} added an update to {_thread_of(told)}."
        case Kind.ANSWER:
            return f"{who} {'replied to' if is_review(thread) else 'answered'} {_thread_of(told)}."
        case Kind.COMMENT:
            is_mine = post.parent is not None and post.parent.author_id == told.member_id
            place = f"on your {noun_of(post.parent)}" if is_mine and post.parent else f"below {_thread_of(told)}"
            return f"{who} commented {place}."
        case Kind.COMPANY:
            return f"{who} replied to {_thread_of(told)} for {Branding.current().name}."
        case Kind.MENTION:
            return f"{who} mentioned you."
        case Kind.ACCEPTED:
            return f"{who} accepted your answer."
        case Kind.FOLLOWED:
            return f"{who}, whom you follow, {'asked a question' if post.is_opening else 'answered a question'}."
        case Kind.NEEDS_INFO:
            return f"{who} needs to know more before your question can be answered."
        case Kind.DUPLICATE:
            return f"{who} linked your question to this one, which is the same."
        case Kind.NUDGE:
            return "Did one of the answers help? Accept it, so that others find it."
        case _:
            return _DECIDED.get(Status(post.status), "A moderator looked at your {noun}.").format(noun=noun_of(post))


def _of_a_page(told: Notification, who: str) -> str:
    """What is about a page of ours, not about something everybody can read."""
    match told.kind:
        case Kind.NOTE:
            return f"{who} mentioned you in a note."
        case Kind.ASSIGNED:
            return f"{who if told.actor else 'A rule'} gave you this conversation."
        case Kind.DESK:
            return told.subject
        case Kind.CLOCK:
            return f"The time to reply {_CLOCKS.get(told.anchor, 'runs out')}."
        case _:
            return f"{who} wrote to you alone, for {Branding.current().name}."


def excerpt(told: Notification, limit: int = EXCERPT) -> str:
    """The beginning of what was said; of one's own, or of what a moderator took away, nothing."""
    if told.post is None:
        return ""
    is_news = told.post.is_published and told.post.author_id != told.member_id
    return plain_text(told.post.body_html, limit) if is_news else ""


def who_acted(told: Notification) -> str:
    """A reviewer may have chosen not to be named: below their own review they are “the reviewer”."""
    if told.actor is None:
        return "Somebody"
    if told.post is None:
        return told.actor.name
    is_reviewer = is_review(told.post.thread) and told.actor_id == told.post.thread.author_id
    return "The reviewer" if is_reviewer else told.actor.name


def noun_of(post: Post) -> str:
    return _OWN.get(Post.Kind(post.kind), "review" if is_review(post.thread) else "question")


def is_review(thread: Thread) -> bool:
    return thread.kind == Thread.Kind.REVIEW


def _thread_of(told: Notification) -> str:
    if told.post is None:
        return "what you follow"
    noun = "review" if is_review(told.post.thread) else "question"
    return f"your {noun}" if told.post.thread.author_id == told.member_id else f"a {noun} you follow"
