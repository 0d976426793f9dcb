"""Looking words up within one product's reviews.

Not the site's search index: a filter has to count exactly, hold together with stars and photos in one query, and know
a review the moment it is published, worker or not. So each review's words are folded once, when it is said: small
letters, no accents, English endings off. Looking up is a LIKE on those of one product, which reads them all.
"""

import re
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from community.search.words import STOP_WORDS, WORD, plain, root
from community.threads.models import Post, Status, Thread
from community.threads.rendering import plain_text
from reviews.models import Review, ReviewWords

LONGEST = 100
MOST_WORDS = 8
BATCH = 500
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


def folded(*texts: str) -> str:
    """“ warm on the hill | i wash it cold ”: a phrase never reaches from one text into the next."""
    return f" {' | '.join(' '.join(_roots(text)) for text in texts if text)} "


def pieces(typed: str) -> list[str]:
    """What a review's words have to contain, every one: “ jump” for a word that begins so, “ dri flat ” for a phrase.

    Stop words are passed over, unless there is nothing else. At most 8; none for a text without a word.
    """
    typed = typed[:LONGEST]
    phrases = [f" {' '.join(roots)} " for phrase in _QUOTED.findall(typed) if (roots := list(_roots(phrase)))]
    words = WORD.findall(_QUOTED.sub(" ", typed))
    telling = [word for word in words if plain(word) not in STOP_WORDS]
    begun = [f" {kept}" for word in telling or ([] if phrases else words) if (kept := root(word))]
    return list(dict.fromkeys([*phrases, *begun]))[:MOST_WORDS]


def keep_words(review_ids: Iterable[int]) -> int:
    """Write the words of these reviews anew from what stands; how many there are. 2 queries for 500."""
    said: dict[int, list[Post]] = {}
    wanted = Q(kind=Post.Kind.OPENING) | Q(kind=Post.Kind.UPDATE, status=Status.PUBLISHED)
    posts = Post.objects.filter(wanted, thread__in=list(review_ids), thread__review__isnull=False)
    for post in posts.select_related("thread__review").order_by("thread", "created_at", "pk"):
        said.setdefault(post.thread_id, []).append(post)
    rows = [ReviewWords(review_id=pk, text=_words_of(posts)) for pk, posts in said.items()]
    ReviewWords.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["review"], update_fields=["text"]
    )
    return len(rows)


def keep_missing_words(product_id: int) -> int:
    """Those of the product's reviews that came by a bulk load; how many there were. 1 query when there is none."""
    missing = Review.objects.filter(thread__product_id=product_id, thread__kind=Thread.Kind.REVIEW, words=None)
    ids = list(missing.values_list("pk", flat=True))
    return sum(keep_words(ids[first : first + BATCH]) for first in range(0, len(ids), BATCH))


@transaction.atomic
def keep_words_of_post(post_id: int) -> None:
    """After what `post_id` says has come, changed or gone; nothing for a post that is no part of a review's text."""
    posts = Post.objects.filter(pk=post_id, kind__in=(Post.Kind.OPENING, Post.Kind.UPDATE))
    keep_words(posts.filter(thread__kind=Thread.Kind.REVIEW).values_list("thread", flat=True))


def _words_of(posts: list[Post]) -> str:
    thread = posts[0].thread
    texts = (plain_text(post.body_html) for post in posts)
    return folded(thread.title, thread.review.pros, thread.review.cons, *texts)


def _roots(text: str) -> Iterator[str]:
    return filter(None, map(root, WORD.findall(text)))
