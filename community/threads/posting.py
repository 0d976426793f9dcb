"""Opening threads, answering and commenting: the way every post comes into the community."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from community.members.limits import TooSoon
from community.members.models import Member
from community.products.models import Product
from community.threads.attaching import attach, photos_named_in
from community.threads.events import announce, post_published
from community.threads.limits import enforce_new_text, enforce_post_rates, enforce_thread_rates
from community.threads.models import Attachment, Post, Status, Thread
from community.threads.permissions import can_answer, can_comment, can_take_part, can_update, is_trusted, require
from community.threads.publishing import recount
from community.threads.rendering import render
from community.threads.screening import Verdict, screen
from community.threads.seeing import mark_own_post
from community.threads.slugs import slug_of
from community.threads.tagging import proper_tags


@dataclass(frozen=True)
class Submission:
    """What somebody sends to be posted."""

    by: Member
    body: str
    photos: tuple[Attachment, ...] = ()
    key: UUID | None = None
    is_official: bool = False
    source: str = Post.Source.PAGE


def open_thread(
    *,
    by: Member,
    kind: str,
    title: str,
    body: str,
    product: Product | None = None,
    tags: Iterable[str] = (),
    photos: Iterable[Attachment] = (),
    submission_key: UUID | None = None,
) -> Thread:
    """Open a thread with its first post. The same `submission_key` again returns the thread it made.

    Raises PermissionDenied, TooSoon, or ValidationError (caps). The thread may come back held for a moderator.
    """
    require(can_take_part(by), "Sign in to post.")
    sent = Submission(by, body, tuple(photos), submission_key)
    create = partial(_create_thread, kind, title, product, tuple(tags))
    return _once(sent, create, kind=Post.Kind.OPENING, thread__kind=kind).thread


def add_answer(
    *,
    by: Member,
    thread: Thread,
    body: str,
    photos: Iterable[Attachment] = (),
    is_official: bool = False,
    submission_key: UUID | None = None,
    source: str = Post.Source.PAGE,
) -> Post:
    """Answer a question, or reply to a review. Raises as open_thread does; `is_official` is for staff only."""
    require(can_answer(by, thread), "This conversation takes no further answers.")
    require(not is_official or by.is_responder, "Only staff reply for the company.")
    require(not is_official or not _is_replied_to(thread, submission_key), "The company has replied to this review.")
    sent = Submission(by, body, tuple(photos), submission_key, is_official, source)
    return _once(sent, partial(_create_post, thread, Post.Kind.ANSWER, None), thread=thread, parent=None)


def add_update(
    *, by: Member, thread: Thread, body: str, photos: Iterable[Attachment] = (), submission_key: UUID | None = None
) -> Post:
    """Add, as the author of a review, what came of it since. Raises as open_thread does; when is for reviews to say."""
    require(can_update(by, thread), "Only its author can add to a review, while it is published.")
    sent = Submission(by, body, tuple(photos), submission_key)
    return _once(sent, partial(_create_post, thread, Post.Kind.UPDATE, None), thread=thread, kind=Post.Kind.UPDATE)


def add_comment(
    *,
    by: Member,
    parent: Post,
    body: str,
    is_official: bool = False,
    submission_key: UUID | None = None,
    source: str = Post.Source.PAGE,
) -> Post:
    """Comment on an opening or an answer. Raises as open_thread does."""
    require(can_comment(by, parent), "This can't be commented on.")
    require(not is_official or by.is_responder, "Only staff reply for the company.")
    sent = Submission(by, body, key=submission_key, is_official=is_official, source=source)
    return _once(sent, partial(_create_post, parent.thread, Post.Kind.COMMENT, parent), parent=parent)


def _is_replied_to(thread: Thread, key: UUID | None) -> bool:
    """A review takes one reply of the company, which can be changed; not counting what this very form made."""
    if thread.kind != Thread.Kind.REVIEW:
        return False
    standing = thread.posts.filter(kind=Post.Kind.ANSWER, is_official=True, status=Status.PUBLISHED)
    return (standing.exclude(submission_key=key) if key else standing).exists()


def _once(sent: Submission, create: Callable[[Submission], Post], **place: Any) -> Post:
    """Run `create`, unless this submission made a post at `place` already. Of two parallel ones the database takes one.

    A key that made something elsewhere counts for nothing: else its thread would pass for the one that is opened here.
    """
    existing = _made_by(sent)
    if existing and existing.body == sent.body and _is_at(existing, place):
        return existing
    if existing:  # the browser went back to a used form, and something else was written there
        sent = replace(sent, key=None)
    try:
        with transaction.atomic():
            return create(sent)
    except (IntegrityError, TooSoon):  # perhaps because the other click of a double click came first
        existing = _made_by(sent)
        if existing is None or not _is_at(existing, place):
            raise
        return existing


def _made_by(sent: Submission) -> Post | None:
    if sent.key is None:
        return None
    return sent.by.posts.select_related("thread").filter(submission_key=sent.key).first()


def _is_at(post: Post, place: dict[str, Any]) -> bool:
    return Post.objects.filter(pk=post.pk, **place).exists()


def _create_thread(kind: str, title: str, product: Product | None, tags: tuple[str, ...], sent: Submission) -> Post:
    enforce_thread_rates(sent.by, kind)
    enforce_new_text(sent.by, sent.body)
    verdict = screen(by=sent.by, text=sent.body, title=title, photos=sent.photos)
    thread = Thread.objects.create(
        kind=kind,
        author=sent.by,
        product=product,
        title=title,
        slug=slug_of(title),
        status=verdict.status,
        last_post_by=sent.by,
    )
    if tags:
        thread.tags.add(*proper_tags(tags))
    return _write(sent, verdict, thread, Post.Kind.OPENING)


def _create_post(thread: Thread, kind: str, parent: Post | None, sent: Submission) -> Post:
    enforce_post_rates(sent.by, kind)
    enforce_new_text(sent.by, sent.body)
    verdict = screen(by=sent.by, text=sent.body, photos=sent.photos)
    return _write(sent, verdict, thread, kind, parent)


def _write(sent: Submission, verdict: Verdict, thread: Thread, kind: str, parent: Post | None = None) -> Post:
    post = Post.objects.create(
        thread=thread,
        author=sent.by,
        parent=parent,
        kind=kind,
        body=sent.body,
        body_html=render(sent.body, is_trusted=is_trusted(sent.by)),
        status=verdict.status,
        status_reason=verdict.reason,
        is_official=sent.is_official,
        submission_key=sent.key,
        source=sent.source,
    )
    attach((*sent.photos, *photos_named_in(sent.body, by=sent.by)), post=post, by=sent.by)
    recount(thread.pk)
    mark_own_post(by=sent.by, thread_id=thread.pk, at=post.created_at)
    if post.is_published:
        announce(post_published, post_id=post.pk)
    return post
