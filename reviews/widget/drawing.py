"""Draws the widget: what all reviews of a product say together, and its newest ones, whatever their stars."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, IntegerField, Value, When
from django.utils.formats import date_format
from django.utils.timezone import localtime

from community.branding.drawing import draw
from community.branding.models import Branding
from community.products.models import Product
from community.threads.rendering import plain_text
from community.threads.structured_data import absolute
from reviews import reading
from reviews.labels import labels_of
from reviews.listing import Choice
from reviews.models import RatingSummary
from reviews.reading import Shown
from reviews.widget.answers import urls_of

SHOWN = 5
EXCERPT = 320  # characters
NEWEST = Choice(sort="newest")  # the one order, and no filter: nobody can choose another
STRANGER = AnonymousUser()


class Bar(NamedTuple):
    stars: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    share: int


class Said(NamedTuple):
    """One review in the widget."""

    url: str
    stars: int
    title: str
    text: str
    author: str
    posted: str
    updated: str
    labels: tuple[str, ...]
    photos: int
    is_answered: bool


class Widget(NamedTuple):
    """Everything that widget/body.html shows."""

    product: str
    community: str
    mean: float | None
    count: int  # type: ignore[assignment]
    listed: int
    insiders: int
    recommend_share: int | None
    recommend_count: int
    recommend_asked: int
    bars: tuple[Bar, ...]
    said: tuple[Said, ...]
    urls: tuple[tuple[str, str], ...]
    is_page: bool

    @property
    def url(self) -> dict[str, str]:
        return dict(self.urls)


def find(key: str, *, by_sku: bool = False) -> Product | None:
    """The product of this slug or else SKU, or of this SKU alone, with its rating. One query."""
    products = reading.with_page_data(Product.objects.all(), STRANGER, NEWEST)
    if by_sku:
        return products.filter(sku=key).first()
    by_slug = Case(When(slug=key, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (products.filter(slug=key) | products.filter(sku=key)).order_by(by_slug).first()


def draw_widget(product: Product, *, is_page: bool) -> str:
    """Its HTML: a page's body, or what a script puts into a shop's page. 3 queries, however many reviews there are."""
    rating = getattr(product, "rating", None) or RatingSummary(product=product, count=0)
    page = reading.page_of_reviews(product, STRANGER, NEWEST, 1)
    shown = page.object_list[:SHOWN]
    if shown:
        reading.add_photos(shown)
        reading.add_replies(shown)
    facts = Widget(
        product=product.name,
        community=Branding.current().name,
        mean=rating.mean,
        count=rating.count,
        listed=rating.listed_count,
        insiders=rating.insider_count,
        recommend_share=rating.recommend_share,
        recommend_count=rating.recommend_count,
        recommend_asked=rating.recommend_asked,
        bars=_bars(rating),
        said=tuple(_said(one) for one in shown),
        urls=tuple(urls_of(product).items()),
        is_page=is_page,
    )
    return draw("widget/body.html", facts)


def _bars(rating: RatingSummary) -> tuple[Bar, ...]:
    return tuple(Bar(stars, count, rating.share_of(stars)) for stars, count in rating.histogram.items())


def _said(shown: Shown) -> Said:
    opening, review = shown.opening, shown.review
    return Said(
        url=absolute(opening.thread.get_absolute_url()),
        stars=review.stars,
        title=opening.thread.title,
        text=plain_text(opening.body_html, EXCERPT),
        author=review.shown_name,
        posted=_day(opening.created_at),
        updated=_day(shown.updates[-1].created_at) if shown.updates else "",
        labels=tuple(label.words for label in labels_of(review)),
        photos=len(shown.photos),
        is_answered=bool(shown.replies),
    )


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
