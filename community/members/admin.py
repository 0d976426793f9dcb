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
from community.members.roles import keep_in_group


class MemberCreationForm(AdminUserCreationForm):
    class Meta:
        model = Member
        fields = ("username", "email")


class MemberChangeForm(UserChangeForm):
    class Meta:
        model = Member
        fields = "__all__"


RANKS = ("is_staff", "role", "is_superuser", "groups")
"""What makes somebody staff. Who could set it could make themselves anything."""


@admin.register(Member)
class MemberAdmin(UserAdmin):
    """Nobody is deleted here: what they wrote belongs to conversations. Suspend (not active), or erase.

    Superusers alone make somebody staff, and change superusers: to set one's password is to become them.
    """

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
    list_filter = ("role", "trust_level", "is_active", "is_staff", "is_unclaimed", "date_joined")
    search_fields = ("username", "display_name", "email")
    ordering = ("-date_joined",)
    date_hierarchy = "date_joined"
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = ()
    autocomplete_fields = ("groups",)
    readonly_fields = ("last_login", "date_joined", "unread_notifications", "erased_at", "is_unclaimed")
    fieldsets = (
        (None, {"fields": ("username", "email", "password")}),
        ("Shown to everybody", {"fields": ("display_name", "title", "bio", "is_shown_as_expert")}),
        ("Standing", {"fields": ("trust_level", "is_active", "is_unclaimed")}),
        ("Staff", {"fields": ("is_staff", "role", "is_superuser", "groups")}),
        ("Dates", {"fields": ("date_joined", "last_login", "erased_at")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "email", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        return super().get_queryset(request).annotate(has_proven=Exists(proven))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else (*own, *RANKS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_change: bool = super().has_change_permission(request, obj)
        is_above = obj is not None and (obj.is_superuser or obj.is_staff) and obj != request.user
        return may_change and (request.user.is_superuser or not is_above)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The form has just written its own list of groups: the role's own comes last."""
        super().save_related(request, form, formsets, change)
        keep_in_group(form.instance)

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
