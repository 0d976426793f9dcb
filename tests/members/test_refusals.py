"""What can't be done is answered by a page that says what to do."""

from collections.abc import Callable

from django.test import Client

from community.members.models import Member
from community.threads.models import Post


def test_a_wrong_method_gets_a_page(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    response = as_(member).get(f"/posts/{answer.pk}/helpful/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert b"<h1" in response.content


def test_a_body_that_is_too_large_gets_a_page(member: Member, as_: Callable[..., Client]) -> None:
    response = as_(member).post(
        "/questions/ask/", {"title": "How", "body": "x" * 10_000_000}, headers={"accept": "*/*"}
    )
    assert response.status_code == 413
    assert b"<h1" in response.content
