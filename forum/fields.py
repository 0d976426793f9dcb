"""Fields that file a question: its product, its subject and its tags. Scripts make searchable lists of them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.urls import reverse_lazy

from community.members.text import tidy_line
from community.products.models import Product
from community.threads.fields import MOST_TAGS, TagsField
from community.threads.models import Category

PRODUCTS_OFFERED = 200


class SlugChoiceField(forms.ModelChoiceField):
    """A row chosen by its slug."""

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(queryset, to_field_name="slug", **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(tidy_line(str(value or "")))


class _ByCategory(ModelChoiceIterator):
    """Products under the headings of their categories."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for name, products in groupby(self.queryset, key=lambda product: product.category.name):
            yield name, [self.choice(product) for product in products]


class ProductField(SlugChoiceField):
    """Of thousands a list offers the first 200; a script searches all of them."""

    iterator = _ByCategory

    def __init__(self) -> None:
        super().__init__(
            Product.objects.none(),
            label="Which product is it about?",
            required=False,
            empty_label="None, or all of them",
            error_messages={"invalid_choice": "Choose a product from the list, or none of them."},
            widget=forms.Select(attrs={"data-combobox": reverse_lazy("product_choices")}),
        )

    def offer(self, chosen: str) -> None:
        """Those on sale, and the one whose slug is `chosen` even if it is not."""
        in_order = ("category__position", "category__name", "name")
        first = Product.objects.on_sale().order_by(*in_order).values("pk")[:PRODUCTS_OFFERED]
        self.queryset = (
            Product.objects.filter(Q(pk__in=first) | Q(slug=tidy_line(chosen)))
            .select_related("category")
            .order_by(*in_order)
        )


class CategoryField(SlugChoiceField):
    def __init__(self) -> None:
        super().__init__(
            Category.objects.all(),
            label="Subject",
            empty_label="Choose one",
            error_messages={"invalid_choice": "Choose a subject from the list."},
        )


class QuestionTagsField(TagsField):
    def __init__(self) -> None:
        super().__init__(
            label="Tags",
            required=False,
            help_text=f"At most {MOST_TAGS}, with commas between. For example: wool, washing",
            widget=forms.TextInput(attrs={"autocomplete": "off", "data-tags": reverse_lazy("tag_choices")}),
        )
