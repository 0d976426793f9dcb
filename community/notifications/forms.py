"""Which notifications come by mail."""

from django import forms

from community.notifications.models import MailPreference
from community.notifications.unsubscribing import KINDS


class MailPreferenceForm(forms.ModelForm):
    class Meta:
        model = MailPreference
        fields = KINDS
