"""A member's own page about themselves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.branding.models import Branding
from community.members.models import Member
from community.people.describing import describe_oneself


def save(client: Client, **fields: str) -> str:
    return client.post(reverse("edit_profile"), {"display_name": "", "bio": "", **fields}, follow=True).content.decode()


def test_a_member_says_who_they_are(member: Member, as_: Callable[..., Client]) -> None:
    page = save(as_(member), display_name=" Mara \u202eL. ", bio="I mend.\r\nAnd knit.")
    member.refresh_from_db()
    assert (member.name, member.bio) == ("Mara L.", "I mend.\nAnd knit.")
    assert "Your profile is saved." in page


def test_without_a_name_the_username_stands(member: Member, as_: Callable[..., Client]) -> None:
    save(as_(member))
    member.refresh_from_db()
    assert member.name == "mara"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("x" * 61, "at most 60"),
        ("Admin", "kept for the company"),
        ("S-t-a-f-f", "kept for the company"),
        ("···", "one letter"),
    ],
)
def test_a_refused_name_is_kept_in_the_form_and_nowhere_else(
    name: str, sentence: str, member: Member, as_: Callable[..., Client]
) -> None:
    page = save(as_(member), display_name=name)
    member.refresh_from_db()
    assert sentence in page
    assert f'value="{name}"' in page
    assert member.display_name == "Mara Lind"


def test_nobody_calls_themselves_by_the_brands_name(
    brand: Branding, member: Member, as_: Callable[..., Client]
) -> None:
    assert "kept for the company" in save(as_(member), display_name="Alder&Tarn")


def test_staff_may_be_called_what_they_are(responder: Member, as_: Callable[..., Client]) -> None:
    save(as_(responder), display_name="Support")
    responder.refresh_from_db()
    assert responder.name == "Support"


def test_the_same_again_changes_nothing(member: Member, django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(0):
        assert not describe_oneself(
            by=member, display_name=member.display_name, bio=member.bio, is_shown_as_expert=True, is_ranked=True
        )


def test_a_stranger_signs_in_first(client: Client, db: None) -> None:
    response = client.get(reverse("edit_profile"))
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_name_cannot_carry_code(member: Member, as_: Callable[..., Client]) -> None:
    page = save(as_(member), display_name="<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_member_leaves_the_lists_of_experts(member: Member, as_: Callable[..., Client]) -> None:
    save(as_(member), display_name="Mara Lind")
    member.refresh_from_db()
    assert not member.is_shown_as_expert
    save(as_(member), display_name="Mara Lind", is_shown_as_expert="on")
    member.refresh_from_db()
    assert member.is_shown_as_expert


def test_a_member_is_not_named_among_those_who_help_best(member: Member, as_: Callable[..., Client]) -> None:
    """Rule 16: members can opt out."""
    save(as_(member), display_name="Mara Lind", is_shown_as_expert="on")
    member.refresh_from_db()
    assert not member.is_ranked
    save(as_(member), display_name="Mara Lind", is_ranked="on")
    member.refresh_from_db()
    assert member.is_ranked
