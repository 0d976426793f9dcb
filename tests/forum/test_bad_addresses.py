"""Addresses that nobody links to: numbers no database takes, bytes that are no text, words that are nothing here."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.members.models import Member
from community.threads.models import Thread

NUMBERS = ["0", "9" * 19, "9" * 25, "9" * 400]
ADDRESSES = [
    "/tags/a%00b/",
    "/tags/a%2Fb/",
    "/tags/%FF/",
    "/questions/?tag=%00",
    "/questions/?category=%00&page=1",
    "/questions/?product=%FF%FE",
    "/questions/?page=1%00",
]


@pytest.mark.parametrize("who", [None, "member", "moderator"])
def test_what_cannot_be_is_not_found(
    who: str | None, question: Thread, as_: Callable[[Member | None], Client], request: pytest.FixtureRequest
) -> None:
    reader = as_(request.getfixturevalue(who) if who else None)
    pages = [f"/questions/{number}/{name}/" for number in NUMBERS for name in ("x", "answer")]
    acts = [f"/questions/{number}/close/" for number in NUMBERS] + [f"/posts/{number}/accept/" for number in NUMBERS]
    assert {address: reader.get(address).status_code for address in [*ADDRESSES, *pages]} == dict.fromkeys(
        [*ADDRESSES, *pages], 404
    )
    assert {address: reader.post(address).status_code for address in acts} == dict.fromkeys(acts, 404)


def test_other_methods_are_not_allowed(
    question: Thread, member: Member, as_: Callable[[Member | None], Client]
) -> None:
    for address in ("/questions/", "/tags/wool/", question.get_absolute_url()):
        assert as_(member).post(address).status_code == 405
        assert as_(member).delete(address).status_code == 405
        assert as_(member).head(address).status_code == 200
