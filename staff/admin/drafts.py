"""What agents start from, for administrators: saved replies and links to keep, suggestions to look up."""

from django.contrib import admin

from staff.admin.visible import AboutConversation
from staff.models import CompanyLink, SavedReply, Suggestion


@admin.register(SavedReply)
class SavedReplyAdmin(admin.ModelAdmin):
    list_display = ("title", "category", "times_used", "written_by", "changed_at")
    list_filter = ("category",)
    list_select_related = ("written_by",)
    raw_id_fields = ("written_by",)
    readonly_fields = ("times_used",)
    search_fields = ("title", "category", "body")


@admin.register(CompanyLink)
class CompanyLinkAdmin(admin.ModelAdmin):
    list_display = ("need", "url", "product", "is_on")
    list_filter = ("is_on", "product")
    list_select_related = ("product",)
    raw_id_fields = ("product",)
    search_fields = ("need", "url", "words")


@admin.register(Suggestion)
class SuggestionAdmin(AboutConversation):
    list_display = ("conversation", "kind", "because", "suggested_by", "suggested_at", "used_by", "used_at", "stale_at")
    list_filter = ("kind", ("used_at", admin.EmptyFieldListFilter), "suggested_at")
    list_select_related = ("conversation", "used_by")
    search_fields = ("conversation__subject", "because", "need", "url", "used_by__username")
    date_hierarchy = "suggested_at"
