"""The folded words of reviews for admins: to see why a review is found, or is not."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from reviews.models import ReviewWords


@admin.register(ReviewWords)
class ReviewWordsAdmin(ReadOnlyAdmin):
    list_display = ["review", "text"]
    list_select_related = ["review__thread"]
    search_fields = ["review__thread__title"]
    ordering = ["-pk"]
