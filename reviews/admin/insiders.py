"""The brand's mail domains. A change is at once a change of labels and averages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reviews.insiders import label_insiders
from reviews.models import InsiderDomain


@admin.register(InsiderDomain)
class InsiderDomainAdmin(admin.ModelAdmin):
    list_display = ("domain", "note", "created_at")
    search_fields = ("domain", "note")

    def save_model(self, request: HttpRequest, obj: InsiderDomain, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        label_insiders()

    def delete_model(self, request: HttpRequest, obj: InsiderDomain) -> None:
        super().delete_model(request, obj)
        label_insiders()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[InsiderDomain]) -> None:
        super().delete_queryset(request, queryset)
        label_insiders()
