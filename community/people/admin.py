"""What members are known for, for administrators: counted by the software, looked up here."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from community.people.models import Award, Expertise, Standing


@admin.register(Standing)
class StandingAdmin(ReadOnlyAdmin):
    list_display = ("member", "people_helped", "confirmed", "answers", "questions", "reviews", "is_listed")
    list_filter = ("is_listed",)
    list_select_related = ("member",)
    search_fields = ("name_key",)


@admin.register(Expertise)
class ExpertiseAdmin(ReadOnlyAdmin):
    """Naming an expert is done on the member's own page."""

    list_display = ("member", "about", "confirmed", "answers", "score", "named_at", "named_by")
    list_filter = (("named_at", admin.EmptyFieldListFilter),)
    list_select_related = ("member", "product", "tag", "named_by")
    search_fields = ("member__username", "product__name", "tag__name")


@admin.register(Award)
class AwardAdmin(ReadOnlyAdmin):
    list_display = ("member", "badge", "granted_at", "post")
    list_filter = ("badge", "granted_at")
    list_select_related = ("member", "post")
    search_fields = ("member__username",)
    date_hierarchy = "granted_at"
