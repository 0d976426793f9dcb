"""Reports and decisions, for administrators: to look up. Deciding is done on the moderation desk."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from community.moderation.models import Decision, Flag


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    list_display = ("thread", "reason", "weight", "member", "created_at", "is_settled", "was_upheld")
    list_filter = ("reason", "was_upheld", ("settled_at", admin.EmptyFieldListFilter), "created_at")
    list_select_related = ("member", "post__thread")
    search_fields = ("post__thread__title", "member__username", "note")
    date_hierarchy = "created_at"

    @admin.display(ordering="post__thread__title")
    def thread(self, flag: Flag) -> str:
        return flag.post.thread.title

    @admin.display(boolean=True, description="settled")
    def is_settled(self, flag: Flag) -> bool:
        return flag.settled_at is not None


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ("thread", "action", "reason", "moderator", "created_at", "status_before")
    list_filter = ("action", "reason", "status_before", "created_at")
    list_select_related = ("moderator", "post__thread")
    search_fields = ("post__thread__title", "moderator__username", "note")
    date_hierarchy = "created_at"

    @admin.display(ordering="post__thread__title")
    def thread(self, decision: Decision) -> str:
        return decision.post.thread.title
