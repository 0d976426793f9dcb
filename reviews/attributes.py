"""What a review says of its product's attributes: quality, value, fit. Which are asked depends on the category."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from community.products.models import Product
from reviews.models import AttributeRating, Review, ReviewAttribute
from reviews.models.attribute import HIGHEST, LOWEST


def asked_about(product: Product) -> list[ReviewAttribute]:
    """What a reviewer of `product` is asked besides stars, in order. One query."""
    return list(ReviewAttribute.objects.filter(category=product.category_id, is_asked=True))


def rated(review: Review) -> dict[int, int]:
    """What `review` says: attribute's pk → 1 to 5. One query."""
    return dict(review.attribute_ratings.values_list("attribute", "value"))


def rated_by_name(review: Review) -> dict[str, int]:
    """As `rated`, by what the attributes are called now: for the history, which outlives them."""
    return dict(review.attribute_ratings.order_by("attribute__position").values_list("attribute__name", "value"))


def refuse_foreign(product: Product, attributes: Mapping[int, int]) -> None:
    """Raise ValidationError unless each is asked of `product` and its value is a whole number from 1 to 5."""
    if not attributes:
        return
    if not set(attributes) <= {attribute.pk for attribute in asked_about(product)}:
        raise ValidationError("One of these questions is no longer asked about this product. Open the page again.")
    if any(type(value) is not int or not LOWEST <= value <= HIGHEST for value in attributes.values()):
        raise ValidationError("Choose one of the five steps, or leave it out.")


def rate(review: Review, attributes: Mapping[int, int]) -> bool:
    """Let `review` say this of all that is asked today; what is no longer asked stays. False if it said so already."""
    if not would_change(review, attributes):
        return False
    review.attribute_ratings.filter(attribute__in=[one.pk for one in asked_about(review.product)]).delete()
    AttributeRating.objects.bulk_create(
        AttributeRating(review=review, attribute_id=pk, value=value) for pk, value in attributes.items()
    )
    return True


def would_change(review: Review, attributes: Mapping[int, int]) -> bool:
    """Would `rate` change anything?"""
    asked = {attribute.pk for attribute in asked_about(review.product)}
    return {pk: value for pk, value in rated(review).items() if pk in asked} != dict(attributes)
