"""Where imported things came from, for administrators: to look up. The importing itself is done at the desk."""

from django.contrib import admin

from community.importing.models import AwaitedPhoto, ImportedItem, ImportSource, OldAddress
from community.members.read_only import ReadOnlyAdmin


@admin.register(ImportSource)
class ImportSourceAdmin(ReadOnlyAdmin):
    list_display = ("name", "base_url")


@admin.register(ImportedItem)
class ImportedItemAdmin(ReadOnlyAdmin):
    list_display = ("external_id", "kind", "source", "member", "thread", "post", "email")
    list_filter = ("kind", "source")
    list_select_related = ("source", "member", "thread", "post")
    search_fields = ("external_id", "email", "member__username")


@admin.register(OldAddress)
class OldAddressAdmin(ReadOnlyAdmin):
    list_display = ("path", "host", "thread", "post", "member")
    list_select_related = ("thread", "post", "member")
    search_fields = ("path",)


@admin.register(AwaitedPhoto)
class AwaitedPhotoAdmin(ReadOnlyAdmin):
    list_display = ("post", "position", "address", "tries", "due_at", "why_dropped")
    list_select_related = ("post",)
    search_fields = ("address",)
