"""Who hears of a post, and why. One reason a person: the most personal one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from community.members.models import Member
from community.notifications.models import Level, Notification, Subscription, SubscriptionQuerySet
from community.threads.models import Post, Thread
from community.threads.rendering import mentioned_members

Kind = Notification.Kind
IMPERSONAL = (Kind.QUESTION, Kind.ANSWER, Kind.FOLLOWED)


@dataclass(frozen=True)
class Reason:
    """Why somebody hears of a post, and whether by mail too."""

    kind: str
    by_mail: bool = True


Reasons = dict[int, Reason]


def audience_of(post: Post) -> Reasons:
    """By member id. Who muted it is left out; the author is not, `tell_all` sees to that. 6 queries at most."""
    reasons = _reasons(_followers_of_subjects(post), Kind.QUESTION if post.is_opening else _said(post))
    reasons |= _reasons(_followers_of_author(post), Kind.FOLLOWED)
    if not post.is_opening:
        reasons |= _reasons(_levels(Subscription.objects.following().filter(thread=post.thread_id)), _said(post))
    if post.parent:
        reasons[post.parent.author_id] = Reason(Kind.COMMENT)
    reasons |= mentioned_in(post)
    if post.is_official and not post.is_opening:
        reasons[post.thread.author_id] = Reason(Kind.COMPANY)
    return as_wanted(reasons, post)


def mentioned_in(post: Post) -> Reasons:
    return {member.pk: Reason(Kind.MENTION) for member in mentioned_members(post.body)}


def as_wanted(reasons: Reasons, post: Post) -> Reasons:
    """Without those who muted the thread, its author, or what it is about; without mail for “bell only”.

    Following the thread, or being spoken to, counts more than having muted its product or tag.
    """
    levels = _levels(Subscription.objects.filter(thread=post.thread_id, member__in=reasons))
    follows = {member for member, level in levels.items() if level >= Level.TRACKING}
    bored = _who_mute_subjects(post.thread, reasons) - follows
    silent = {member for member, level in levels.items() if level == Level.MUTED} | _who_ignore(post, reasons)
    silent |= {member for member in bored if reasons[member].kind in IMPERSONAL}
    return {
        member: Reason(reason.kind, reason.by_mail and levels.get(member) != Level.TRACKING)
        for member, reason in reasons.items()
        if member not in silent
    }


def wants_no_mail(member: Member, thread: Thread) -> bool:
    """Muted, or to be heard of in the bell only."""
    levels = (Level.MUTED, Level.TRACKING)
    return Subscription.objects.filter(member=member, thread=thread, level__in=levels).exists()


def _said(post: Post) -> str:
    return Kind.COMMENT if post.parent_id else Kind.ANSWER


def _reasons(levels: dict[int, int], kind: str) -> Reasons:
    return {member: Reason(kind, level >= Level.WATCHING) for member, level in levels.items()}


def _levels(subscriptions: SubscriptionQuerySet) -> dict[int, int]:
    """By member id, the highest level that one has."""
    return dict(subscriptions.order_by("level").values_list("member_id", "level"))


def _about(thread: Thread) -> Q:
    """Subscriptions to what a thread is about. A review is no question: its product's page and the digest show it."""
    question = getattr(thread, "question", None)
    about = Q(tag__in=thread.tags.all())
    if thread.product_id:
        about |= Q(product=thread.product_id)
    if question is not None and question.category_id:
        about |= Q(category=question.category_id)
    return about


def _followers_of_subjects(post: Post) -> dict[int, int]:
    """Of a new question all who follow what it is about; of what is said in it those who want every post."""
    if post.thread.kind != Thread.Kind.QUESTION:
        return {}
    wanted = Level.TRACKING if post.is_opening else Level.EVERYTHING
    return _levels(Subscription.objects.filter(_about(post.thread), level__gte=wanted))


def _followers_of_author(post: Post) -> dict[int, int]:
    """Of questions and answers. Never of a review: it may stand there without its author's name."""
    if post.thread.kind != Thread.Kind.QUESTION or post.kind == Post.Kind.COMMENT:
        return {}
    return _levels(Subscription.objects.following().filter(person=post.author_id))


def _who_ignore(post: Post, members: Iterable[int]) -> set[int]:
    """Who muted the author. What is said for the company, or by a reviewer on their review, reaches them too."""
    is_reviewer = post.thread.kind == Thread.Kind.REVIEW and post.author_id == post.thread.author_id
    if post.is_official or is_reviewer:
        return set()
    return _members(Subscription.objects.muted().filter(person=post.author_id, member__in=members))


def _who_mute_subjects(thread: Thread, members: Iterable[int]) -> set[int]:
    if thread.kind != Thread.Kind.QUESTION:
        return set()
    return _members(Subscription.objects.muted().filter(_about(thread), member__in=members))


def _members(subscriptions: SubscriptionQuerySet) -> set[int]:
    return set(subscriptions.values_list("member_id", flat=True))


def told_of(post: Post) -> list[Member]:
    """Those with something unread that can only be read while `post` can: itself, and what stands below it."""
    below = Q(post__thread=post.thread_id) if post.is_opening else Q(post=post) | Q(post__parent=post)
    return list(Member.objects.filter(pk__in=Notification.objects.filter(below).unread().values("member")))
