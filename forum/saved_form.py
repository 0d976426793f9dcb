"""What a person fills in to save a list of questions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.urls import reverse

from community.members.text import LineField
from forum.listing import Choice


class SavedListForm(forms.Form):
    """`query` is the part of the list's address after “?”; cleaned to what a list understands."""

    name = LineField(
        label="Name of this list",
        max_length=60,
        help_text="For yourself alone. A name that you have used already gets this list.",
        error_messages={"required": "Give the list a name."},
    )
    query = forms.CharField(max_length=600, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        try:
            choice = Choice.from_address(QueryDict(self.cleaned_data["query"]))
        except Http404 as error:
            raise ValidationError("There is no such list of questions any more.") from error
        query = choice.query()
        if not choice.is_narrowed or len(query) > 300:
            raise ValidationError("Narrow the list down first: this is every question.")
        return query

    def list_address(self) -> str:
        return f"{reverse('questions')}?{self.cleaned_data['query']}"

    def add_error(self, field: Any, error: Any) -> None:
        """A hidden field's errors stand at the top."""
        super().add_error(None if field == "query" else field, error)
