"""Saying whether a post helped, changing one's mind, and taking it back."""

from django.db import transaction
from django.db.models import Count, Q

from community.members.models import Member
from community.threads.events import announce, vote_changed
from community.threads.limits import enforce_change_of_mind, enforce_vote_rates
from community.threads.models import Post, Thread, Vote
from community.threads.permissions import can_take_part, can_vote, require
from community.threads.ranking import wilson_lower_bound


def vote(*, by: Member, post: Post, is_helpful: bool) -> bool:
    """Vote, or change one's vote. False if it stood already. Raises PermissionDenied or TooSoon."""
    require(can_take_part(by), "Sign in to vote.")
    require(post.author_id != by.pk, "You can't vote on your own post.")
    require(can_vote(by, post), "This can't be voted on.")
    standing = _standing(by, post)
    if standing is is_helpful:
        return False
    if standing is None:
        enforce_vote_rates(by)
    else:
        enforce_change_of_mind(by)
    with transaction.atomic():
        _lock(post)
        if _standing(by, post) is is_helpful:  # the other click of a double click came first
            return False
        Vote.objects.update_or_create(post=post, member=by, defaults={"is_helpful": is_helpful})
        recount_votes(post)
    return True


def unvote(*, by: Member, post: Post) -> bool:
    """Take one's vote back. False if there is none. Raises TooSoon."""
    require(can_take_part(by), "Sign in to vote.")
    if _standing(by, post) is None:
        return False
    enforce_change_of_mind(by)
    with transaction.atomic():
        _lock(post)
        taken_back, _ = Vote.objects.filter(post=post, member=by).delete()
        if taken_back:
            recount_votes(post)
    return taken_back > 0


def recount_votes(post: Post) -> None:
    """Set the post's counts and score from its votes, a thread's score from its opening's, and announce it.

    Right whatever happened before; 2 queries, 3 for an opening.
    """
    counts = post.votes.aggregate(helpful=Count("pk", filter=Q(is_helpful=True)), total=Count("pk"))
    post.helpful_count = counts["helpful"]
    post.unhelpful_count = counts["total"] - counts["helpful"]
    post.helpful_score = wilson_lower_bound(counts["helpful"], counts["total"])
    post.save(update_fields=["helpful_count", "unhelpful_count", "helpful_score"])
    if post.is_opening:
        Thread.objects.filter(pk=post.thread_id).update(helpful_score=post.helpful_score)
    announce(vote_changed, post_id=post.pk)


def _standing(by: Member, post: Post) -> bool | None:
    return Vote.objects.filter(post=post, member=by).values_list("is_helpful", flat=True).first()


def _lock(post: Post) -> None:
    """Two people voting at once count one after the other. SQLite's transactions queue by themselves."""
    Post.objects.select_for_update(no_key=True).values_list("pk").get(pk=post.pk)
