"""A manager lists a shop's origin, or takes it off the list. Both hold at once."""

from typing import Any

from django import forms
from django.db import transaction

from community.members.models import Member
from community.threads.models import Edition
from community.threads.permissions import require
from reviews.models import ShopOrigin

SENTENCE = "Managers say which shops show reviews. Ask one of them."


class ShopForm(forms.ModelForm):
    class Meta:
        model = ShopOrigin
        fields = ["origin", "note"]
        labels = {"origin": "Address of the shop"}
        error_messages = {"origin": {"unique": "This shop is on the list already."}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["origin"].widget.attrs |= {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}


@transaction.atomic
def list_shop(*, by: Member, form: ShopForm) -> ShopOrigin:
    """Save a valid form. Raises PermissionDenied."""
    require(by.is_manager, SENTENCE)
    shop: ShopOrigin = form.save()
    Edition.advance()
    return shop


@transaction.atomic
def unlist_shop(*, by: Member, pk: int) -> bool:
    """Take it off; False if it was off already. Raises PermissionDenied."""
    require(by.is_manager, SENTENCE)
    removed, _ = ShopOrigin.objects.filter(pk=pk).delete()
    if removed:
        Edition.advance()
    return bool(removed)
