"""Threads and posts, for administrators: to look up. What changes them is done on the site, where all hear of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from community.members.read_only import ReadOnlyAdmin
from community.threads.models import Attachment, Bookmark, Draft, Post, Revision, Thread, Vote


def link_to(page: Any, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', page.get_absolute_url(), words)


@admin.register(Thread)
class ThreadAdmin(ReadOnlyAdmin):
    list_display = (
        "title",
        "kind",
        "author",
        "product",
        "status",
        "answer_count",
        "created_at",
        "last_post_at",
        "page",
    )
    list_filter = ("kind", "status", ("closed_at", admin.EmptyFieldListFilter), "created_at")
    search_fields = ("title", "author__username", "product__name")
    list_select_related = ("author", "product")
    date_hierarchy = "created_at"

    @admin.display(description="")
    def page(self, thread: Thread) -> SafeString:
        return link_to(thread, "Open")


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin):
    """Decisions are taken on the moderation desk."""

    list_display = (
        "thread",
        "kind",
        "author",
        "status",
        "is_official",
        "helpful_count",
        "created_at",
        "edited_at",
        "page",
    )
    list_filter = ("status", "kind", "is_official", "source", ("edited_at", admin.EmptyFieldListFilter), "created_at")
    search_fields = ("thread__title", "author__username")
    list_select_related = ("thread", "author")
    date_hierarchy = "created_at"
    fields = (
        "thread", "author", "parent", "kind", "body", "status", "status_reason", "status_at", "is_official",
        "helpful_count", "unhelpful_count", "version", "source", "created_at", "edited_at", "earlier_texts",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).defer("body_html")

    @admin.display(description="")
    def page(self, post: Post) -> SafeString:
        return link_to(post, "Open")

    @admin.display
    def earlier_texts(self, post: Post) -> SafeString:
        return format_html('<a href="{}">How it read before</a>', reverse("post_history", args=[post.pk]))


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("post", "version", "editor", "is_silent", "created_at")
    list_filter = ("is_silent", "created_at")
    search_fields = ("editor__username", "post__thread__title")
    list_select_related = ("post", "editor")
    date_hierarchy = "created_at"


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "member", "is_helpful", "post")
    list_filter = ("is_helpful", "created_at")
    search_fields = ("member__username", "post__thread__title")
    list_select_related = ("member", "post")
    date_hierarchy = "created_at"


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("thumbnail", "alt", "uploader", "post", "width", "height", "created_at")
    list_filter = (("post", admin.EmptyFieldListFilter), "created_at")
    search_fields = ("alt", "uploader__username")
    list_select_related = ("uploader", "post")
    fields = ("thumbnail", "alt", "uploader", "post", "position", "width", "height", "created_at")

    @admin.display(description="photo")
    def thumbnail(self, photo: Attachment) -> SafeString:
        return format_html('<img src="{}" alt="" width="80">', photo.small.url) if photo.small else SafeString("")


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    """That somebody is writing, not what: a draft is theirs alone."""

    list_display = ("member", "place", "updated_at")
    search_fields = ("member__username", "place")
    list_select_related = ("member",)
    fields = ("member", "place", "updated_at")


@admin.register(Bookmark)
class BookmarkAdmin(ReadOnlyAdmin):
    """That somebody keeps a post, not why: the note is for its owner alone."""

    list_display = ("member", "post", "created_at")
    search_fields = ("member__username", "post__thread__title")
    list_select_related = ("member", "post")
    fields = ("member", "post", "created_at")
