"""The list of shops, for administrators and managers."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from community.threads.models import Edition
from reviews.models import ShopOrigin


@admin.register(ShopOrigin)
class ShopOriginAdmin(admin.ModelAdmin):
    """A change holds at once: answers to shops are kept for one Edition."""

    list_display = ["origin", "note", "created_at"]
    search_fields = ["origin", "note"]
    fields = ["origin", "note"]

    def save_model(self, request: HttpRequest, obj: ShopOrigin, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            Edition.advance()

    def delete_model(self, request: HttpRequest, obj: ShopOrigin) -> None:
        with transaction.atomic():
            super().delete_model(request, obj)
            Edition.advance()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ShopOrigin]) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            Edition.advance()
