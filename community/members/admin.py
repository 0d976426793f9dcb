"""Members and what they consented to, for administrators."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from community.members.models import Consent, Member
from community.members.read_only import ReadOnlyAdmin


class MemberCreationForm(AdminUserCreationForm):
    class Meta:
        model = Member
        fields = ("username", "email")


class MemberChangeForm(UserChangeForm):
    class Meta:
        model = Member
        fields = "__all__"


@admin.register(Member)
class MemberAdmin(UserAdmin):
    """Nobody is deleted here: what they wrote belongs to conversations. Suspend (not active), or erase."""

    form, add_form = MemberChangeForm, MemberCreationForm
    list_display = (
        "username",
        "display_name",
        "email",
        "has_proven_address",
        "role",
        "trust_level",
        "date_joined",
        "is_active",
    )
    list_filter = ("role", "trust_level", "is_active", "is_staff", "date_joined")
    search_fields = ("username", "display_name", "email")
    ordering = ("-date_joined",)
    date_hierarchy = "date_joined"
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = ()
    autocomplete_fields = ("groups",)
    readonly_fields = ("last_login", "date_joined", "unread_notifications", "erased_at")
    fieldsets = (
        (None, {"fields": ("username", "email", "password")}),
        ("Shown to everybody", {"fields": ("display_name", "title", "bio")}),
        ("Standing", {"fields": ("trust_level", "is_active")}),
        ("Staff", {"fields": ("is_staff", "role", "is_superuser", "groups")}),
        ("Dates", {"fields": ("date_joined", "last_login", "erased_at")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "email", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        return super().get_queryset(request).annotate(has_proven=Exists(proven))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="address proven", boolean=True, ordering="has_proven")
    def has_proven_address(self, member: Any) -> bool:
        return bool(member.has_proven)


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "member", "channel", "purpose", "is_given", "wording_version", "source")
    list_filter = ("purpose", "channel", "is_given", "wording_version")
    search_fields = ("member__username", "member__email")
    date_hierarchy = "created_at"
    list_select_related = ("member",)
