"""Signals and what they are made of: written by programs, settled on the moderation desk."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from reviews.models import Fingerprint, SentFrom, Signal, TextBand


@admin.register(Signal)
class SignalAdmin(ReadOnlyAdmin):
    list_display = ("review", "kind", "words", "found_at", "settled_at", "settled_by")
    list_filter = ("kind", ("settled_at", admin.EmptyFieldListFilter), "found_at")
    list_select_related = ("review__thread", "settled_by")
    search_fields = ("review__thread__title", "words")
    date_hierarchy = "found_at"
    actions = None


@admin.register(Fingerprint, TextBand, SentFrom)
class TraceAdmin(ReadOnlyAdmin):
    list_display = ("pk", "review")
    list_select_related = ("review__thread",)
    actions = None
