"""Views of the queue that agents keep."""

from django.contrib import admin

from staff.models import SavedView


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin):
    list_display = ["name", "member", "query", "created_at"]
    search_fields = ["name", "member__username", "member__display_name"]
    list_select_related = ["member"]
    autocomplete_fields = ["member"]
