"""Google's product review feed, version 2.4: all stars, elements in the order that its schema demands, streamed.

Left out are reviews by the company's own people, whom Google does not accept as reviewers and no average counts.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.utils.crypto import salted_hmac

from community.branding.models import Branding
from community.exporting.reviews.masking import allowed_in_xml, masked
from community.exporting.reviews.reading import Leaving, leaving
from community.products.models import Product
from community.threads.rendering import plain_text
from community.threads.structured_data import absolute
from reviews.names import NameShown

VERSION = "2.4"
SCHEMA = "http://www.google.com/shopping/reviews/schema/product/2.4/product_reviews.xsd"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<feed xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:noNamespaceSchemaLocation="{SCHEMA}">\n'
)
TAIL = "</reviews>\n</feed>\n"


def feed() -> Iterator[str]:
    """The feed, review by review."""
    brand = Branding.current().name
    yield HEAD
    yield f"{_element('version', VERSION)}\n<publisher>{_element('name', brand)}</publisher>\n<reviews>\n"
    for one in leaving():
        if not one.review.is_insider:
            yield _review(one, brand)
    yield TAIL


def _review(one: Leaving, brand: str) -> str:
    """The order of these lines is the order that the schema demands."""
    review, thread = one.review, one.review.thread
    parts = (
        _element("review_id", review.pk),
        f"<reviewer>{_reviewer(one)}</reviewer>",
        _element("is_verified_purchase", _true(review.is_verified)),
        _element("is_incentivized_review", _true(review.is_incentivised)),
        _element("review_timestamp", _timestamp(thread.created_at)),
        _element("title", masked(thread.title)),
        _element("content", masked(plain_text(one.opening.body_html)) or masked(thread.title)),
        _element("review_language", settings.LANGUAGE_CODE.partition("-")[0]),
        _wrapped("pros", "pro", [masked(review.pros)]),
        _wrapped("cons", "con", [masked(review.cons)]),
        _element("review_url", absolute(thread.get_absolute_url()), type="singleton"),
        _images(one),
        f"<ratings>{_element('overall', review.stars, min=1, max=5)}</ratings>",
        f"<products><product>{_product(review.product, brand)}</product></products>",
        _element("is_spam", "false"),
        _element("collection_method", "post_fulfillment" if review.campaign_id else "unsolicited"),
        _transaction(one),
    )
    return f"<review>{''.join(parts)}</review>\n"


def _reviewer(one: Leaving) -> str:
    if one.review.name_shown == NameShown.ANONYMOUS:
        return _element("name", "Anonymous", is_anonymous="true")
    return _element("name", masked(one.review.shown_name), is_anonymous="false")


def _images(one: Leaving) -> str:
    images = (f"<reviewer_image>{_element('url', absolute(photo.large.url))}</reviewer_image>" for photo in one.photos)
    inside = "".join(images)
    return f"<reviewer_images>{inside}</reviewer_images>" if inside else ""


def _product(product: Product, brand: str) -> str:
    ids = (
        _wrapped("gtins", "gtin", [product.gtin]),
        _wrapped("mpns", "mpn", [product.mpn]),
        _wrapped("skus", "sku", [product.sku]),
        _wrapped("brands", "brand", [brand]),
    )
    address = product.shop_url or absolute(product.get_absolute_url())
    return (
        f"<product_ids>{''.join(ids)}</product_ids>"
        f"{_element('product_name', product.name)}{_element('product_url', address)}"
    )


def _transaction(one: Leaving) -> str:
    """The order, so that two reviews of one order can be told to be so; its number stays here."""
    purchase = one.review.purchase
    if purchase is None:
        return ""
    return _element("transaction_id", salted_hmac("google feed", purchase.reference, algorithm="sha256").hexdigest())


def _wrapped(name: str, inner: str, values: Iterable[str]) -> str:
    inside = "".join(_element(inner, value) for value in values if value)
    return f"<{name}>{inside}</{name}>" if inside else ""


def _element(name: str, value: object, **attributes: object) -> str:
    said = "".join(f" {key}={quoteattr(str(word))}" for key, word in attributes.items())
    return f"<{name}{said}>{escape(allowed_in_xml(str(value)))}</{name}>"


def _true(value: bool) -> str:
    return "true" if value else "false"


def _timestamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
