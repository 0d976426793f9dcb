"""Gathers the customer's own signs of what a reply did: accepted, voted, thanked, opened the link, raised the rating.

Each is kept in step with what stands: un-accepting or taking a vote back withdraws it. Only the asker's signs count.
Thanks in words are only proposed: what they did is unknown until a person confirms that the customer said so.
"""

from django.db import transaction
from django.db.models import F, Q

from community.threads.models import Post, Vote
from forum.models import Question
from reviews.models import Review
from staff.models import Conversation, Effect, Evidence, HelpfulLink, LinkOpening, Outcome, Reply
from staff.outcomes.recording import Said, stand, withdraw
from staff.triage.thanking import thanking_words


@transaction.atomic
def gather_acceptance(thread_id: int) -> None:
    """The answers that the asker has accepted helped. Accepted by somebody else is no sign of theirs."""
    Question.objects.select_for_update().filter(pk=thread_id).first()
    by_asker = Q(accepted_in__accepted_by=F("thread__author")) | Q(also_accepted__accepted_by=F("thread__author"))
    helped = Post.objects.filter(by_asker, thread=thread_id).exclude(author=F("thread__author"))
    kept = set(helped.values_list("pk", flat=True))
    stale = Outcome.objects.standing().filter(post__thread=thread_id, evidence=Evidence.ACCEPTED).exclude(post__in=kept)
    for outcome in stale:
        withdraw(Said(outcome.post_id), Evidence.ACCEPTED)
    for post_id in kept:
        stand(Said(post_id), Evidence.ACCEPTED, Effect.STRENGTHENED)


@transaction.atomic
def gather_vote(post_id: int) -> None:
    """The asker's vote on a reply: helpful strengthened; not helpful changed nothing."""
    post = Post.objects.select_for_update(of=("self",)).select_related("thread").filter(pk=post_id).first()
    if post is None or post.is_opening or post.author_id == post.thread.author_id:
        return
    vote = Vote.objects.filter(post=post, member=post.thread.author_id).first()
    if vote is None:
        withdraw(Said(post.pk), Evidence.HELPFUL_VOTE)
    else:
        effect = Effect.STRENGTHENED if vote.is_helpful else Effect.NO_CHANGE
        stand(Said(post.pk), Evidence.HELPFUL_VOTE, effect)


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
        stand(Said(last.post_id), Evidence.RATING_RAISED, Effect.STRENGTHENED, words=words)
    else:
        withdraw(Said(last.post_id), Evidence.RATING_RAISED)


@transaction.atomic
def gather_thanks(thread_id: int) -> None:
    """The asker's words of thanks, proposed for the reply that they follow or stand below; edited away, withdrawn."""
    posts = list(
        Post.objects.published().filter(thread=thread_id).select_related("thread").order_by("created_at", "pk")
    )
    thanked = _thanked(posts)
    standing = Outcome.objects.standing().filter(post__thread=thread_id, evidence=Evidence.THANKED)
    for outcome in standing.exclude(post__in=thanked):
        withdraw(Said(outcome.post_id), Evidence.THANKED)
    for post_id, (said_in, words) in thanked.items():
        stand(Said(post_id), Evidence.THANKED, Effect.UNKNOWN, said_in=said_in, words=words)


def _thanked(posts: list[Post]) -> dict[int, tuple[Post, str]]:
    """Replies by somebody else, by number, with the asker's newest words of thanks for each."""
    replies = {post.pk for post in posts if not post.is_opening and post.author_id != post.thread.author_id}
    found: dict[int, tuple[Post, str]] = {}
    last: int | None = None
    for post in posts:
        if post.pk in replies:
            last = post.pk
            continue
        thanked = post.parent_id if post.parent_id in replies else last
        if thanked and not post.is_opening and (words := thanking_words(post.body)):
            found[thanked] = (post, words)
    return found


@transaction.atomic
def gather_private_thanks(conversation: Conversation) -> None:
    """The same for what the customer wrote to us alone."""
    found: dict[int, str] = {}
    last: int | None = None
    for message in conversation.messages.filter(posted_at__isnull=False).order_by("created_at", "pk"):
        if message.is_official:
            last = message.pk
        elif last and (words := thanking_words(message.body)):
            found[last] = words
    for message_id, words in found.items():
        stand(Said(message_id=message_id), Evidence.THANKED, Effect.UNKNOWN, words=words)


def gather_opening(opening: LinkOpening) -> None:
    """The asker opened the link: they took it up; whether it helped is not known yet."""
    link = HelpfulLink.objects.get(pk=opening.link_id)
    if opening.is_asker:
        stand(reply_of(link), Evidence.LINK_OPENED, Effect.UNKNOWN, words=link.need)


def reply_of(link: HelpfulLink) -> Said:
    """The reply in which a link stands."""
    return Said(link.post_id, link.message_id)
