"""Flags and decisions as an administrator reads them: nothing here can be changed, only looked up."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.moderation.models import Decision, Flag


class ReadOnlyAdmin(admin.ModelAdmin):
    """A log: looked at, never added to, changed or deleted by hand."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "reason", "weight", "member", "thread", "is_settled", "was_upheld"]
    list_filter = ["reason", "was_upheld", ("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["member", "post__thread"]
    search_fields = ["member__username", "note", "post__thread__title"]
    date_hierarchy = "created_at"

    @admin.display(description="thread")
    def thread(self, flag: Flag) -> str:
        return flag.post.thread.title

    @admin.display(boolean=True, description="settled")
    def is_settled(self, flag: Flag) -> bool:
        return flag.settled_at is not None


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "action", "reason", "moderator", "thread", "status_before"]
    list_filter = ["action", "reason", "status_before"]
    list_select_related = ["moderator", "post__thread"]
    search_fields = ["moderator__username", "body", "note", "post__thread__title"]
    date_hierarchy = "created_at"

    @admin.display(description="thread")
    def thread(self, decision: Decision) -> str:
        return decision.post.thread.title
