"""A product's picture, as an administrator uploads it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.products.models import Product
from tests.threads.pictures_to_send import picture, upload, with_secrets


def fields_of(product: Product) -> dict[str, Any]:
    """What the admin's form sends, without a picture."""
    fields = {"name": "Fell Jumper", "slug": "fell-jumper", "sku": "AT-100", "category": product.category_id}
    return fields | {"outside_names-TOTAL_FORMS": 0, "outside_names-INITIAL_FORMS": 0}


def test_a_product_picture_is_kept_as_every_photo_is(
    admin: Member, product: Product, as_: Callable[..., Client]
) -> None:
    fields = fields_of(product)
    as_(admin).post(
        reverse("admin:products_product_change", args=[product.pk]), {**fields, "image": upload(with_secrets(6))}
    )
    product.refresh_from_db()
    assert str(product.image.name).endswith(".webp")
    assert (product.image_width, product.image_height) == (40, 60)
    assert b"Secret" not in Path(product.image.path).read_bytes()


@pytest.mark.parametrize("content", [b"words", picture(kind="BMP")])
def test_a_product_picture_that_is_none_is_refused(
    content: bytes, admin: Member, product: Product, as_: Callable[..., Client]
) -> None:
    fields = fields_of(product)
    response = as_(admin).post(
        reverse("admin:products_product_change", args=[product.pk]), {**fields, "image": upload(content)}
    )
    assert "not a picture" in response.content.decode()
