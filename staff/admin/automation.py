"""Automation, to look up: rules are written, tried and switched at /staff/automation/."""

from django.contrib import admin

from community.members.read_only import ReadOnlyAdmin
from staff.admin.visible import AboutConversation
from staff.models import Rule, RuleAction, RuleChange


@admin.register(Rule)
class RuleAdmin(ReadOnlyAdmin):
    """Never changed here: a rule that was changed has to be tried anew."""

    list_display = ("name", "event", "action", "is_on", "position", "tried_at", "failures")
    list_filter = ("is_on", "event", "action")
    search_fields = ("name",)


@admin.register(RuleChange)
class RuleChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "rule", "actor", "what")
    list_filter = ("at",)
    list_select_related = ("rule", "actor")


@admin.register(RuleAction)
class RuleActionAdmin(AboutConversation):
    list_display = ("at", "rule", "conversation", "what", "state")
    list_filter = ("state", "at")
    list_select_related = ("rule", "conversation")
    date_hierarchy = "at"
