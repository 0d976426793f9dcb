"""Atom feeds (RFC 4287) of what is new: all questions, or those under a tag, in a category, or about a product.

A feed is written once for an Edition: what is hidden or edited is out of it at once, and asking again costs one query.
"""

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from community.branding.models import Branding
from community.products.models import Product
from community.threads.kept import kept
from community.threads.models import Category, Post, Tag, Thread
from community.threads.structured_data import absolute
from forum.tags import tag_meant_by

ENTRIES = 30
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # when an empty feed was updated
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN_ADDRESS = re.compile(r'((?:href|src)=")/(?!/)')


class Written(NamedTuple):
    """A feed's bytes, and when the newest of its entries was written or edited."""

    content: bytes
    updated: datetime


class _Atom(Atom1Feed):
    """With whole texts, where Django's has only summaries."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    return _answer(request, "Questions", "/questions/", _questions())


@require_safe
def of_tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None and (meant := tag_meant_by(slug)):
        return redirect("feed_tag", meant.slug, permanent=True)
    tag = get_object_or_404(Tag, slug=slug)
    return _answer(request, f"Questions tagged {tag.name}", f"/tags/{tag.slug}/", _questions().filter(tags=tag))


@require_safe
def of_category(request: HttpRequest, slug: str) -> HttpResponse:
    category = get_object_or_404(Category, slug=slug)
    threads = _questions().filter(question__category=category)
    return _answer(request, f"Questions in {category.name}", category.get_absolute_url(), threads)


@require_safe
def of_product(request: HttpRequest, slug: str) -> HttpResponse:
    """Questions and reviews: all that people say about it."""
    product = get_object_or_404(Product, slug=slug)
    threads = Thread.objects.listed().filter(product=product)
    return _answer(request, f"Questions and reviews: {product.name}", product.get_absolute_url(), threads)


def _questions() -> QuerySet[Thread]:
    return Thread.objects.listed().questions()


def _answer(request: HttpRequest, title: str, page: str, threads: QuerySet[Thread]) -> HttpResponse:
    """The feed, or 304 to who has it."""
    brand = Branding.current()
    feed = kept.get(
        (request.path, brand.version), lambda: _write(request.path, f"{title} · {brand.name}", page, threads)
    )
    etag, modified = quote_etag(sha256(feed.content).hexdigest()[:32]), int(feed.updated.timestamp())
    response = HttpResponse(feed.content, content_type=_Atom.content_type)
    response["ETag"], response["Last-Modified"] = etag, http_date(modified)
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response


def _write(path: str, title: str, page: str, threads: QuerySet[Thread]) -> Written:
    feed = _Atom(title, absolute(page), "", feed_url=absolute(path), language="en", feed_guid=absolute(path))
    newest = threads.order_by("-created_at", "-pk").values("pk")[:ENTRIES]
    openings = Post.objects.published().filter(kind=Post.Kind.OPENING, thread__in=newest)
    for opening in openings.select_related("author", "thread__review", "thread__author").order_by("-created_at", "-pk"):
        feed.add_item(**_entry(opening))
    return Written(feed.writeString("utf-8").encode(), feed.latest_post_date())


def _entry(opening: Post) -> dict[str, Any]:
    thread, author = opening.thread, opening.author
    review = getattr(thread, "review", None)
    is_named = not author.erased_at and (review is None or review.is_named)
    stars = f"{review.stars} of 5 stars: " if review else ""
    html = _OWN_ADDRESS.sub(rf"\1{settings.SITE_URL}/", opening.body_html)
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "title": _clean(stars + thread.title),
        "link": absolute(thread.get_absolute_url()),
        "description": None,
        "html": _clean(html),
        "author_name": _clean(opening.byline),
        "author_link": absolute(author.get_absolute_url()) if is_named else None,
        "pubdate": opening.created_at,
        "updateddate": opening.edited_at or opening.created_at,
        "unique_id": f"tag:{host},{opening.created_at:%Y-%m-%d}:thread/{thread.pk}",
    }


def _clean(text: str) -> str:
    """Without the characters that no XML can hold."""
    return _NOT_IN_XML.sub("", text)
