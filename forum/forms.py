"""What a person fills in to ask and to answer."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.urls import reverse_lazy

from community.members.models import Member
from community.members.text import tidy_line
from community.products.models import Product
from community.threads.fields import MOST_TAGS, BodyField, TagsField, TitleField
from community.threads.forms import BODY_LIMITS, PostForm
from community.threads.models import Category, Post
from forum.asking import asked_before
from forum.models import Question

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
    iterator = _ByCategory


class QuestionForm(PostForm):
    """`by` may be None: somebody who has yet to sign in. `offered` is the slug of a product to offer in any case.

    `twin` is the question that has been asked under the same title, if that is what the form was refused for.
    """

    title = TitleField(
        label="Your question in one line",
        help_text="For example: How do I get pine resin off a waxed jacket?",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-hx-get": reverse_lazy("similar"),
                "data-hx-trigger": "input changed delay:400ms",
                "data-hx-target": "#similar",
                "data-hx-sync": "this:replace",
            }
        ),
    )
    product = ProductField(
        Product.objects.none(),
        label="Which product is it about?",
        required=False,
        empty_label="None, or all of them",
        error_messages={"invalid_choice": "Choose a product from the list, or none of them."},
    )
    category = SlugChoiceField(
        Category.objects.all(),
        label="Subject",
        empty_label="Choose one",
        error_messages={"invalid_choice": "Choose a subject from the list."},
    )
    body = BodyField(
        *BODY_LIMITS[Post.Kind.OPENING],
        label="The details",
        help_text="What have you tried, and what happened? Everybody reads this, so leave out order numbers.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    tags = TagsField(
        label="Tags", required=False, help_text=f"At most {MOST_TAGS}, with commas between. For example: wool, washing"
    )
    is_different = forms.BooleanField(label="Mine is a different question. Post it anyway.", required=False)

    def __init__(self, *args: Any, by: Member | None, offered: str = "", **options: Any) -> None:
        super().__init__(*args, by=by, **options)  # type: ignore[arg-type]
        self.twin: Question | None = None
        self._offer_products(tidy_line(self.data.get("product", "") or offered))
        if by is None:
            del self.fields["new_photos"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("is_different"):
            self.twin = asked_before(cleaned["title"], unless=cleaned.get("submission_key"))
        if self.twin:
            self.add_error("title", "This has been asked before.")
        return cleaned

    def _offer_products(self, chosen: str) -> None:
        """Those on sale, and the chosen one even if it is not."""
        in_order = ("category__position", "category__name", "name")
        first = Product.objects.on_sale().order_by(*in_order).values("pk")[:PRODUCTS_OFFERED]
        field: Any = self.fields["product"]
        field.queryset = (
            Product.objects.filter(Q(pk__in=first) | Q(slug=chosen)).select_related("category").order_by(*in_order)
        )


class AnswerForm(PostForm):
    """`by` may be None: somebody who has yet to sign in."""

    body = BodyField(
        *BODY_LIMITS[Post.Kind.ANSWER],
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, by: Member | None, **options: Any) -> None:
        super().__init__(*args, by=by, **options)  # type: ignore[arg-type]
        if by is None:
            del self.fields["new_photos"]
