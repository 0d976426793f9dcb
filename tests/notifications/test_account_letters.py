"""Letters about one's account, in the frame of all our mail."""

import re

import pytest
from django.core import mail
from django.test import Client

from community.branding.memory import forget
from community.branding.models import Branding
from community.members.models import Member
from community.notifications.account_letters import Block, blocks_of


def test_a_code_stands_out_in_the_brands_frame(client: Client, member: Member, brand: Branding) -> None:
    forget()
    client.post("/accounts/password/reset/", {"email": member.email})
    letter = mail.outbox[0]
    html = letter.alternatives[0][0]
    code = re.search(r"^([A-Z0-9-]{4,})$", letter.body, re.MULTILINE)
    assert code is not None and f">{code[1]}</p>" in html
    assert letter.from_email.startswith('"Alder & Tarn" <') or letter.from_email.startswith("Alder & Tarn <")
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Hello from" not in html


@pytest.mark.parametrize(
    ("paragraph", "blocks"),
    [
        ("Your code is below.", [Block(words="Your code is below.")]),
        ("AB12-CD34", [Block(code="AB12-CD34")]),
        ("- IP address: 1.2.3.4\n- Date: today", [Block(items=("IP address: 1.2.3.4", "Date: today"))]),
        ("Go to https://a.example/x", [Block(words="Go to"), Block(url="https://a.example/x")]),
    ],
)
def test_each_paragraph_has_its_form(paragraph: str, blocks: list[Block]) -> None:
    assert blocks_of(f"Hello from us!\n\n{paragraph}\n\nUs\nexample.com") == blocks
