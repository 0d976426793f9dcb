"""Sources and mentions, to look up. They are managed at /staff/listening/."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.members.read_only import ReadOnlyAdmin
from staff.models import Mention, Source


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "is_on", "polled_at", "failures", "last_error")
    list_filter = ("kind", "is_on")
    search_fields = ("name", "url")
    exclude = ("secret",)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody reads a secret here: it is shown once, when it is made."""
        return ("secret",)


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "source", "author", "tone", "published_at", "seen_at")
    list_filter = ("source", "tone")
    search_fields = ("author", "title", "text", "url")
    list_select_related = ("source",)
