"""What was said in a conversation as its page shows it: one timeline of posts, private messages and a mention.

Each says why it needs us, with the words marked, and what each reply did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from community.members.models import Member
from community.threads.models import Post
from staff.marking import mark_words
from staff.models import Conversation, Evidence, HelpfulLink, Mention, Message, Outcome, Reason
from staff.outcomes.recording import verdict
from staff.permissions import can_judge, can_judge_message
from staff.triage.thanking import thanking_words

NEWEST = 40


@dataclass
class Shown:
    """One thing said: a post, a message or a mention. `thanks`: words of a later post that say that it helped."""

    at: datetime
    post: Post | None = None
    message: Message | None = None
    mention: Mention | None = None
    html: str = ""
    reasons: list[Reason] = field(default_factory=list)
    customer_outcomes: list[Outcome] = field(default_factory=list)
    judgement: Outcome | None = None
    customer_verdict: str = ""
    can_judge: bool = False
    can_comment: bool = False
    thanks: str = ""
    thanked_in: Post | None = None

    @property
    def is_reply(self) -> bool:
        if self.message is not None:
            return self.message.is_official
        return self.post is not None and not self.post.is_opening and self.post.author_id != self.post.thread.author_id

    @property
    def anchor(self) -> str:
        return self.post.anchor if self.post else f"message-{self.message.pk}" if self.message else "said"

    @property
    def link(self) -> HelpfulLink | None:
        return getattr(self.post or self.message, "helpful_link", None)

    @property
    def was_said_by_customer(self) -> bool:
        return any(outcome.evidence == Evidence.CUSTOMER_SAID for outcome in self.customer_outcomes)


def show_thread(conversation: Conversation, reasons: Iterable[Reason], reader: Member) -> list[Shown]:
    """The opening, the evidence and the newest 40 posts and 40 messages, oldest first.

    Three queries for posts, three for messages; a mention comes with the conversation.
    """
    reasons = list(reasons)
    shown = [*_show_mention(conversation, reasons), *_show_posts(conversation, reasons, reader)]
    shown += _show_messages(conversation, reasons, reader)
    shown.sort(key=lambda item: item.at)
    _find_thanks(shown)
    return shown


def _show_mention(conversation: Conversation, reasons: list[Reason]) -> list[Shown]:
    mention = conversation.mention
    if mention is None:
        return []
    about = [reason for reason in reasons if reason.post_id is None and reason.message_id is None]
    return [Shown(at=mention.published_at or mention.seen_at, mention=mention, reasons=about)]


def _show_posts(conversation: Conversation, reasons: list[Reason], reader: Member) -> list[Shown]:
    if conversation.thread_id is None:
        return []
    by_post: dict[int | None, list[Reason]] = {}
    for reason in reasons:
        by_post.setdefault(reason.post_id, []).append(reason)
    posts = _posts(conversation, [pk for pk in by_post if pk], reader)
    return [_show_post(post, by_post.get(post.pk, []), reader) for post in posts]


def _posts(conversation: Conversation, evidence: Iterable[int], reader: Member) -> QuerySet[Post]:
    visible = Post.objects.visible_to(reader).filter(thread=conversation.thread_id)
    newest = list(visible.order_by("-created_at", "-pk").values_list("pk", flat=True)[:NEWEST])
    return (
        visible.filter(Q(kind=Post.Kind.OPENING) | Q(pk__in=[*evidence, *newest]))
        .select_related("author", "thread", "parent__author", "reply")
        .prefetch_related(*_what_it_did())
        .order_by("created_at", "pk")
    )


def _what_it_did() -> tuple[Prefetch, Prefetch]:
    links = HelpfulLink.objects.annotate(
        asker_openings=Count("openings", filter=Q(openings__is_asker=True)),
        other_openings=Count("openings", filter=Q(openings__is_asker=False)),
    )
    outcomes = Outcome.objects.standing().select_related("recorded_by")
    return Prefetch("outcomes", outcomes, to_attr="standing_outcomes"), Prefetch("helpful_link", links)


def _show_post(post: Post, reasons: list[Reason], reader: Member) -> Shown:
    judges = can_judge(reader, post)
    takes_comments = post.is_published and post.kind not in (Post.Kind.COMMENT, Post.Kind.UPDATE)
    can_comment = reader.is_responder and takes_comments
    shown = Shown(at=post.created_at, post=post, reasons=reasons, can_judge=judges, can_comment=can_comment)
    return _fill(shown, post)


def _show_messages(conversation: Conversation, reasons: list[Reason], reader: Member) -> list[Shown]:
    """Whoever may open the conversation reads them; customers have a door of their own."""
    newest = conversation.messages.select_related("author", "coupon__campaign", "conversation").prefetch_related(
        *_what_it_did()
    )
    shown = []
    for message in newest.order_by("-created_at", "-pk")[:NEWEST]:
        about = [reason for reason in reasons if reason.message_id == message.pk]
        judges = can_judge_message(reader, message)
        shown.append(_fill(Shown(at=message.created_at, message=message, reasons=about, can_judge=judges), message))
    return shown


def _fill(shown: Shown, said: Any) -> Shown:
    """Mark the evidence, and tell what the customer showed from what staff judged."""
    outcomes: list[Outcome] = said.standing_outcomes
    shown.html = mark_words(said.body_html, [reason.evidence for reason in shown.reasons])
    shown.customer_outcomes = [one for one in outcomes if one.evidence != Evidence.STAFF_JUDGEMENT]
    shown.judgement = next((one for one in outcomes if one.evidence == Evidence.STAFF_JUDGEMENT), None)
    shown.customer_verdict = verdict(shown.customer_outcomes)
    return shown


def _find_thanks(shown: list[Shown]) -> None:
    """Propose the asker's words of thanks as evidence for the reply they follow. A person's click records it."""
    by_pk = {item.post.pk: item for item in shown if item.post}
    last: Shown | None = None
    for item in shown:
        if item.post is None or item.is_reply:
            last = item if item.is_reply and item.post else last
            continue
        thanked = by_pk.get(item.post.parent_id or 0, last)
        thanked = thanked if thanked is not None and thanked.is_reply else last
        words = thanking_words(item.post.body) if thanked is not None and item.post.is_published else ""
        if thanked is not None and words and not item.post.is_opening:
            thanked.thanks, thanked.thanked_in = words, item.post
