"""A conversation's thread as its page shows it: what was said, why it needs us, and what each reply did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.safestring import SafeString

from community.members.models import Member
from community.threads.models import Post
from staff.marking import mark_words
from staff.models import Conversation, Evidence, HelpfulLink, Outcome, Reason
from staff.outcomes import verdict
from staff.permissions import can_judge
from staff.triage.types import thanking_words

NEWEST = 40


@dataclass
class Shown:
    """One post. `thanks` are the words of a later message that seem to say that this reply helped."""

    post: Post
    html: SafeString
    reasons: list[Reason] = field(default_factory=list)
    customer_outcomes: list[Outcome] = field(default_factory=list)
    judgement: Outcome | None = None
    customer_verdict: str = ""
    can_judge: bool = False
    thanks: str = ""
    thanked_in: Post | None = None

    @property
    def is_reply(self) -> bool:
        return not self.post.is_opening and self.post.author_id != self.post.thread.author_id

    @property
    def link(self) -> HelpfulLink | None:
        return getattr(self.post, "helpful_link", None)

    @property
    def was_said_by_customer(self) -> bool:
        return any(outcome.evidence == Evidence.CUSTOMER_SAID for outcome in self.customer_outcomes)


def show_thread(conversation: Conversation, reasons: Iterable[Reason], reader: Member) -> list[Shown]:
    """The opening, the evidence and the newest 40 posts, oldest first. Three queries."""
    by_post: dict[int, list[Reason]] = {}
    for reason in reasons:
        by_post.setdefault(reason.post_id, []).append(reason)
    shown = [_show(post, by_post.get(post.pk, []), reader) for post in _posts(conversation, by_post, reader)]
    _find_thanks(shown)
    return shown


def _posts(conversation: Conversation, evidence: Iterable[int], reader: Member) -> QuerySet[Post]:
    visible = Post.objects.visible_to(reader).filter(thread=conversation.thread_id)
    newest = list(visible.order_by("-created_at", "-pk").values_list("pk", flat=True)[:NEWEST])
    links = HelpfulLink.objects.annotate(
        asker_openings=Count("openings", filter=Q(openings__is_asker=True)),
        other_openings=Count("openings", filter=Q(openings__is_asker=False)),
    )
    return (
        visible.filter(Q(kind=Post.Kind.OPENING) | Q(pk__in=[*evidence, *newest]))
        .select_related("author", "thread", "parent__author", "reply")
        .prefetch_related(
            Prefetch("outcomes", Outcome.objects.standing().select_related("recorded_by"), to_attr="standing_outcomes"),
            Prefetch("helpful_link", links),
        )
        .order_by("created_at", "pk")
    )


def _show(post: Any, reasons: list[Reason], reader: Member) -> Shown:
    customer = [outcome for outcome in post.standing_outcomes if outcome.evidence != Evidence.STAFF_JUDGEMENT]
    judgement = next((o for o in post.standing_outcomes if o.evidence == Evidence.STAFF_JUDGEMENT), None)
    return Shown(
        post=post,
        html=mark_words(post.body_html, [reason.evidence for reason in reasons]),
        reasons=reasons,
        customer_outcomes=customer,
        judgement=judgement,
        customer_verdict=verdict(customer),
        can_judge=can_judge(reader, post),
    )


def _find_thanks(shown: list[Shown]) -> None:
    """Propose the asker's words of thanks as evidence for the reply they follow. A person's click records it."""
    by_pk = {item.post.pk: item for item in shown}
    last: Shown | None = None
    for item in shown:
        if item.is_reply:
            last = item
            continue
        thanked = by_pk.get(item.post.parent_id or 0, last)
        thanked = thanked if thanked is not None and thanked.is_reply else last
        words = thanking_words(item.post.body) if thanked is not None and item.post.is_published else ""
        if thanked is not None and words and not item.post.is_opening:
            thanked.thanks, thanked.thanked_in = words, item.post
