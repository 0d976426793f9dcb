"""Hours, days off and targets, for administrators; the work is done at /staff/clocks/."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest

from community.members.read_only import ReadOnlyAdmin
from staff.clocks.setting import overlap
from staff.models import Holiday, OpenRange, SlaEvent, SlaPolicy


class OpenRangeForm(ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"weekday", "opens_at", "closes_at"} <= cleaned.keys():
            same_day = OpenRange.objects.filter(weekday=cleaned["weekday"]).exclude(pk=self.instance.pk)
            ranges = [(cleaned["opens_at"], cleaned["closes_at"]), *same_day.values_list("opens_at", "closes_at")]
            if overlap(ranges):
                raise ValidationError("This overlaps with another range of that day. Make them one.")
        return cleaned


@admin.register(OpenRange)
class OpenRangeAdmin(admin.ModelAdmin):
    form = OpenRangeForm
    list_display = ("weekday", "opens_at", "closes_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """At /staff/clocks/, where the last range is kept."""
        return False


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ("day", "name")
    search_fields = ("name",)
    date_hierarchy = "day"


@admin.register(SlaPolicy)
class SlaPolicyAdmin(admin.ModelAdmin):
    list_display = ("name", "position", "product", "category", "type", "least_priority", "first_reply_minutes", "is_on")
    list_select_related = ("product", "category")
    list_filter = ("is_on", "type")
    search_fields = ("name",)


@admin.register(SlaEvent)
class SlaEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "conversation", "target", "kind", "waiting_since", "due_at", "policy")
    list_filter = ("kind", "target", "policy", "at")
    list_select_related = ("conversation",)
    search_fields = ("conversation__subject",)
    date_hierarchy = "at"
