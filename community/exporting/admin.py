"""The feed's address, for administrators to look up. It is made and renewed at the desk."""

from django.contrib import admin

from community.exporting.models import FeedAddress
from community.members.read_only import ReadOnlyAdmin


@admin.register(FeedAddress)
class FeedAddressAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "made_by")
    exclude = ("token",)
