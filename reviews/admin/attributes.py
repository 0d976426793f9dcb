"""What reviewers are asked besides stars, by category of product. What was said is never deleted with the question."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reviews.models import ReviewAttribute

MEANT = ("category", "kind", "low_label", "middle_label", "high_label")


@admin.register(ReviewAttribute)
class ReviewAttributeAdmin(admin.ModelAdmin):
    list_display = ["name", "category", "kind", "low_label", "middle_label", "high_label", "position", "is_asked"]
    list_editable = ["position", "is_asked"]
    list_filter = ["category", "is_asked", "kind"]
    list_select_related = ["category"]
    search_fields = ["name", "category__name"]
    ordering = ["category__position", "category__name", "position", "pk"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["category", "name", "slug", "position", "is_asked"]}),
        (
            "The five steps",
            {
                "fields": ["kind", "low_label", "middle_label", "high_label"],
                "description": "Reviewers choose one of five steps, or leave it out. It never changes the stars.",
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Once somebody has answered, what they answered stays: other words would turn their meaning round."""
        return list(MEANT) if obj is not None and obj.ratings.exists() else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return self.prepopulated_fields if obj is None else {}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said would go with it: unset “is asked” instead."""
        is_answered = obj is not None and obj.ratings.exists()
        return not is_answered and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting many at once would not ask each whether it was answered."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}
