"""A review's own page, and the page about all of them."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Status, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from reviews.models import Review
from tests.conftest import make_member
from tests.reviews.writing import change, opening_of

pytestmark = pytest.mark.django_db
Clients = Callable[[Member | None], Client]


def path_of(review: Review) -> str:
    return f"/reviews/{review.pk}/"


def text_of(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_a_review_has_a_page_with_everything_said_below_it(
    client: Client, member: Member, responder: Member, review: Review
) -> None:
    add_answer(by=responder, thread=review.thread, body="Thank you. The next batch is shorter.", is_official=True)
    add_comment(by=member, parent=opening_of(review), body="Mine is long in the arm too.")
    page = text_of(client, path_of(review))
    assert "<h1>Warm and honest</h1>" in page
    assert "Company reply" in page
    assert "Mine is long in the arm too." in page
    assert 'href="/products/fell-jumper/"' in page


def test_a_permalink_leads_here(client: Client, review: Review) -> None:
    opening = opening_of(review)
    assert client.get(opening.get_absolute_url()).url == f"/reviews/{review.pk}/"


def test_a_visitor_finds_the_way_to_report_a_review(client: Client, review: Review) -> None:
    path = f"/posts/{opening_of(review).pk}/flag/"
    page = text_of(client, path_of(review))
    assert f'href="{path}"' in page and "Bookmark" not in page
    assert client.get(path).url == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("path", ["/reviews/999999/", "/reviews/0/"])
def test_a_review_that_never_was_is_not_found(client: Client, review: Review, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_question_is_not_shown_as_a_review(client: Client, question: Thread) -> None:
    assert client.get(f"/reviews/{question.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("status", "who", "code"),
    [
        (Status.HELD, None, 404),
        (Status.HELD, "member", 404),
        (Status.HELD, "other_member", 200),
        (Status.HELD, "moderator", 200),
        (Status.HIDDEN, None, 404),
        (Status.HIDDEN, "other_member", 200),
        (Status.REMOVED, None, 410),
        (Status.REMOVED, "member", 410),
        (Status.REMOVED, "other_member", 200),
        (Status.REMOVED, "moderator", 200),
    ],
)
def test_who_sees_a_review_that_is_not_published(
    request: pytest.FixtureRequest, as_: Clients, review: Review, status: str, who: str | None, code: int
) -> None:
    set_status(opening_of(review), status, reason="Advertising")
    client = as_(request.getfixturevalue(who) if who else None)
    assert client.get(path_of(review)).status_code == code
    if code == 404:
        assert "Warm on the hill" not in text_of(client, path_of(review))


def test_the_author_reads_why_it_was_removed_and_how_to_mend_it(
    as_: Clients, other_member: Member, review: Review
) -> None:
    set_status(opening_of(review), Status.REMOVED, reason="Advertising")
    page = text_of(as_(other_member), path_of(review))
    assert "The reason: Advertising." in page
    assert "within 7 days" in page
    assert "noindex" in page


def test_a_deleted_review_is_gone_and_its_author_can_bring_it_back(
    as_: Clients, client: Client, other_member: Member, review: Review
) -> None:
    withdraw(by=other_member, post=opening_of(review))
    assert client.get(path_of(review)).status_code == 410
    assert "Warm" not in text_of(client, path_of(review))
    assert f"/posts/{opening_of(review).pk}/restore/" in text_of(as_(other_member), path_of(review))


def test_changed_stars_stay_on_record(client: Client, review: Review) -> None:
    change(review, stars=1)
    page = text_of(client, path_of(review))
    assert "Edited on" in page
    assert "4 stars" in page.partition("What was changed")[2]


def test_a_reviewer_commenting_below_goes_by_the_chosen_name(
    client: Client, other_member: Member, review: Review
) -> None:
    change(review, name_shown="anonymous")
    add_comment(by=other_member, parent=opening_of(review), body="I forgot to say: size M.")
    page = text_of(client, path_of(review))
    assert "A customer, who wrote the review" in page
    assert "Tomas" not in page
    assert "tomas" not in page


@pytest.mark.parametrize("page", ["comment", "flag", "history"])
def test_the_pages_around_a_review_know_the_chosen_name_alone(
    as_: Clients, member: Member, review: Review, page: str
) -> None:
    change(review, name_shown="initials", body="Another text than before, long enough to stand.")
    shown = text_of(as_(member), f"/posts/{opening_of(review).pk}/{page}/")
    assert "T. B." in shown
    assert "Tomas" not in shown
    assert "tomas" not in shown


@pytest.mark.parametrize("number", [3, 30])
def test_the_page_costs_the_same_however_many_comments(
    as_: Clients, review: Review, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    opening = opening_of(review)
    for nth in range(number):
        add_comment(by=make_member(f"voice{nth}"), parent=opening, body=f"Voice number {nth} agrees.")
    for who, most in ((None, 5), (make_member("reader"), 6)):
        client = as_(who)
        with django_assert_max_num_queries(most):
            assert client.get(path_of(review)).status_code == 200


@pytest.mark.parametrize("path", ["/reviews/how-reviews-work/", "/products/", "/products/fell-jumper/"])
def test_pages_that_are_read_take_no_other_method(client: Client, product: Product, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.delete(path).status_code == 405


def test_how_reviews_work_says_what_the_code_does(client: Client) -> None:
    page = text_of(client, "/reviews/how-reviews-work/")
    for words in (
        "20 to 10",
        "up to 5 photos",
        "as if it had 10 more",
        "up to 5 photos",
        "works once for each product, for 45 days",
        "From 10 reviews on",
        "has 7 days to mend it",
        "Wilson",
        "With photos",
        "Advertising or another business",
        "Most helpful",
    ):
        assert words in page
