"""Who is offered after “@”: those who take part first, nobody's address, and no name that a reviewer keeps back."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post, Status, Thread
from community.threads.publishing import set_status
from reviews.models import Review
from tests.conftest import make_member

As = Callable[[Member | None], Client]


def offered(client: Client, text: str, place: str = "") -> list[str]:
    answer = client.get(reverse("mention_choices"), {"q": text, "place": place})
    return [choice["value"] for choice in answer.json()["choices"]]


def test_who_takes_part_comes_first(answer: Post, member: Member, as_: As) -> None:
    make_member("tabea")
    assert offered(as_(member), "t") == ["tabea", "tomas"]
    assert offered(as_(member), "t", f"answer:{answer.thread_id}") == ["tomas", "tabea"]
    assert offered(as_(member), "T", f"comment:{answer.pk}") == ["tomas", "tabea"]
    assert offered(as_(member), "", f"answer:{answer.thread_id}") == ["tomas"]


def test_a_shown_name_finds_them_too(other_member: Member, member: Member, as_: As) -> None:
    assert offered(as_(member), "Tomas B") == ["tomas"]


def test_no_address_is_told(other_member: Member, member: Member, as_: As) -> None:
    assert "example.com" not in as_(member).get(reverse("mention_choices"), {"q": "to"}).content.decode()
    assert offered(as_(member), "tomas@example") == []


def test_who_wrote_what_nobody_reads_takes_no_part(answer: Post, member: Member, as_: As) -> None:
    set_status(answer, Status.HIDDEN)
    assert offered(as_(member), "", f"answer:{answer.thread_id}") == []


def test_a_reviewer_is_not_given_away(review: Review, member: Member, as_: As) -> None:
    opening = review.thread.posts.get(kind=Post.Kind.OPENING)
    assert offered(as_(member), "", f"comment:{opening.pk}") == []


def test_odd_places_and_letters_break_nothing(question: Thread, member: Member, as_: As) -> None:
    for place in ("answer:99999999999999999", "answer:", "x", "review:fell-jumper", "comment:0"):
        assert offered(as_(member), "zz\0%_", place) == []


def test_looking_up_names_has_a_rate(member: Member, as_: As, time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    client, address = as_(member), reverse("mention_choices")
    codes = [client.get(address, {"q": ""}).status_code for _ in range(91)]
    assert (set(codes[:-1]), codes[-1]) == ({200}, 429)
