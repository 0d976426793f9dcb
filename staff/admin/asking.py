"""“Did this help you?”, for administrators to look up."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from staff.models import HelpQuestion


@admin.register(HelpQuestion)
class HelpQuestionAdmin(ReadOnlyAdmin):
    list_display = ("thread", "member", "asked_at", "mail_due_at", "answer", "words", "answered_at")
    list_filter = ("answer", "asked_at")
    list_select_related = ("thread", "member")
    search_fields = ("thread__title", "member__username", "words")
    date_hierarchy = "asked_at"
