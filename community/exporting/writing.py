"""Everything public, one line of JSON a thing (docs/exporting.md), with 200 threads in memory at a time.

Rows are chosen by the readers' own doors, as a stranger: what is hidden, held, withdrawn or private never gets here.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import timezone

from community.branding.models import Branding
from community.members.models import Member
from community.products.models import Product, ProductCategory
from community.threads.models import Category, Post, Status, Tag, TaggedThread, Thread
from forum.models import AlsoAccepted, Question

FORMAT = 1
BATCH = 200
Row = dict[str, Any]


def lines() -> Iterator[str]:
    """The export, line by line: community, categories, products, tags, then threads with their posts."""
    for row in rows():
        yield f"{json.dumps(row, ensure_ascii=False)}\n"


def rows() -> Iterator[Row]:
    yield _community()
    yield from _categories()
    yield from _products()
    yield from ({"kind": "tag", "name": name} for name in _tags())
    yield from _threads()


def _community() -> Row:
    return {
        "kind": "community",
        "format": FORMAT,
        "name": Branding.current().name,
        "address": settings.SITE_URL,
        "exported_at": timezone.now().isoformat(),
    }


def _categories() -> Iterator[Row]:
    for category in Category.objects.all():
        yield {
            "kind": "category",
            "slug": category.slug,
            "name": category.name,
            "description": category.description,
        }


def _tags() -> Iterable[str]:
    """Those that something public stands under."""
    in_use = TaggedThread.objects.filter(content_object__status=Status.PUBLISHED)
    return Tag.objects.filter(pk__in=in_use.values("tag")).order_by("name").values_list("name", flat=True)


def _products() -> Iterator[Row]:
    shelves = dict(ProductCategory.objects.values_list("pk", "name"))
    for product in Product.objects.order_by("pk").iterator(BATCH):
        yield {
            "kind": "product",
            "slug": product.slug,
            "sku": product.sku,
            "name": product.name,
            "shelf": shelves.get(product.category_id, ""),
            "description": product.description,
            "address": product.get_absolute_url(),
        }


def _threads() -> Iterator[Row]:
    start = 0
    while batch := _batch(start):
        threads = [thread.pk for thread in batch]
        also = {
            row.post_id: row for row in AlsoAccepted.objects.filter(question__in=threads).select_related("accepted_by")
        }
        said = Post.objects.published().filter(thread__in=threads).select_related("author", "thread")
        said = said.order_by("thread_id", "created_at", "pk")
        posts = {key: list(group) for key, group in groupby(said, key=lambda post: post.thread_id)}
        for thread in batch:
            yield _thread(thread, posts.get(thread.pk, []), also)
        start = threads[-1]


def _batch(after: int) -> list[Thread]:
    found = Thread.objects.listed().filter(pk__gt=after).order_by("pk").prefetch_related("tagged__tag")
    related = "question__category", "question__accepted_by", "question__duplicate_by", "question__duplicate_of__thread"
    return list(found.select_related("author", "product", "review", *related)[:BATCH])


def _thread(thread: Thread, posts: Iterable[Post], also: dict[int, AlsoAccepted]) -> Row:
    posts = list(posts)
    row: Row = {
        "kind": "thread",
        "thread": thread.kind,
        "id": thread.pk,
        "title": thread.title,
        "address": thread.get_absolute_url(),
        "product": thread.product.slug if thread.product else None,
        "tags": sorted(tagged.tag.name for tagged in thread.tagged.all()),
        "created_at": thread.created_at.isoformat(),
        "closed_at": thread.closed_at.isoformat() if thread.closed_at else None,
    }
    if thread.kind == Thread.Kind.REVIEW:
        return row | {"review": _review(thread), "posts": [_post(post, thread, None) for post in posts]}
    question = thread.question
    accepted = _accepted(question.accepted_by, question.accepted_at) if question.accepted_post_id else None
    chosen: dict[int | None, Row | None] = {question.accepted_post_id: accepted} if accepted else {}
    chosen |= {row.post_id: _accepted(row.accepted_by, row.accepted_at) for row in also.values()}
    row |= {"category": question.category.slug, "me_too": question.me_too_count}
    row |= {"duplicate": _duplicate(question)}
    return row | {"posts": [_post(post, thread, chosen.get(post.pk)) for post in posts]}


def _duplicate(question: Question) -> Row | None:
    """Which question it repeats, if that can be read."""
    original = question.duplicate_of
    if original is None or not original.thread.is_published or not (question.duplicate_by and question.duplicate_at):
        return None
    return {"of": original.pk, "by": author(question.duplicate_by), "at": question.duplicate_at.isoformat()}


def _review(thread: Thread) -> Row:
    review = thread.review
    return {
        "stars": review.stars,
        "recommends": review.recommends,
        "experience_date": review.experience_date.isoformat() if review.experience_date else None,
        "pros": review.pros,
        "cons": review.cons,
        "is_verified": review.is_verified,
        "is_incentivised": review.is_incentivised,
    }


def _post(post: Post, thread: Thread, accepted: Row | None) -> Row:
    row = {
        "id": post.pk,
        "post": post.kind,
        "on": post.parent_id,
        "author": _author_of(post, thread),
        "is_official": post.is_official,
        "body": post.body,
        "helpful": post.helpful_count,
        "unhelpful": post.unhelpful_count,
        "created_at": post.created_at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
    }
    return row | ({"accepted": accepted} if accepted else {})


def _author_of(post: Post, thread: Thread) -> Row:
    """A reviewer as they chose to be called: without anything that leads to the member, unless under the full name."""
    is_reviewer = thread.kind == Thread.Kind.REVIEW and post.author_id == thread.author_id
    if is_reviewer and not thread.review.is_named:
        return {"id": None, "username": "", "name": thread.review.shown_name, "is_staff": False}
    return author(post.author)


def author(member: Member) -> Row:
    """The public names. An erased member has none left."""
    if member.erased_at:
        return {"id": None, "username": "", "name": member.name, "is_staff": False}
    return {"id": member.pk, "username": member.username, "name": member.name, "is_staff": member.is_responder}


def _accepted(by: Member | None, at: Any) -> Row | None:
    return {"by": author(by), "at": at.isoformat()} if by and at else None
