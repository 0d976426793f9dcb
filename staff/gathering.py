"""Gathers the customer's own signs of what a reply did: accepted, voted, opened the link, raised the rating.

Each is kept in step with what stands: un-accepting or taking a vote back withdraws it. Only the asker's signs count.
"""

from django.db import transaction
from django.db.models import F, Q

from community.threads.models import Post, Vote
from forum.models import Question
from reviews.models import Review
from staff.models import Effect, Evidence, HelpfulLink, LinkOpening, Outcome, Reply
from staff.outcomes import stand, withdraw


@transaction.atomic
def gather_acceptance(thread_id: int) -> None:
    """The answers that the asker has accepted helped. Accepted by somebody else is no sign of theirs."""
    Question.objects.select_for_update().filter(pk=thread_id).first()
    by_asker = Q(accepted_in__accepted_by=F("thread__author")) | Q(also_accepted__accepted_by=F("thread__author"))
    helped = Post.objects.filter(by_asker, thread=thread_id).exclude(author=F("thread__author"))
    kept = set(helped.values_list("pk", flat=True))
    stale = Outcome.objects.standing().filter(post__thread=thread_id, evidence=Evidence.ACCEPTED).exclude(post__in=kept)
    for outcome in stale:
        withdraw(outcome.post_id, Evidence.ACCEPTED)
    for post_id in kept:
        stand(post_id, Evidence.ACCEPTED, Effect.STRENGTHENED)


@transaction.atomic
def gather_vote(post_id: int) -> None:
    """The asker's vote on a reply: helpful strengthened; not helpful changed nothing."""
    post = Post.objects.select_for_update(of=("self",)).select_related("thread").filter(pk=post_id).first()
    if post is None or post.is_opening or post.author_id == post.thread.author_id:
        return
    vote = Vote.objects.filter(post=post, member=post.thread.author_id).first()
    if vote is None:
        withdraw(post.pk, Evidence.HELPFUL_VOTE)
    else:
        stand(post.pk, Evidence.HELPFUL_VOTE, Effect.STRENGTHENED if vote.is_helpful else Effect.NO_CHANGE)


@transaction.atomic
def gather_rating(thread_id: int) -> None:
    """The customer raised the rating after our last reply."""
    review = Review.objects.filter(pk=thread_id).first()
    replies = Reply.objects.select_for_update(of=("self",)).filter(post__thread=thread_id, stars_then__isnull=False)
    last = replies.order_by("-post__created_at").first()
    if review is None or last is None or last.stars_then is None:
        return
    if review.stars > last.stars_then:
        words = f"From {last.stars_then} to {review.stars} stars"
        stand(last.post_id, Evidence.RATING_RAISED, Effect.STRENGTHENED, words=words)
    else:
        withdraw(last.post_id, Evidence.RATING_RAISED)


def gather_opening(opening: LinkOpening) -> None:
    """The asker opened the link: they took it up; whether it helped is not known yet."""
    link = HelpfulLink.objects.select_related("post").get(pk=opening.link_id)
    if opening.is_asker:
        stand(link.post_id, Evidence.LINK_OPENED, Effect.UNKNOWN, words=link.need)
