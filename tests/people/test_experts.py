"""A product's page names who knows it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.models import Member
from community.people.models import Expertise
from community.people.naming import name_expert, unname_expert
from community.products.models import Product
from community.threads.models import Edition, Thread
from community.threads.ranking import wilson_lower_bound

pytestmark = pytest.mark.django_db
As = Callable[[Member | None], Client]
PAGE = "/products/fell-jumper/"


def knows(member: Member, product: Product, confirmed: int, answers: int) -> Expertise:
    score = wilson_lower_bound(confirmed, answers)
    row = Expertise.objects.create(member=member, product=product, confirmed=confirmed, answers=answers, score=score)
    Edition.advance()
    return row


def test_those_come_first_of_whom_we_are_surest(
    client: Client, product: Product, member: Member, other_member: Member
) -> None:
    knows(member, product, 3, 3)
    knows(other_member, product, 40, 45)
    page = client.get(PAGE).content.decode()
    assert page.index("Tomas Berg") < page.index("Mara Lind")
    assert "40 of 45 answers confirmed" in page and 'href="/members/?product=fell-jumper"' in page


def test_one_confirmed_answer_makes_nobody_an_expert(client: Client, product: Product, member: Member) -> None:
    knows(member, product, 1, 1)
    assert "People who know it" not in client.get(PAGE).content.decode()


def test_who_the_company_names_stands_first_until_it_takes_that_back(
    client: Client, product: Product, member: Member, other_member: Member, manager: Member
) -> None:
    knows(other_member, product, 40, 45)
    name_expert(by=manager, member=member, product=product)
    page = client.get(PAGE).content.decode()
    assert page.index("Mara Lind") < page.index("Tomas Berg")
    unname_expert(by=manager, member=member, product=product)
    assert "Mara Lind" not in client.get(PAGE).content.decode()


def test_who_asks_to_be_left_out_is_gone_at_once(
    client: Client, product: Product, other_member: Member, as_: As
) -> None:
    knows(other_member, product, 40, 45)
    assert "Tomas Berg" in client.get(PAGE).content.decode()
    as_(other_member).post("/members/me/edit/", {"display_name": "Tomas Berg", "bio": ""})
    assert "Tomas Berg" not in client.get(PAGE).content.decode()


def test_naming_them_costs_no_query_once_they_are_known(
    product: Product, member: Member, other_member: Member, as_: As
) -> None:
    client = as_(member)
    client.get(f"{PAGE}?warm")
    with CaptureQueriesContext(connection) as without:
        client.get(f"{PAGE}?stars=5")
    Expertise.objects.create(
        member=other_member,
        product=product,
        confirmed=3,
        answers=3,
        score=0.4,
        named_at=timezone.now(),
        named_by=member,
    )
    Edition.advance()
    client.get(f"{PAGE}?warm")
    with CaptureQueriesContext(connection) as named:
        assert b"Tomas Berg" in client.get(f"{PAGE}?stars=4").content
    assert len(named) == len(without)


def test_a_question_names_them_too_without_a_query_more(
    question: Thread, product: Product, other_member: Member, as_: As
) -> None:
    client = as_(None)
    with CaptureQueriesContext(connection) as without:
        client.get(question.get_absolute_url())
    knows(other_member, product, 40, 45)
    with CaptureQueriesContext(connection) as named:
        page = client.get(question.get_absolute_url()).content.decode()
    assert "People who know it" in page and "40 of 45 answers confirmed" in page
    assert len(named) == len(without)
