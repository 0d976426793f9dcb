"""How a post read before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.moderation.deciding import publish, remove
from community.moderation.models import Decision
from community.threads.editing import revise
from community.threads.models import Post, Revision, Status
from community.threads.publishing import set_status
from community.threads.wording import compare


def test_what_came_and_went_is_found_word_by_word() -> None:
    parts = compare("Wash it cold.\nDry it flat.", "Wash it cool.\nDry it flat.\nNever hang it.")
    assert [part.text for part in parts if part.kind == "del"] == ["cold"]
    assert [part.text for part in parts if part.kind == "ins"] == ["cool", ".\nNever hang it"]


def test_lines_with_little_in_common_are_shown_as_replaced_whole() -> None:
    parts = compare("Wool and soap, on a towel.", "Never hang it in the sun, or on anything warm at all.")
    assert [part.kind for part in parts] == ["del", "ins"]


def test_both_texts_can_be_read_out_of_the_comparison() -> None:
    before, after = "one two\n\nthree  four\n" * 50, "one 2\n\nthree  five\nsix\n" * 50
    parts = compare(before, after)
    assert "".join(part.text for part in parts if part.kind != "ins") == before
    assert "".join(part.text for part in parts if part.kind != "del") == after


@pytest.mark.parametrize("before", ["\n" * 32_000, "a " * 16_000, "a\nb\n" * 8_000])
def test_hostile_texts_are_compared_at_once(before: str) -> None:
    assert compare(before, "x\n" * 16_000)


def test_everybody_reads_the_history_of_what_they_can_read(answer: Post, other_member: Member, client: Client) -> None:
    revise(by=other_member, post=answer, body="Warm water, wool soap, and dry it flat on a towel.", base_version=1)
    page = client.get(reverse("post_history", args=[answer.pk])).content.decode()
    assert "<del>" in page
    assert "Cold" in page
    assert "Warm" in page
    set_status(answer, Status.HIDDEN)
    assert client.get(reverse("post_history", args=[answer.pk])).status_code == 404


def test_the_first_minutes_are_shown_to_moderators_alone(
    answer: Post, member: Member, moderator: Member, as_: Callable[..., Client]
) -> None:
    Revision.objects.create(post=answer, editor=answer.author, version=1, body="Call me on 0171.", is_silent=True)
    address = reverse("post_history", args=[answer.pk])
    assert "0171" not in as_(member).get(address).content.decode()
    assert "0171" in as_(moderator).get(address).content.decode()


def test_a_long_history_costs_as_much_as_a_short_one(
    answer: Post, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    Revision.objects.bulk_create(Revision(post=answer, editor=answer.author, version=n, body=f"{n}") for n in range(45))
    address = reverse("post_history", args=[answer.pk])
    with django_assert_max_num_queries(6):
        assert client.get(address, {"page": 2}).content.decode().count("<h2") == 20


def test_what_was_removed_does_not_come_back_as_history(
    answer: Post, moderator: Member, as_: Callable[..., Client]
) -> None:
    remove(by=moderator, post=answer, reason=Decision.Reason.PERSONAL_DATA)
    answer.refresh_from_db()
    revise(by=answer.author, post=answer, body="Cold water, and nobody's address.", base_version=1)
    publish(by=moderator, post=answer)
    address = reverse("post_history", args=[answer.pk])
    assert "wool soap" not in as_(None).get(address).content.decode()
    assert "wool" in as_(moderator).get(address).content.decode()
