"""What was said alone, goodwill and former customers, to look up: the work is done at /staff/."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from staff.admin.visible import AboutConversation
from staff.models import Campaign, Coupon, FormerCustomer, Leaving, Message, Publication


@admin.register(Message)
class MessageAdmin(AboutConversation):
    """Who wrote to whom, when, and whether a letter left; the words are on the conversation's page."""

    list_display = ("created_at", "conversation", "author", "is_official", "place", "mailed_at", "not_mailed_because")
    list_filter = ("place", "is_official", "source", "created_at")
    list_select_related = ("conversation", "author")
    search_fields = ("conversation__subject", "author__username")
    date_hierarchy = "created_at"
    exclude = ("body", "body_html")


@admin.register(Publication)
class PublicationAdmin(AboutConversation):
    list_display = ("conversation", "proposed_by", "proposed_at", "answered_at", "is_agreed")
    list_filter = ("is_agreed", "proposed_at")
    list_select_related = ("conversation", "proposed_by")


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    """Made and changed at /staff/goodwill/, where codes are brought in too."""

    list_display = ("name", "is_on", "ends_on", "created_at")


@admin.register(Coupon)
class CouponAdmin(ReadOnlyAdmin):
    """Who gave what to whom, and why. Nobody reads a code here, least of all one that can still be used."""

    list_display = ("campaign", "masked", "given_to", "given_by", "given_at", "because")
    list_filter = ("campaign", ("given_to", admin.EmptyFieldListFilter), "given_at")
    list_select_related = ("campaign", "given_to", "given_by")
    search_fields = ("given_to__username", "because")
    exclude = ("code",)


@admin.register(FormerCustomer)
class FormerCustomerAdmin(ReadOnlyAdmin):
    list_display = ("member", "state", "found_by", "last_purchase_at", "state_changed_by", "state_changed_at")
    list_filter = ("state", "found_by")
    list_select_related = ("member", "state_changed_by")
    search_fields = ("member__username", "member__email")


@admin.register(Leaving)
class LeavingAdmin(ReadOnlyAdmin):
    list_display = ("member", "kind", "words", "recorded_by", "recorded_at")
    list_filter = ("kind", "recorded_at")
    list_select_related = ("member", "recorded_by")
    search_fields = ("member__username", "words")
