"""Who may make whom what: superusers alone make somebody staff."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from community.members.models import Member, Role

As = Callable[[Member | None], Client]


@pytest.fixture
def helper(db: None, manager: Member) -> Member:
    """Staff who may change members, and no more."""
    manager.user_permissions.add(*Permission.objects.filter(codename__in=["change_member", "view_member"]))
    return manager


def change(client: Client, who: Member, **fields: str) -> int:
    page = reverse("admin:members_member_change", args=[who.pk])
    plain = {"username": who.username, "email": who.email, "trust_level": "3", "is_active": "on"}
    return client.post(page, plain | fields).status_code


def test_who_may_change_members_cannot_make_them_staff(helper: Member, member: Member, as_: As) -> None:
    change(as_(helper), member, is_superuser="on", is_staff="on", role=Role.MANAGER)
    member.refresh_from_db()
    assert (member.is_superuser, member.is_staff, member.role, member.trust_level) == (False, False, "", 3)


def test_nor_themselves(helper: Member, as_: As) -> None:
    change(as_(helper), helper, is_superuser="on", is_staff="on", role=Role.MANAGER)
    helper.refresh_from_db()
    assert not helper.is_superuser


@pytest.mark.parametrize("page", ["admin:members_member_change", "admin:auth_user_password_change"])
def test_nor_become_a_superuser_by_a_new_password(helper: Member, admin: Member, as_: As, page: str) -> None:
    address = reverse(page, args=[admin.pk])
    as_(helper).post(address, {"password1": "taken-over-2026", "password2": "taken-over-2026", "email": "x@y.zz"})
    admin.refresh_from_db()
    assert not admin.check_password("taken-over-2026") and admin.email != "x@y.zz"


def test_a_superuser_makes_somebody_staff(admin: Member, member: Member, as_: As) -> None:
    change(as_(admin), member, is_staff="on", role=Role.RESPONDER)
    member.refresh_from_db()
    assert member.is_responder
