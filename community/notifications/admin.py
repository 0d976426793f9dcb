"""Who follows what, what was told and which mail people want, for administrators."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from community.notifications.following import Target
from community.notifications.models import (
    MailPreference,
    MailTrouble,
    Notification,
    ReceivedMail,
    SentMail,
    Subscription,
)

BY_MEMBER = ["member__username", "member__display_name", "member__email"]


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    list_display = ["member", "target", "level", "created_at"]
    list_filter = ["level", ("thread", admin.EmptyFieldListFilter), ("person", admin.EmptyFieldListFilter)]
    list_select_related = ["member", "thread", "product", "tag", "category", "person"]
    raw_id_fields = ["member", "thread", "product", "tag", "category", "person"]
    search_fields = [*BY_MEMBER, "thread__title", "product__name", "tag__name"]
    search_help_text = "The member, or what is followed"
    ordering = ["-pk"]
    show_full_result_count = False

    @admin.display(description="follows")
    def target(self, subscription: Subscription) -> Target:
        return subscription.target


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["member", "kind", "title", "actor", "created_at", "read_at", "mail_due_at", "mailed_at"]
    list_filter = [
        "kind",
        "created_at",
        ("read_at", admin.EmptyFieldListFilter),
        ("mailed_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["member", "actor", "post__thread"]
    search_fields = [*BY_MEMBER, "post__thread__title", "subject"]
    search_help_text = "The member who was told, or what of"
    ordering = ["-pk"]
    show_full_result_count = False


@admin.register(MailPreference)
class MailPreferenceAdmin(admin.ModelAdmin):
    list_display = ["member", "answers", "accepted", "company", "mentions", "desk", "stopped_because", "stopped_at"]
    list_filter = ["answers", "accepted", "company", "mentions", "desk", "stopped_because"]
    list_select_related = ["member"]
    raw_id_fields = ["member"]
    search_fields = BY_MEMBER
    ordering = ["-pk"]
    show_full_result_count = False


class MailLogAdmin(ReadOnlyAdmin):
    """What went out, came back and came in, for 90 days."""

    list_select_related = ["member"]
    search_fields = BY_MEMBER
    ordering = ["-pk"]
    show_full_result_count = False


@admin.register(SentMail)
class SentMailAdmin(MailLogAdmin):
    list_display = ["member", "address", "subject", "message_id", "sent_at"]
    list_display_links = ["member", "subject"]
    list_filter = ["sent_at"]
    search_fields = [*BY_MEMBER, "address"]


@admin.register(MailTrouble)
class MailTroubleAdmin(MailLogAdmin):
    list_display = ["member", "address", "kind", "detail", "at"]
    list_display_links = ["member", "kind"]
    list_filter = ["kind", "at"]
    search_fields = [*BY_MEMBER, "address"]


@admin.register(ReceivedMail)
class ReceivedMailAdmin(MailLogAdmin):
    list_display = ["member", "outcome", "detail", "message_id", "received_at"]
    list_filter = ["outcome", "received_at"]
