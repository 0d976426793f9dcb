"""A role and its Django group go together."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from community.members.models import Member, Role
from community.members.roles import keep_in_group


def groups_of(member: Member) -> set[str]:
    return set(member.groups.values_list("name", flat=True))


def test_a_role_brings_its_group(responder: Member, analyst: Member, member: Member) -> None:
    assert (groups_of(responder), groups_of(analyst), groups_of(member)) == ({"Responder"}, {"Analyst"}, set())


def test_another_role_is_another_group_and_other_groups_stay(responder: Member) -> None:
    responder.groups.add(Group.objects.create(name="Night shift"))
    responder.role = Role.MANAGER
    responder.save()
    keep_in_group(responder)
    assert groups_of(responder) == {"Manager", "Night shift"}


def test_who_loses_the_role_leaves_the_group(responder: Member) -> None:
    responder.role = Role.NONE
    responder.save(update_fields=["role"])
    keep_in_group(responder)
    assert groups_of(responder) == set()


def test_the_role_given_in_the_admin_wins_over_the_groups_in_the_same_form(
    member: Member, admin: Member, as_: Callable[..., Client]
) -> None:
    address = reverse("admin:members_member_change", args=[member.pk])
    form = as_(admin).get(address).context["adminform"].form
    values = {name: value for name, value in form.initial.items() if value not in (None, False)}
    values |= {"is_staff": "on", "role": Role.MODERATOR, "groups": [], "username": member.username}
    values |= {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00"}
    response = as_(admin).post(address, values)
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert groups_of(member) == {"Moderator"}


def test_an_analyst_reads_and_does_not_reply_moderate_or_manage(analyst: Member) -> None:
    assert analyst.is_desk_reader and analyst.is_insights_reader
    assert not (analyst.is_responder or analyst.is_moderator or analyst.is_manager)


@pytest.mark.parametrize("role", [role for role in Role if role])
def test_each_role_has_a_group_made_by_a_migration(role: str, db: None) -> None:
    assert Group.objects.filter(name=Role(role).label).exists()
