"""Who wrote there is nobody's account here until its owner proves it; then everything is theirs."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from community.importing.authors import free_usernames, username_of
from community.importing.handing_over import claim_all, claim_authors, hand_over
from community.importing.models import ImportedItem
from community.members.models import Member
from community.threads.models import Post, Thread
from forum.models import Question
from tests.conftest import make_member
from tests.importing.conftest import Bring
from tests.importing.samples import save_dump, save_table, save_topics, topic, topic_post


@pytest.fixture
def ida(bring: Bring, tmp_path: Path) -> Member:
    """She asked about a zip there, under ida@example.com."""
    bring(save_table(tmp_path / "old.csv"))
    return Member.objects.get(username="Ida")


def sign_up(client: Client, address: str) -> Member:
    fields = {"email": address, "username": "ida.here", "password1": "a-good-long-password"}
    client.post(reverse("account_signup"), fields)
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    assert not Thread.objects.filter(author__username="ida.here"), "not before the address is proven"
    client.post(reverse("account_email_verification_sent"), {"code": code[1]})
    return Member.objects.get(username="ida.here")


def test_nobody_can_sign_in_to_an_unclaimed_member_or_write_to_them(ida: Member, client: Client) -> None:
    assert ida.is_unclaimed and not ida.has_usable_password()
    assert ida.email.endswith("@unclaimed.invalid") and "ida@example.com" not in str(vars(ida))
    client.post(reverse("account_reset_password"), {"email": ida.email})
    assert not mail.outbox


def test_the_profile_says_that_nobody_has_claimed_it(ida: Member, client: Client) -> None:
    assert "not yet claimed" in client.get(ida.get_absolute_url()).content.decode()


def test_who_signs_up_with_the_address_has_all_that_was_written_under_it(ida: Member, client: Client) -> None:
    member = sign_up(client, "IDA@example.com")
    assert not Member.objects.filter(pk=ida.pk).exists()
    assert set(Post.objects.filter(author=member).values_list("kind", flat=True)) == {"opening", "comment"}
    question = Question.objects.get()
    assert question.thread.author == member == question.accepted_by
    assert not ImportedItem.objects.exclude(email="").exists()
    assert client.get(ida.get_absolute_url())["Location"] == member.get_absolute_url()


def test_who_signs_up_with_another_address_has_nothing_of_it(ida: Member, client: Client) -> None:
    member = sign_up(client, "eve@example.com")
    assert not Post.objects.filter(author=member).exists() and claim_authors(address="eve@example.com") == 0


def test_who_has_proven_the_address_before_gets_the_posts_at_once(bring: Bring, tmp_path: Path) -> None:
    mara = make_member("mara", email="ida@example.com")
    bring(save_table(tmp_path / "old.csv"))
    assert Thread.objects.get().author == mara and not Member.objects.filter(username="Ida").exists()


def test_a_later_run_gives_new_posts_to_who_claimed_the_old(
    ida: Member, client: Client, bring: Bring, tmp_path: Path
) -> None:
    member = sign_up(client, "ida@example.com")
    text = (tmp_path / "old.csv").read_text("utf-8-sig") + "9;;1;;More.;Ida;ida@example.com;2020-02-01;;;;\n"
    bring(save_table(tmp_path / "old.csv", text))
    assert Post.objects.get(body="More.").author == member


def test_addresses_of_discourse_come_from_its_list_of_members(bring: Bring, tmp_path: Path) -> None:
    folder = save_topics(tmp_path / "topics", topic(topic_post(1)))
    (folder / "user-list.csv").write_text("id,name,username,email\n1,Ann,Ann,ann@example.com\n")
    bring(folder)
    make_member("annie", email="ann@example.com")
    assert claim_authors(address="ann@example.com") == 1 and Thread.objects.get().author.username == "annie"


def test_an_administrator_says_who_somebody_was(bring: Bring, tmp_path: Path, admin: Member, member: Member) -> None:
    bring(save_dump(tmp_path / "dump.zip"))
    author = Member.objects.get(username="Jorg-Muller")
    assert hand_over(author, to=member, by=admin)
    assert Thread.objects.filter(author=member).count() == 1
    with pytest.raises(ValidationError, match="belongs to somebody"):
        hand_over(member, to=admin, by=admin)


def test_nobody_else_says_who_somebody_was(ida: Member, manager: Member, member: Member) -> None:
    with pytest.raises(PermissionDenied):
        hand_over(ida, to=member, by=manager)


@pytest.mark.parametrize(
    ("name", "username"),
    [
        ("Jörg Müller", "Jorg-Muller"),
        ("x", "member-x"),
        ("日本", "member-1"),
        ("a@b.example", "member-a"),
        ("_é_" * 30, "e"),
    ],
)
def test_a_name_becomes_a_username(name: str, username: str) -> None:
    assert username_of(name).startswith(username) and 2 <= len(username_of(name)) <= 30


def test_usernames_are_different_from_all_others(member: Member) -> None:
    assert free_usernames(["Mara", "mara", "MARA"]) == ["Mara-2", "mara-3", "MARA-4"]


def test_nobody_comes_along_as_the_company(db: None) -> None:
    assert free_usernames(["Support", "admin"]) == ["member-2", "member-3"]


def test_an_address_proven_in_another_way_brings_its_texts_within_the_hour(ida: Member, member: Member) -> None:
    EmailAddress.objects.create(user=member, email="ida@example.com", verified=False)
    assert claim_all() == 0
    EmailAddress.objects.filter(email="ida@example.com").update(verified=True)
    assert (claim_all(), claim_all()) == (1, 0)
    assert Question.objects.get().thread.author == member
