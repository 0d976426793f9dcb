"""What several tests of reviews stand on."""

import pytest

from community.products.models import Product
from reviews.models import ReviewAttribute


@pytest.fixture
def fit(product: Product) -> ReviewAttribute:
    words = {"low_label": "Runs small", "middle_label": "True to size", "high_label": "Runs large"}
    return ReviewAttribute.objects.create(category=product.category, name="Fit", slug="fit", kind="fit", **words)
