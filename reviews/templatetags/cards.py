"""Draws a review and a product as cards. Their templates get plain facts alone, so that a drawing can be remembered."""

from datetime import date
from typing import NamedTuple

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, now

from community.branding.drawing import address, draw
from community.branding.templatetags.look import when
from community.products.models import Product
from community.threads.models import Attachment, Post
from community.threads.rendering import plain_text
from community.threads.templatetags.said import File, Person, Photo, person
from reviews.labels import Labels, labels_of
from reviews.models import Review
from reviews.permissions import Acts
from reviews.reading import Shown
from reviews.updating import SOONEST, age_in_words

register = template.Library()
EXCERPT = 280  # characters of a review set apart


class Reply(NamedTuple):
    anchor: str
    name: str
    when: str
    body_html: str
    status: str


class Update(NamedTuple):
    """What the reviewer added later, and what its reader may do to it."""

    pk: int
    anchor: str
    title: str
    when: str
    body_html: str
    edited: str
    status: str
    photos: tuple[Photo, ...]
    acts: Acts


class ReviewCard(NamedTuple):
    """Everything that reviews/card.html shows."""

    pk: int
    anchor: str
    url: str
    level: int
    author: Person
    when: str
    labels: Labels
    stars: int
    title: str
    body_html: str
    pros: str
    cons: str
    recommends: bool | None
    said: tuple[str, ...]
    used: str
    edited: str
    photos: tuple[Photo, ...]
    helpful_count: int
    my_vote: bool | None
    acts: Acts
    change_url: str
    update_url: str
    updates: tuple[Update, ...]
    replies: tuple[Reply, ...]


class TopReview(NamedTuple):
    """Everything that products/top_review.html shows: the beginning of a review, and where all of it is."""

    title: str
    excerpt: str
    stars: int
    url: str
    name: str
    when: str
    labels: Labels
    helpful_count: int


class Picture(NamedTuple):
    """What components/product_card.html shows of a product."""

    name: str
    slug: str
    image: File | None
    image_width: int | None
    image_height: int | None


class Stars(NamedTuple):
    mean: float | None
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here


class ProductCard(NamedTuple):
    """Everything that components/product_card.html shows."""

    product: Picture
    rating: Stars
    question_count: int
    level: int


@register.simple_tag
def review_card(shown: Shown, level: int = 3) -> SafeString:
    """A review as its list shows it; with level 1 as its own page does. No query."""
    opening, review, thread = shown.opening, shown.review, shown.opening.thread
    facts = ReviewCard(
        pk=opening.pk,
        anchor=opening.anchor,
        url=address("review", thread.pk),
        level=level,
        author=_author(review),
        when=when(opening.created_at),
        labels=labels_of(review),
        stars=review.stars,
        title=thread.title,
        body_html=opening.body_html,
        pros=review.pros,
        cons=review.cons,
        recommends=review.recommends,
        said=tuple(shown.said),
        used=_month(review.experience_date),
        edited=_edited(opening),
        photos=tuple(_photo(photo) for photo in shown.photos),
        helpful_count=opening.helpful_count,
        my_vote=shown.my_vote,
        acts=shown.acts,
        change_url=address("write_review", review.product.slug) if shown.acts.edit else "",
        update_url=address("update_review", thread.pk) if _may_add_update(shown) else "",
        updates=tuple(_update(shown, update) for update in shown.updates),
        replies=tuple(_reply(reply) for reply in shown.replies),
    )
    return draw("reviews/card.html", facts)


@register.simple_tag
def top_review(shown: Shown) -> SafeString:
    """A review set apart above the list, in short. No query."""
    review, opening = shown.review, shown.opening
    facts = TopReview(
        title=opening.thread.title,
        excerpt=plain_text(opening.body_html, EXCERPT),
        stars=review.stars,
        url=address("review", opening.thread_id),
        name=review.shown_name,
        when=when(opening.created_at),
        labels=labels_of(review),
        helpful_count=opening.helpful_count,
    )
    return draw("products/top_review.html", facts)


@register.simple_tag
def product_card(product: Product, question_count: int = 0, level: int = 2) -> SafeString:
    """A product with its rating loaded, if it has one. No query."""
    rating = getattr(product, "rating", None)
    image = File(product.image.url) if product.image else None
    facts = ProductCard(
        product=Picture(product.name, product.slug, image, product.image_width, product.image_height),
        rating=Stars(rating.mean, rating.count) if rating else Stars(None, 0),
        question_count=question_count,
        level=level,
    )
    return draw("components/product_card.html", facts)


def _author(review: Review) -> Person:
    """As they chose to appear: short of the full name nothing that leads to the account."""
    return person(review.thread.author) if review.is_named else Person(0, review.shown_name, "", "", False)


def _month(day: date | None) -> str:
    return date_format(day, "F Y") if day else ""


def _photo(photo: Attachment) -> Photo:
    large, medium, small = (File(size.url) for size in (photo.large, photo.medium, photo.small))
    return Photo(large, medium, small, photo.alt, photo.width, photo.height)


def _edited(post: Post) -> str:
    return date_format(localtime(post.edited_at), "j F Y") if post.edited_at else ""


def _status(post: Post) -> str:
    return "" if post.is_published else post.status


def _reply(reply: Post) -> Reply:
    return Reply(reply.anchor, reply.author.name, when(reply.created_at), reply.body_html, _status(reply))


def _may_add_update(shown: Shown) -> bool:
    """Is it time for one? Nobody is led to a page that says “not yet”; one's own list says from when."""
    last_said = max(post.created_at for post in (shown.opening, *shown.updates))
    return shown.acts.update and now() >= last_said + SOONEST


def _update(shown: Shown, update: Post) -> Update:
    return Update(
        pk=update.pk,
        anchor=update.anchor,
        title=age_in_words(shown.opening.created_at, update.created_at),
        when=when(update.created_at),
        body_html=update.body_html,
        edited=_edited(update),
        status=_status(update),
        photos=tuple(_photo(photo) for photo in shown.update_photos.get(update.pk, ())),
        acts=shown.update_acts.get(update.pk, Acts()),
    )
