"""The form on which members say what they allow."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction

from community.members.consenting import CHANNELS, UNLESS_REFUSED, WORDINGS, give_consent, stands, withdraw_consent
from community.members.models import Consent, Member


@dataclass(frozen=True)
class Row:
    """One purpose: the sentence people agree to, and a box for each channel."""

    words: str
    fields: list[forms.BoundField]
    is_unless_refused: bool


class ConsentForm(forms.Form):
    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member
        for purpose, channels in CHANNELS.items():
            for channel in channels:
                self.fields[f"{purpose}-{channel}"] = forms.BooleanField(
                    label=Consent.Channel(channel).label, required=False, initial=stands(member, channel, purpose)
                )

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                WORDINGS[purpose][1],
                [self[f"{purpose}-{channel}"] for channel in channels],
                is_unless_refused=purpose in UNLESS_REFUSED,
            )
            for purpose, channels in CHANNELS.items()
        ]

    @transaction.atomic
    def keep(self, *, source: str) -> int:
        """Note each yes and no that is new; `source`: where the member said so. Returns how many."""
        changed = 0
        for purpose, channels in CHANNELS.items():
            for channel in channels:
                say = give_consent if self.cleaned_data[f"{purpose}-{channel}"] else withdraw_consent
                changed += say(by=self.member, channel=channel, purpose=purpose, source=source)
        return changed
