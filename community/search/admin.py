"""The log of searches, for administrators: to read."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from community.search.models import SearchEntry


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    list_display = ["text", "results", "clicked_rank", "is_narrowed", "created_at"]
    list_filter = ["created_at", "is_narrowed"]
    search_fields = ["text"]
    search_help_text = "What was searched for"
    show_full_result_count = False
