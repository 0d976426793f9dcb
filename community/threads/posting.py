"""Opening threads, answering and commenting: the way every post comes into the community."""

from collections.abc import Iterable
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
from community.threads.permissions import can_answer, can_comment, can_take_part, is_trusted, require
from community.threads.publishing import recount
from community.threads.rendering import render
from community.threads.screening import screen
from community.threads.slugs import slug_of


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
    create = partial(_create_thread, by, kind, title, body, product, tuple(tags), tuple(photos), submission_key)
    return _once(by, submission_key, create).thread


def add_answer(
    *,
    by: Member,
    thread: Thread,
    body: str,
    photos: Iterable[Attachment] = (),
    is_official: bool = False,
    submission_key: UUID | None = None,
) -> Post:
    """Answer a question, or reply to a review. Raises as open_thread does; `is_official` is for staff only."""
    require(can_answer(by, thread), "This conversation takes no further answers.")
    require(not is_official or by.is_responder, "Only staff reply for the company.")
    create = partial(_create_post, by, thread, None, Post.Kind.ANSWER, body, tuple(photos), is_official, submission_key)
    return _once(by, submission_key, create)


def add_comment(
    *, by: Member, parent: Post, body: str, is_official: bool = False, submission_key: UUID | None = None
) -> Post:
    """Comment on an opening or an answer. Raises as open_thread does."""
    require(can_comment(by, parent), "This can't be commented on.")
    require(not is_official or by.is_responder, "Only staff reply for the company.")
    create = partial(_create_post, by, parent.thread, parent, Post.Kind.COMMENT, body, (), is_official, submission_key)
    return _once(by, submission_key, create)


def _once(by: Member, key: UUID | None, create: Any) -> Post:
    """Run `create`, unless this submission made a post already. Two parallel ones: the database lets one through."""
    existing = _made_by(by, key)
    if existing:
        return existing
    try:
        with transaction.atomic():
            return create()
    except (IntegrityError, TooSoon):  # perhaps because the other click of a double click came first
        existing = _made_by(by, key)
        if existing is None:
            raise
        return existing


def _made_by(by: Member, key: UUID | None) -> Post | None:
    return by.posts.select_related("thread").filter(submission_key=key).first() if key else None


def _create_thread(
    by: Member,
    kind: str,
    title: str,
    body: str,
    product: Product | None,
    tags: tuple[str, ...],
    photos: tuple[Attachment, ...],
    key: UUID | None,
) -> Post:
    enforce_thread_rates(by, kind)
    enforce_new_text(by, body)
    verdict = screen(by=by, text=body, title=title, photos=photos)
    thread = Thread.objects.create(
        kind=kind,
        author=by,
        product=product,
        title=title,
        slug=slug_of(title),
        status=verdict.status,
        last_post_by=by,
    )
    if tags:
        thread.tags.add(*tags)
    return _write(by, thread, None, Post.Kind.OPENING, body, photos, False, key, verdict.status, verdict.reason)


def _create_post(
    by: Member,
    thread: Thread,
    parent: Post | None,
    kind: str,
    body: str,
    photos: tuple[Attachment, ...],
    is_official: bool,
    key: UUID | None,
) -> Post:
    enforce_post_rates(by, kind)
    enforce_new_text(by, body)
    verdict = screen(by=by, text=body, photos=photos)
    return _write(by, thread, parent, kind, body, photos, is_official, key, verdict.status, verdict.reason)


def _write(
    by: Member,
    thread: Thread,
    parent: Post | None,
    kind: str,
    body: str,
    photos: tuple[Attachment, ...],
    is_official: bool,
    key: UUID | None,
    status: str,
    reason: str,
) -> Post:
    post = Post.objects.create(
        thread=thread,
        author=by,
        parent=parent,
        kind=kind,
        body=body,
        body_html=render(body, is_trusted=is_trusted(by)),
        status=status,
        status_reason=reason,
        is_official=is_official,
        submission_key=key,
    )
    attach((*photos, *photos_named_in(body, by=by)), post=post, by=by)
    recount(thread.pk)
    if status == Status.PUBLISHED:
        announce(post_published, post_id=post.pk)
    return post
