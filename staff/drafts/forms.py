"""What staff fill in to keep what agents start from: saved replies, and the company's links."""

from typing import Any

from django import forms

from community.members.text import LineField, TextField
from community.products.models import Product
from community.threads.forms import RefusableForm
from staff.models import CompanyLink


class SavedReplyForm(RefusableForm):
    title = LineField(label="Title", max_length=80, help_text="What colleagues look for, for example “Washing wool”.")
    category = LineField(label="Category", max_length=40, required=False, help_text="For example “Care”.")
    body = TextField(
        label="Text",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Markdown. {customer} and {product} are filled in with the conversation's.",
    )


class CompanyLinkForm(forms.ModelForm):
    need = LineField(label="What a customer needs", max_length=120, help_text="For example “how to wash wool”.")
    words = TextField(
        label="Words by which it is proposed",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line, for example “wash” or “felted”. One of them in the conversation is enough.",
    )

    class Meta:
        model = CompanyLink
        fields = ("need", "url", "words", "product", "is_on")
        labels = {"url": "Address", "product": "Only for this product", "is_on": "Propose it"}
        error_messages = {"url": {"unique": "This address is in the list already."}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product"] = forms.ModelChoiceField(
            Product.objects.all(), label="Only for this product", required=False, empty_label="Any product"
        )
