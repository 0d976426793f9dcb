"""Which notifications come by mail, and the weekly digest."""

from typing import Any

from django import forms
from django.db import transaction

from community.members.consenting import WORDINGS
from community.members.models import Consent
from community.notifications.models import MailPreference
from community.notifications.unsubscribing import KINDS, choose_digest, wants_digest


class MailPreferenceForm(forms.ModelForm):
    digest = forms.BooleanField(label=WORDINGS[Consent.Purpose.DIGEST][1], required=False)

    class Meta:
        model = MailPreference
        fields = KINDS
        labels = {"answers": "Something happens in what you follow"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["digest"] = wants_digest(self.instance.member)

        if not self.instance.member.is_desk_reader:
            del self.fields["desk"]

    @property
    def kinds(self) -> list[forms.BoundField]:
        return [self[kind] for kind in KINDS if kind in self.fields]

    @transaction.atomic
    def keep(self, *, source: str) -> None:
        """Save all of it; `source`: where the member said so, for the log of consent."""
        MailPreference.objects.update_or_create(
            member=self.instance.member, defaults={kind.name: self.cleaned_data[kind.name] for kind in self.kinds}
        )
        choose_digest(by=self.instance.member, wanted=self.cleaned_data["digest"], source=source)
