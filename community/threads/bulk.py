"""Loading many threads at once, for demo content, imports and the bench: no rates, no screening, no events.

    opening, answer = NewPost(mara, "It says hand wash …"), NewPost(tom, "Cold.", votes=[(mara, True)])
    load_threads([NewThread("question", "How do I wash it?", opening, [answer], tags=["wool"])])

Every row's `saved` is its model afterwards, so that the caller can tie more to it. The caller reindexes at the end.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.threads.mentions import find_members
from community.threads.models import Attachment, Edition, Post, Status, Tag, TaggedThread, Thread, Vote
from community.threads.permissions import is_trusted
from community.threads.publishing import recount_all
from community.threads.ranking import wilson_lower_bound
from community.threads.rendering import mentioned_names, render
from community.threads.slugs import slug_of

BATCH = 1000


@dataclass(eq=False)
class NewPost:
    """`votes` are (member, is_helpful), one a member. Give `body_html` if it is known: rendering is slow."""

    author: Member
    body: str
    created_at: datetime = field(default_factory=timezone.now)
    comments: Sequence["NewPost"] = ()
    votes: Sequence[tuple[Member, bool]] = ()
    photos: Sequence[Attachment] = ()
    status: str = Status.PUBLISHED
    status_reason: str = ""
    is_official: bool = False
    edited_at: datetime | None = None
    source: str = Post.Source.PAGE
    body_html: str = ""
    saved: Post = field(init=False, repr=False)


@dataclass(eq=False)
class NewThread:
    """The thread is as old, as visible and by the same author as its opening."""

    kind: str
    title: str
    opening: NewPost
    answers: Sequence[NewPost] = ()
    product: Product | None = None
    tags: Sequence[str] = ()
    closed_at: datetime | None = None
    saved: Thread = field(init=False, repr=False)

    def posts(self) -> Iterator[NewPost]:
        """All of them, those commented on before their comments."""
        for post in (self.opening, *self.answers):
            yield post
            yield from post.comments


@transaction.atomic
def load_threads(rows: Iterable[NewThread]) -> list[Thread]:
    """Save `rows` with posts, votes, tags and photos; all or nothing. About 100,000 short posts in 40 s.

    The same text is rendered once. Give a few thousand threads at a time: what is given is held in memory.
    """
    rows = list(rows)
    _render_all([post for row in rows for post in row.posts()])
    _save_threads(rows)
    _save_posts(rows)
    _save_votes([post for row in rows for post in row.posts()])
    _save_tags(rows)
    for row in rows:
        for post in row.posts():
            if post.photos:
                Attachment.objects.filter(pk__in=[photo.pk for photo in post.photos]).update(post=post.saved)
    pks = [row.saved.pk for row in rows]
    for start in range(0, len(pks), BATCH):
        recount_all(pks[start : start + BATCH])
    Edition.advance()
    return [row.saved for row in rows]


@transaction.atomic
def load_posts(rows: Iterable[tuple[Thread | Post, NewPost]]) -> list[Post]:
    """Add to what is there: an answer (with its comments) under a thread, a comment under a post."""
    rows = list(rows)
    _render_all([post for _, row in rows for post in (row, *row.comments)])
    for place, row in rows:
        if isinstance(place, Thread):
            row.saved = _post(row, place, Post.Kind.ANSWER)
        else:
            row.saved = _post(row, place.thread, Post.Kind.COMMENT, place)
    Post.objects.bulk_create([row.saved for _, row in rows], batch_size=BATCH)
    _save_comments(row for _, row in rows)
    _save_votes([post for _, row in rows for post in (row, *row.comments)])
    recount_all({row.saved.thread_id for _, row in rows})
    Edition.advance()
    return [row.saved for _, row in rows]


def _render_all(posts: list[NewPost]) -> None:
    waiting = [post for post in posts if not post.body_html]
    members = find_members({name for post in waiting for name in mentioned_names(post.body)})
    seen: dict[tuple[str, bool], str] = {}
    for post in waiting:
        key = post.body, is_trusted(post.author)
        if key not in seen:
            seen[key] = render(post.body, is_trusted=key[1], members=members)
        post.body_html = seen[key]


def _save_threads(rows: list[NewThread]) -> None:
    for row in rows:
        opening = row.opening
        row.saved = Thread(
            kind=row.kind,
            author=opening.author,
            product=row.product,
            title=row.title,
            slug=slug_of(row.title),
            status=opening.status,
            helpful_score=_score(opening),
            created_at=opening.created_at,
            last_post_at=opening.created_at,
            last_post_by=opening.author,
            closed_at=row.closed_at,
        )
    Thread.objects.bulk_create([row.saved for row in rows], batch_size=BATCH)


def _save_posts(rows: list[NewThread]) -> None:
    for row in rows:
        row.opening.saved = _post(row.opening, row.saved, Post.Kind.OPENING)
        for answer in row.answers:
            answer.saved = _post(answer, row.saved, Post.Kind.ANSWER)
    tops = [post for row in rows for post in (row.opening, *row.answers)]
    Post.objects.bulk_create([post.saved for post in tops], batch_size=BATCH)
    _save_comments(tops)


def _save_comments(tops: Iterable[NewPost]) -> None:
    """Those on `tops`, which are saved."""
    comments = [(parent, comment) for parent in tops for comment in parent.comments]
    for parent, comment in comments:
        comment.saved = _post(comment, parent.saved.thread, Post.Kind.COMMENT, parent.saved)
    Post.objects.bulk_create([comment.saved for _, comment in comments], batch_size=BATCH)


def _post(new: NewPost, thread: Thread, kind: str, parent: Post | None = None) -> Post:
    helpful = sum(is_helpful for _, is_helpful in new.votes)
    return Post(
        thread=thread,
        author=new.author,
        parent=parent,
        kind=kind,
        body=new.body,
        body_html=new.body_html,
        status=new.status,
        status_reason=new.status_reason,
        status_at=new.created_at,
        withdrawn_from=Status.PUBLISHED if new.status == Status.WITHDRAWN else "",
        is_official=new.is_official,
        helpful_count=helpful,
        unhelpful_count=len(new.votes) - helpful,
        helpful_score=_score(new),
        source=new.source,
        created_at=new.created_at,
        edited_at=new.edited_at,
    )


def _score(new: NewPost) -> float:
    return wilson_lower_bound(sum(is_helpful for _, is_helpful in new.votes), len(new.votes))


def _save_votes(posts: list[NewPost]) -> None:
    votes = (
        Vote(post=post.saved, member=member, is_helpful=is_helpful, created_at=post.created_at)
        for post in posts
        for member, is_helpful in post.votes
    )
    Vote.objects.bulk_create(votes, batch_size=BATCH)


def _save_tags(rows: list[NewThread]) -> None:
    known = {tag.name.casefold(): tag for tag in Tag.objects.all()}
    for name in {name for row in rows for name in row.tags}:
        if name.casefold() not in known:
            known[name.casefold()] = Tag.objects.create(name=name)
    pairs = {(row.saved.pk, known[name.casefold()].pk) for row in rows for name in row.tags}
    tagged = [TaggedThread(content_object_id=thread, tag_id=tag) for thread, tag in sorted(pairs)]
    TaggedThread.objects.bulk_create(tagged, batch_size=BATCH)
