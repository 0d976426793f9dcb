"""Signing up: a name of one's own, an address that is proven by a code, and what was bought with it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from community.members.models import Member
from community.products.models import Product, Purchase


def sign_up(client: Client, **fields: str) -> Any:
    fields = {"email": "ida@example.com", "username": "ida", "password1": "a-good-long-password"} | fields
    return client.post(reverse("account_signup"), fields, follow=True)


@pytest.mark.parametrize(
    ("username", "sentence"),
    [
        ("admin", "kept for the company"),
        ("Sup-Port", "kept for the company"),
        ("me", "kept for the company"),
        ("MARA", "already exists"),
        ("ida!", "letters, digits"),
        ("-ida", "letters, digits"),
        ("i", "letters, digits"),
        ("ï" * 5, "letters, digits"),
        ("x" * 31, "30"),
    ],
)
def test_a_name_that_cannot_be_had_is_refused_with_a_reason(
    username: str, sentence: str, member: Member, client: Client
) -> None:
    assert sentence in sign_up(client, username=username).content.decode()
    assert Member.objects.count() == 1


def test_the_same_address_makes_no_second_account(member: Member, client: Client) -> None:
    sign_up(client, email="MARA@example.com", username="mara2")
    assert Member.objects.count() == 1


def bought_by(address: str, product: Product, reference: str = "A-1") -> Purchase:
    return Purchase.objects.create(product=product, email=address, reference=reference, purchased_at=timezone.now())


def test_proving_the_address_brings_what_was_bought_with_it(client: Client, product: Product) -> None:
    purchase, other = bought_by("Ida@Example.com", product), bought_by("bo@example.com", product, "A-2")
    sign_up(client)
    purchase.refresh_from_db()
    assert purchase.member is None, "not before the address is proven"
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(mail.outbox[0].body), re.MULTILINE)
    assert code
    client.post(reverse("account_email_verification_sent"), {"code": code[1]})
    purchase.refresh_from_db()
    other.refresh_from_db()
    assert purchase.member == Member.objects.get(username="ida")
    assert other.member is None


@pytest.mark.parametrize("who", ["a stranger", "somebody signed in"])
def test_nobodys_mailbox_can_be_filled_with_our_codes(who: str, client: Client, member: Member) -> None:
    if who == "somebody signed in":
        client.force_login(member)
    for minute in range(0, 50, 2):
        with travel(timezone.now() + timedelta(minutes=minute), tick=False):
            if who == "a stranger":
                client.post(reverse("account_reset_password"), {"email": "mara@example.com"})
            else:
                client.post(reverse("account_email"), {"email": "ida@example.com", "action_add": ""})
                client.post(reverse("account_email"), {"email": "ida@example.com", "action_send": ""})
    assert 0 < len(mail.outbox) <= 10
