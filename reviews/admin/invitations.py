"""Invitations for administrators. Campaigns are made and switched on at the desk, where the rules stand beside them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.members.read_only import ReadOnlyAdmin
from reviews.models import Invitation, InvitationCampaign, InvitationStop, InvitedPurchase


@admin.register(InvitationCampaign)
class InvitationCampaignAdmin(admin.ModelAdmin):
    list_display = ("name", "is_active", "category", "days_after", "reminders", "incentive", "starts_at", "ends_at")
    list_filter = ("is_active", "category")
    list_select_related = ("category",)
    search_fields = ("name",)
    readonly_fields = ("is_active",)  # switched on at the desk, once its preview was read

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that has sent anything stays: reviews name it as what asked for them."""
        return obj is None or not obj.invitations.exists()


class InvitedPurchaseInline(admin.TabularInline):
    model = InvitedPurchase
    extra = 0
    can_delete = False
    fields = readonly_fields = ("purchase", "opened_at", "used_at", "review")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("email", "campaign", "state", "why_ended", "planned_for", "sent_at", "reminders_sent", "opened_at")
    list_filter = ("state", "campaign", "sent_at")
    list_select_related = ("campaign",)
    search_fields = ("email", "name", "items__purchase__reference")
    search_help_text = "Address, name or order"
    ordering = ("-pk",)
    inlines = (InvitedPurchaseInline,)


@admin.register(InvitationStop)
class InvitationStopAdmin(admin.ModelAdmin):
    """Somebody may ask by telephone not to be asked: then their address is added here by hand."""

    list_display = ("email", "created_at")
    search_fields = ("email",)
    readonly_fields = ("created_at",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changed into another address, it would let the first one be asked."""
        return False
