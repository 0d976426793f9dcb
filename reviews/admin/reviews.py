"""Reviews and ratings for admins: to look up, never to change. Words and stars are their author's alone."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from community.members.read_only import ReadOnlyAdmin
from reviews.models import RatingSummary, Review, ReviewVersion
from reviews.rating import recount


class ReviewVersionInline(admin.TabularInline):
    model = ReviewVersion
    can_delete = False
    extra = 0
    max_num = 0
    verbose_name_plural = "what it said before"
    fields = ["created_at", "stars", "recommends", "experience_date", "pros", "cons"]
    readonly_fields = ["created_at", "stars", "recommends", "experience_date", "pros", "cons"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["title", "product", "author", "stars", "status", "is_verified", "is_insider", "written_at"]
    list_filter = [
        "thread__status",
        ("purchase", admin.EmptyFieldListFilter),
        "is_insider",
        "is_incentivised",
        "thread__created_at",
    ]
    list_select_related = ["thread__author", "thread__product"]
    search_fields = ["thread__title", "thread__product__name", "thread__author__username", "thread__author__email"]
    search_help_text = "Headline, product, or the author's username or address"
    ordering = ["-pk"]
    actions = None
    inlines = [ReviewVersionInline]

    @admin.display(ordering="thread__title")
    def title(self, review: Review) -> str:
        return review.thread.title

    @admin.display(ordering="thread__product__name")
    def product(self, review: Review) -> str:
        return review.thread.product.name if review.thread.product else ""

    @admin.display(ordering="thread__author__username")
    def author(self, review: Review) -> str:
        return review.thread.author.name

    @admin.display(ordering="thread__status")
    def status(self, review: Review) -> str:
        return review.thread.get_status_display()

    @admin.display(boolean=True, description="verified")
    def is_verified(self, review: Review) -> bool:
        return review.is_verified

    @admin.display(ordering="thread__created_at", description="written")
    def written_at(self, review: Review) -> Any:
        return review.thread.created_at


@admin.register(RatingSummary)
class RatingSummaryAdmin(ReadOnlyAdmin):
    list_display = ["product", "mean", "count", *(f"stars_{stars}" for stars in range(5, 0, -1)), "recommend_share"]
    list_select_related = ["product"]
    search_fields = ["product__name", "product__sku"]
    ordering = ["product__name"]
    actions = ["recount_chosen"]

    @admin.action(description="Recount from the reviews", permissions=["view"])
    def recount_chosen(self, request: HttpRequest, chosen: QuerySet[RatingSummary]) -> None:
        mended = sum(recount(pk) for pk in chosen.values_list("pk", flat=True))
        messages.success(
            request, f"{mended} of the ratings were wrong and are right now." if mended else "All were right."
        )
