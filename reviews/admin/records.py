"""The log of reviews. Its readable form is the desk's page “History for a regulator”."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from reviews.models import RefusalLetter, ReviewRecord


@admin.register(ReviewRecord)
class ReviewRecordAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "title", "stars", "version", "actor", "reason")
    list_filter = ("kind", "at")
    list_select_related = ("review__thread", "actor")
    search_fields = ("review__thread__title", "review__thread__product__name", "actor__username")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    actions = None

    @admin.display(ordering="review__thread__title")
    def title(self, record: ReviewRecord) -> str:
        return record.review.thread.title


@admin.register(RefusalLetter)
class RefusalLetterAdmin(ReadOnlyAdmin):
    list_display = ("decision", "claimed_at", "sent_at")
    list_select_related = ("decision",)
    date_hierarchy = "claimed_at"
    actions = None
