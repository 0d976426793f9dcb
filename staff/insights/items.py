"""What stands behind a number, ready to read: one function for each kind of row, from keys to Items.

A private message is counted and named; its words are read on its conversation's page only.
"""

from collections.abc import Iterable

from community.threads.models import Post, Thread
from community.threads.rendering import plain_text
from staff.insights.cube import Item
from staff.models import Conversation, ConversationType, HelpfulLink, Message, Outcome

SNIPPET = 240
GONE = "A thread that is hidden now"
Items = dict[int, Item]


def conversations(keys: Iterable[int]) -> Items:
    found = Conversation.objects.filter(pk__in=list(keys)).select_related("thread")
    return {one.pk: conversation_item(one) for one in found}


def conversation_item(one: Conversation, note: str = "") -> Item:
    said = [one.customer_name, one.get_type_display(), one.get_state_display(), note]
    return Item(name_of(one), one.get_absolute_url(), one.asked_at, dotted(*said))


def name_of(one: Conversation) -> str:
    """What the queue calls it, unless its thread can't be read any more."""
    if one.thread is None:
        return one.subject
    return one.thread.title if one.thread.is_published else GONE


def threads(keys: Iterable[int]) -> Items:
    found = Thread.objects.listed().filter(pk__in=list(keys)).select_related("author", "product")
    return {
        one.pk: Item(
            one.title,
            one.get_absolute_url(),
            one.created_at,
            dotted(one.author.name, one.product.name if one.product else ""),
        )
        for one in found
    }


def posts(keys: Iterable[int]) -> Items:
    found = Post.objects.published().filter(pk__in=list(keys)).select_related("thread", "author", "reply").defer("body")
    return {one.pk: post_item(one) for one in found}


def post_item(post: Post) -> Item:
    reply = getattr(post, "reply", None)
    note = dotted(post.author.name, reply.get_type_display() if reply else "")
    return Item(post.thread.title, post.get_absolute_url(), post.created_at, note, plain_text(post.body_html, SNIPPET))


def messages(keys: Iterable[int]) -> Items:
    found = Message.objects.filter(pk__in=list(keys)).select_related("conversation__thread", "author").defer("body")
    return {one.pk: message_item(one) for one in found}


def message_item(message: Message) -> Item:
    is_public = message.place == Message.Place.OUTSIDE
    words = plain_text(message.body_html, SNIPPET) if is_public else ""
    author = message.author.name if message.author else message.conversation.customer_name
    note = dotted(author, message.get_type_display(), message.get_place_display())
    conversation = message.conversation
    return Item(name_of(conversation), conversation.get_absolute_url(), message.created_at, note, words)


def links(keys: Iterable[int]) -> Items:
    found = HelpfulLink.objects.filter(pk__in=list(keys)).select_related(
        "post__thread", "post__author", "message__conversation__thread", "message__author"
    )
    return {one.pk: _link_item(one) for one in found}


def _link_item(link: HelpfulLink) -> Item:
    said = post_or_message(link)
    return Item(f"{link.need}: {said.title}", said.url, link.created_at, dotted(said.note, link.url))


def outcomes(keys: Iterable[int]) -> Items:
    found = Outcome.objects.filter(pk__in=list(keys)).select_related(
        "post__thread", "post__author", "message__conversation__thread", "message__author", "recorded_by"
    )
    return {one.pk: _outcome_item(one) for one in found}


def _outcome_item(outcome: Outcome) -> Item:
    """The customer's public words are the evidence; what they wrote to us alone stays there."""
    said = post_or_message(outcome)
    judge = f"recorded by {outcome.recorded_by.name}" if outcome.recorded_by else ""
    note = dotted(said.note, outcome.get_evidence_display(), outcome.get_effect_display(), judge)
    return Item(said.title, said.url, outcome.recorded_at, note, outcome.words if outcome.post_id else "")


def post_or_message(row: Outcome | HelpfulLink) -> Item:
    if row.post is not None:
        return Item(row.post.thread.title, row.post.get_absolute_url(), row.post.created_at, row.post.author.name)
    if row.message is not None:
        return message_item(row.message)
    raise ValueError("A sign and a link belong to a post or to a message.")


def dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def type_label(kind: str) -> str:
    """What a type is called; the untyped too."""
    return ConversationType(kind).label if kind in ConversationType.values else "Not typed yet"


def replies(keys: Iterable[int]) -> Items:
    """A Reply has its post's key."""
    return posts(keys)
