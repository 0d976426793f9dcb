"""The Django group of each role. The role is the fact, the group follows: it carries what the role may do in the admin.
Whoever sets a role calls `keep_in_group` after it: the admin's form and the demo.

What a group may do is set by a migration of the desk, the highest room whose tables it names, and can be changed in
the admin.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

if TYPE_CHECKING:
    from community.members.models import Member

GROUPS = {"analyst": "Analyst", "responder": "Responder", "moderator": "Moderator", "manager": "Manager"}
"""Role → the name of its group."""


def keep_in_group(member: "Member") -> None:
    """Put `member` into the group of their role and take them out of those of other roles. Other groups stay."""
    names = set(member.groups.filter(name__in=GROUPS.values()).values_list("name", flat=True))
    wanted = {GROUPS[member.role]} if member.role else set()
    if names == wanted:
        return
    member.groups.remove(*Group.objects.filter(name__in=names - wanted))
    member.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in wanted - names))
