"""Who a member is, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from community.members.models import Member, Role, TrustLevel
from community.members.trust import BARS


@pytest.mark.parametrize(
    ("fields", "is_responder", "is_moderator", "is_manager"),
    [
        ({}, False, False, False),
        ({"is_staff": True}, False, False, False),
        ({"is_staff": True, "role": Role.RESPONDER}, True, False, False),
        ({"is_staff": True, "role": Role.MODERATOR}, True, True, False),
        ({"is_staff": True, "role": Role.MANAGER}, True, True, True),
        ({"is_superuser": True}, True, True, True),
        ({"is_superuser": True, "is_active": False}, False, False, False),
    ],
)
def test_each_role_may_do_what_the_one_before_may(
    fields: dict[str, object], is_responder: bool, is_moderator: bool, is_manager: bool
) -> None:
    someone = Member(username="sam", **fields)
    assert (someone.is_responder, someone.is_moderator, someone.is_manager) == (is_responder, is_moderator, is_manager)


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "MARA", "email": "new@example.com"},
        {"username": "mara2", "email": "Mara@Example.com"},
        {"username": "sam", "email": "sam@example.com", "role": Role.MANAGER},
    ],
)
def test_the_database_refuses_twins_and_roles_without_staff(member: Member, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(**fields)


def test_every_level_that_is_earned_has_its_bar() -> None:
    assert list(BARS) == [TrustLevel.BASIC, TrustLevel.MEMBER, TrustLevel.REGULAR]
    assert BARS[TrustLevel.BASIC].posts_read == 30
