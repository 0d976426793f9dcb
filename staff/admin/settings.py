"""The desk's settings: one row. What each reason weighs is a field of its own, from the list of detectors."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from staff.models import DeskSettings, Reason
from staff.triage.detectors import DETECTORS

HEAVIEST = 20
PREFIX = "weight_"


def _weight_field(kind: str, weight: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=Reason(kind=kind).get_kind_display(),
        required=False,
        min_value=0,
        max_value=HEAVIEST,
        widget=forms.NumberInput(attrs={"placeholder": weight, "class": "vIntegerField"}),
        help_text=f"The rule's own weight is {weight}. 0 switches it off.",
    )


class SettingsForm(forms.ModelForm):
    """Weights left empty, or equal to the rule's own, are not kept: the rule may then change its mind."""

    locals().update({PREFIX + each.kind: _weight_field(each.kind, each.weight) for each in DETECTORS})

    class Meta:
        model = DeskSettings
        fields = (
            "time_zone",
            "unanswered_hours",
            "escalate_hours",
            "claim_minutes",
            "quiet_months",
            "company_words",
            "competitors",
            "category_words",
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind, weight in self.instance.weights.items():
            if PREFIX + kind in self.fields:
                self.initial[PREFIX + kind] = weight

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        pressing, first = given.get("escalate_hours"), given.get("unanswered_hours")
        if pressing and first and pressing < first:
            self.add_error(
                "escalate_hours", "It can't become pressing before it needs us. Write as many hours or more."
            )
        return given

    def save(self, commit: bool = True) -> DeskSettings:
        given = ((each, self.cleaned_data.get(PREFIX + each.kind)) for each in DETECTORS)
        self.instance.weights = {each.kind: value for each, value in given if value not in (None, each.weight)}
        return super().save(commit)


@admin.register(DeskSettings)
class DeskSettingsAdmin(admin.ModelAdmin):
    """One row: the list leads straight to it."""

    form = SettingsForm
    readonly_fields = ("elsewhere",)
    fieldsets = (
        (None, {"fields": ("elsewhere",)}),
        ("When somebody is there", {"fields": ("time_zone",)}),
        ("How soon", {"fields": ("unanswered_hours", "escalate_hours", "claim_minutes", "quiet_months")}),
        ("Words to look for", {"fields": ("company_words", "competitors", "category_words")}),
        (
            "What each reason weighs",
            {
                "fields": [PREFIX + each.kind for each in DETECTORS],
                "description": "The sum of what stands orders the queue. Empty: as the rule says.",
            },
        ),
    )

    @admin.display(description="Elsewhere")
    def elsewhere(self, _: DeskSettings) -> SafeString:
        return format_html(
            '<a href="{}">Try triage on a text</a> · <a href="{}">Categories that only the company answers</a>',
            reverse("try_triage"),
            reverse("admin:threads_category_changelist"),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        DeskSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:staff_desksettings_change", args=[1]))
