"""The desk, for administrators: its settings to change, everything else to look up. The work is done at /staff/."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from community.members.read_only import ReadOnlyAdmin
from staff.admin.visible import AboutConversation, AboutReply
from staff.models import (
    Conversation,
    Event,
    HelpfulLink,
    LinkOpening,
    Note,
    Outcome,
    Reason,
    Reply,
)


class _Under(admin.TabularInline):
    """Rows below a conversation, to read."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReasonsInline(_Under):
    model = Reason
    fields = ("kind", "evidence", "weight", "raised_at", "raised_by", "settled_at", "settled_because")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reason]:
        return super().get_queryset(request).select_related("raised_by")


class NotesInline(_Under):
    model = Note
    fields = ("author", "body", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Note]:
        return super().get_queryset(request).select_related("author")


class EventsInline(_Under):
    model = Event
    verbose_name_plural = "history"
    fields = ("at", "actor", "what")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).select_related("actor")


def _about(of_a_reply: Outcome | HelpfulLink) -> str:
    """What the conversation is called in which the reply stands, a post or a message."""
    if of_a_reply.message is not None:
        return of_a_reply.message.conversation.subject
    return of_a_reply.post.thread.title if of_a_reply.post else ""


@admin.register(Conversation)
class ConversationAdmin(AboutConversation):
    conversation_field = "pk"
    list_display = (
        "subject",
        "customer",
        "state",
        "type",
        "priority",
        "waiting_since",
        "due_at",
        "claimed_by",
        "opened_at",
    )
    list_filter = ("state", "type", "type_suggested", ("due_at", admin.EmptyFieldListFilter), "opened_at")
    list_select_related = ("customer", "claimed_by")
    search_fields = ("subject", "customer_name", "customer__username")
    date_hierarchy = "opened_at"
    inlines = (ReasonsInline, NotesInline, EventsInline)


@admin.register(Reason)
class ReasonAdmin(AboutConversation):
    list_display = (
        "conversation",
        "kind",
        "evidence",
        "weight",
        "raised_at",
        "raised_by",
        "settled_at",
        "settled_because",
    )
    list_filter = ("kind", ("settled_at", admin.EmptyFieldListFilter), "raised_at")
    list_select_related = ("conversation", "raised_by")
    search_fields = ("conversation__subject", "evidence")
    date_hierarchy = "raised_at"


@admin.register(Reply)
class ReplyAdmin(AboutConversation):
    list_display = ("thread", "type", "is_holding", "author", "waited_since", "sent_at")
    list_filter = ("type", "is_holding", "post__created_at")
    list_select_related = ("post__thread", "post__author")
    search_fields = ("post__thread__title", "post__author__username")

    @admin.display(ordering="post__thread__title")
    def thread(self, reply: Reply) -> str:
        return reply.post.thread.title

    @admin.display(ordering="post__author")
    def author(self, reply: Reply) -> str:
        return str(reply.post.author)

    @admin.display(ordering="post__created_at")
    def sent_at(self, reply: Reply) -> Any:
        return reply.post.created_at


@admin.register(Outcome)
class OutcomeAdmin(AboutReply):
    list_display = ("about", "effect", "evidence", "words", "recorded_by", "recorded_at", "withdrawn_at")
    list_filter = ("effect", "evidence", ("withdrawn_at", admin.EmptyFieldListFilter), "recorded_at")
    list_select_related = ("post__thread", "message__conversation", "recorded_by")
    search_fields = ("post__thread__title", "message__conversation__subject", "words", "recorded_by__username")
    date_hierarchy = "recorded_at"

    @admin.display(ordering="post__thread__title")
    def about(self, outcome: Outcome) -> str:
        return _about(outcome)


@admin.register(HelpfulLink)
class HelpfulLinkAdmin(AboutReply):
    list_display = ("need", "url", "about", "opening_count", "helped_at", "created_at")
    list_select_related = ("post__thread", "message__conversation")
    search_fields = ("need", "url", "post__thread__title", "message__conversation__subject")
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[HelpfulLink]:
        return super().get_queryset(request).annotate(opening_count=Count("openings"))

    @admin.display(ordering="post__thread__title")
    def about(self, link: HelpfulLink) -> str:
        return _about(link)

    @admin.display(description="openings", ordering="opening_count")
    def opening_count(self, link: HelpfulLink) -> int:
        return link.opening_count  # type: ignore[attr-defined]


@admin.register(LinkOpening)
class LinkOpeningAdmin(ReadOnlyAdmin):
    list_display = ("link", "member", "is_asker", "opened_at")
    list_filter = ("is_asker", "opened_at")
    list_select_related = ("link", "member")
    search_fields = ("link__need", "link__url", "member__username")
    date_hierarchy = "opened_at"
    exclude = ("visitor",)


@admin.register(Event)
class EventAdmin(AboutConversation):
    list_display = ("at", "actor", "what", "conversation")
    list_filter = ("at",)
    list_select_related = ("actor", "conversation")
    search_fields = ("what", "actor__username", "conversation__subject")
    date_hierarchy = "at"


@admin.register(Note)
class NoteAdmin(AboutConversation):
    list_display = ("conversation", "author", "created_at")
    list_select_related = ("conversation", "author")
    search_fields = ("body", "author__username", "conversation__subject")
    date_hierarchy = "created_at"
