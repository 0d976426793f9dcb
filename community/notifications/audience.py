"""Who hears of a post, and why. One reason a person: the most personal one."""

from django.db.models import Q

from community.members.models import Member
from community.notifications.models import Notification, Subscription
from community.threads.models import Post, Thread
from community.threads.rendering import mentioned_members

Kind = Notification.Kind
Kinds = dict[int, str]


def audience_of(post: Post) -> Kinds:
    """By member id. Who muted the thread is left out; the author is not, `tell_all` sees to that."""
    kinds: Kinds = {}
    if post.is_opening:
        kinds |= dict.fromkeys(_followers_of_subjects(post.thread), Kind.QUESTION)
    else:
        kinds |= dict.fromkeys(_followers(post.thread), Kind.COMMENT if post.parent else Kind.ANSWER)
    if post.parent:
        kinds[post.parent.author_id] = Kind.COMMENT
    kinds |= mentioned_in(post)
    if post.is_official and not post.is_opening:
        kinds[post.thread.author_id] = Kind.COMPANY
    return without_muted(kinds, post.thread)


def mentioned_in(post: Post) -> Kinds:
    return {member.pk: Kind.MENTION for member in mentioned_members(post.body)}


def without_muted(kinds: Kinds, thread: Thread) -> Kinds:
    muted = Subscription.objects.filter(thread=thread, is_muted=True, member__in=kinds)
    silent = set(muted.values_list("member_id", flat=True))
    return {member: kind for member, kind in kinds.items() if member not in silent}


def _followers(thread: Thread) -> list[int]:
    return list(Subscription.objects.following().filter(thread=thread).values_list("member_id", flat=True))


def _followers_of_subjects(thread: Thread) -> set[int]:
    """Of a new question's product and tags. A review is no question: the product's page and feeds show it."""
    if thread.kind != Thread.Kind.QUESTION:
        return set()
    following = Subscription.objects.following()
    of_tags = following.filter(tag__in=thread.tags.all())
    of_product = following.filter(product=thread.product_id) if thread.product_id else following.none()
    return set(of_tags.values_list("member_id", flat=True)) | set(of_product.values_list("member_id", flat=True))


def told_of(post: Post) -> list[Member]:
    """Those with something unread that can only be read while `post` can: itself, and what stands below it."""
    below = Q(post__thread=post.thread_id) if post.is_opening else Q(post=post) | Q(post__parent=post)
    return list(Member.objects.filter(pk__in=Notification.objects.filter(below).unread().values("member")))
