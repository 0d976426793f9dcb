"""How reviews sound, as the software read them."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from staff.models import ReviewTone


@admin.register(ReviewTone)
class ReviewToneAdmin(ReadOnlyAdmin):
    list_display = ["review", "tone", "version"]
    list_filter = ["tone"]
    list_select_related = ["review__thread"]
