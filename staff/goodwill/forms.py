"""What agents and managers fill in about goodwill."""

from typing import Any

from django import forms

from community.members.text import LineField
from staff.goodwill.giving import free_in
from staff.list_form import BroughtListForm, file_field, list_field
from staff.models import Campaign, Conversation
from staff.one_to_one.forms import AloneForm


class GiveForm(AloneForm):
    """A message to one customer, with a code out of a campaign."""

    because = LineField(label="Why?", max_length=200, help_text="For colleagues; the customer does not see it.")

    def __init__(self, *args: Any, campaigns: list[Campaign], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("is_holding", "link_need", "link_url"):
            del self.fields[name]
        queryset = Campaign.objects.filter(pk__in=[campaign.pk for campaign in campaigns])
        first = next(iter(campaigns), None)
        chosen = forms.ModelChoiceField(
            queryset, label="Campaign", empty_label=None, widget=forms.RadioSelect, initial=first
        )
        chosen.choices = [(campaign.pk, f"{campaign.name} · {free_in(campaign)} left") for campaign in campaigns]
        self.fields["campaign"] = chosen


def give_form_for(conversation: Conversation, campaigns: list[Campaign], note: str, **initial: Any) -> GiveForm:
    name = conversation.customer.name if conversation.customer else ""
    body = f"Dear {name},\n\nthank you for talking to us. Please take this code, with our best wishes."
    values = {"type": conversation.type or conversation.type_suggested, "note": note, "body": body} | initial
    return GiveForm(takes_note=bool(note), campaigns=campaigns, initial=values, prefix="alone")


class CampaignForm(forms.ModelForm):
    class Meta:
        model = Campaign
        fields = ("name", "terms", "is_on", "ends_on")
        labels = {"name": "Name", "terms": "What the customer is told with the code", "ends_on": "Last day"}
        help_texts = {
            "terms": "For example “10 € off your next order, until the end of May”.",
            "ends_on": "Empty: none.",
        }
        widgets = {"ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class CodesForm(BroughtListForm):
    pasted = "codes"
    codes = list_field("Codes, one a line", rows=6)
    file = file_field("With a column “code”, or codes first.")
