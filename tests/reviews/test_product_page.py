"""A product's page: its rating, its reviews, its photos and questions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Attachment, Post, Status, Thread
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from community.threads.voting import unvote, vote
from reviews.models import AttributeRating, RatingSummary, Review, ReviewAttribute
from reviews.rating import recount
from tests.reviews.product_page import PAGE, load_reviews, text_of, titles
from tests.reviews.writing import opening_of, write

pytestmark = pytest.mark.django_db


# The rating -----------------------------------------------------------------------------------------------------------


def test_the_rating_is_shown_with_its_count_and_how_it_is_worked_out(client: Client, product: Product) -> None:
    load_reviews(product, [{"stars": 5}, {"stars": 4}, {"stars": 4}])
    page = text_of(client)
    assert "4.3" in page
    assert "from 3 reviews" in page
    assert 'href="/reviews/how-reviews-work/"' in page


def test_each_bar_is_a_link_that_filters(client: Client, product: Product) -> None:
    load_reviews(product, [{"stars": 5}, {"stars": 4}, {"stars": 4}])
    bars = client.get(PAGE).context["bars"]
    assert [(bar["stars"], bar["count"], bar["share"]) for bar in bars] == [
        (5, 1, 33), (4, 2, 67), (3, 0, 0), (2, 0, 0), (1, 0, 0),
    ]  # fmt: skip
    assert titles(client, bars[1]["url"].partition("#")[0]) == ["Review 1", "Review 2"]


def test_the_share_who_recommend_it_says_of_how_many(client: Client, product: Product) -> None:
    load_reviews(product, [{"stars": 5, "recommends": True}, {"stars": 2, "recommends": False}, {"stars": 3}])
    page = " ".join(text_of(client).split())
    assert "50%</strong> would recommend it" in page
    assert "1 of the 2 who said" in page


def test_a_product_without_reviews_invites_the_first(client: Client, product: Product) -> None:
    page = text_of(client)
    assert "Be the first to say" in page
    assert 'href="/products/fell-jumper/review/"' in page


def test_the_companys_own_review_is_shown_labelled_and_not_counted(
    client: Client, responder: Member, review: Review, product: Product
) -> None:
    write(responder, product)
    page = text_of(client)
    assert "Works for the company" in page
    assert "from 1 review" in page


# The top of either side -----------------------------------------------------------------------------------------------

TEN: list[dict[str, Any]] = [{"stars": 5 if n % 2 else 2, "votes": (n, 10)} for n in range(10)]


def test_the_top_positive_stands_beside_the_top_critical(client: Client, product: Product) -> None:
    load_reviews(product, [dict(row) for row in TEN])
    top = client.get(PAGE).context["top"]
    assert [side.opening.thread.title for side in top] == ["Review 9", "Review 8"]
    page = text_of(client)
    assert page.index("Top positive review") < page.index("Top critical review")
    assert 'href="/reviews/how-reviews-work/#top"' in page


@pytest.mark.parametrize(
    "rows",
    [
        TEN[:9],
        [{"stars": 5} for _ in range(12)],
        [{"stars": 1} for _ in range(12)],
        [*TEN[:9], {"stars": 2, "is_insider": True}],
    ],
)
def test_there_is_never_one_without_the_other_nor_for_few(
    client: Client, product: Product, rows: list[dict[str, Any]]
) -> None:
    load_reviews(product, [dict(row) for row in rows])
    assert client.get(PAGE).context["top"] is None
    assert "Top positive review" not in text_of(client)


@pytest.mark.parametrize("query", ["?stars=5", "?sort=newest", "?page=2", "?q=cuffs"])
def test_they_stand_above_the_plain_list_alone(client: Client, product: Product, query: str) -> None:
    load_reviews(product, [dict(row) for row in TEN] + [{"stars": 3}])
    assert client.get(PAGE + query).context["top"] is None


def test_of_equal_votes_the_newer_is_chosen_and_staff_never(client: Client, product: Product) -> None:
    rows = [{"stars": 1 + n % 5, "days": n + 2} for n in range(10)]
    load_reviews(product, [*rows, {"stars": 5, "is_insider": True, "days": 1}, {"stars": 1, "is_insider": True}])
    assert [side.opening.thread.title for side in client.get(PAGE).context["top"]] == ["Review 3", "Review 0"]


# What may be seen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.REMOVED])
@pytest.mark.parametrize("who", [None, "member", "other_member", "moderator"])
def test_a_review_that_is_not_published_is_in_nobodys_list(
    request: pytest.FixtureRequest, as_: Callable[..., Client], review: Review, status: str, who: str | None
) -> None:
    client = as_(request.getfixturevalue(who) if who else None)
    assert titles(client) == ["Warm and honest"]
    set_status(opening_of(review), status)
    assert titles(client) == []


def test_a_hidden_reviews_photos_leave_the_strip(client: Client, as_: Callable[..., Client], product: Product) -> None:
    (review,) = load_reviews(product, [{"stars": 5, "photo": True}])
    small = Attachment.objects.get().small.url
    assert small in text_of(client)
    set_status(opening_of(review), Status.HIDDEN)
    assert small not in text_of(client)


def test_the_companys_reply_stands_below_its_review(client: Client, responder: Member, review: Review) -> None:
    add_answer(by=responder, thread=review.thread, body="Thank you. The next batch is shorter.", is_official=True)
    page = text_of(client)
    assert "Company reply" in page
    assert "The next batch is shorter." in page


def test_labels_are_words(client: Client, product: Product) -> None:
    marks = {"verified": True, "is_incentivised": True, "imported_from": "Oldshop", "days": 400}
    (review,) = load_reviews(product, [{"stars": 5, **marks}])
    page = text_of(client)
    assert "Verified purchase</li>" in page
    assert "Incentivised: got something for reviewing</li>" in page
    assert f"First posted on Oldshop, {date_format(review.thread.created_at, 'j F Y')}</li>" in page


def test_an_update_stands_below_its_review_with_how_much_later_it_came(
    client: Client, other_member: Member, review: Review
) -> None:
    opening = opening_of(review)
    body = "The elbows have worn through."
    update = Post.objects.create(
        thread=review.thread, author=other_member, kind="update", body=body, body_html=f"<p>{body}</p>",
        created_at=opening.created_at + timedelta(days=92),
    )  # fmt: skip
    for path in (PAGE, f"/reviews/{review.pk}/"):
        page = text_of(client, path)
        assert "Update after 3 months" in page
        assert f'id="post-{update.pk}"' in page
    set_status(update, Status.HIDDEN)
    assert "Update after 3 months" not in text_of(client)


# Names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name_shown", "shown"), [("first", "Reviewer N."), ("initials", "R. N."), ("anonymous", "A customer")]
)
def test_a_chosen_name_is_all_that_a_page_gives_away(
    client: Client, product: Product, name_shown: str, shown: str
) -> None:
    (review,) = load_reviews(product, [{"stars": 5, "name_shown": name_shown, "photo": True}])
    for path in (PAGE, f"/reviews/{review.pk}/"):
        page = text_of(client, path)
        assert shown in page
        assert "Reviewer Number0" not in page
        assert "reviewer0" not in page


def test_a_full_name_leads_to_its_member(client: Client, review: Review) -> None:
    assert '<a href="/members/tomas/">Tomas Berg</a>' in text_of(client)


def test_somebody_who_left_is_not_named(client: Client, review: Review) -> None:
    Member.objects.filter(username="tomas").update(erased_at=timezone.now())
    page = text_of(client)
    assert "Deleted member" in page
    assert "tomas" not in page


# What one may do ------------------------------------------------------------------------------------------------------


def test_a_reader_may_vote_and_report_and_the_writer_may_change(
    as_: Callable[..., Client], member: Member, other_member: Member, review: Review
) -> None:
    reader, writer = text_of(as_(member)), text_of(as_(other_member))
    pk = opening_of(review).pk
    assert f"/posts/{pk}/helpful/" in reader
    assert f"/posts/{pk}/flag/" in reader
    assert f"/posts/{pk}/helpful/" not in writer
    assert f"/posts/{pk}/flag/" not in writer
    assert "Change your review" in writer
    assert f"/posts/{pk}/withdraw/" in writer


def test_a_vote_is_remembered_and_can_be_taken_back(as_: Callable[..., Client], member: Member, review: Review) -> None:
    opening, client = opening_of(review), as_(member)
    vote(by=member, post=opening, is_helpful=True)
    assert f"/posts/{opening.pk}/unvote/" in text_of(client)
    unvote(by=member, post=opening)
    assert f"/posts/{opening.pk}/helpful/" in text_of(client)


def test_a_stranger_is_not_offered_what_needs_an_account(client: Client, review: Review) -> None:
    page = text_of(client)
    assert 'method="post"' not in page.partition("<main")[2].partition("</main>")[0]
    assert "Write a review" in page


def test_questions_about_the_product_are_there_and_can_be_asked(client: Client, question: Thread) -> None:
    page = text_of(client)
    assert "How do I wash the Fell Jumper?" in page
    assert 'href="/questions/ask/?product=fell-jumper"' in page
    set_status(question.posts.get(), Status.HIDDEN)
    assert "How do I wash the Fell Jumper?" not in text_of(client)


# Budget ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [10, 300])
def test_the_page_costs_the_same_however_many_reviews(
    as_: Callable[..., Client],
    member: Member,
    question: Thread,
    product: Product,
    fit: ReviewAttribute,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [{"stars": n % 5 + 1, "verified": n % 2 == 0, "photo": n < 3} for n in range(number)]
    reviews = load_reviews(product, rows)
    AttributeRating.objects.bulk_create(AttributeRating(review=one, attribute=fit, value=2) for one in reviews)
    recount(product.pk)
    for who, most in ((None, 10), (member, 11)):
        client = as_(who)
        client.get(f"{PAGE}?warm")
        for query in ("", "?stars=3", "?verified=1&sort=newest", "?q=cuffs&attribute=fit-2", "?sort=photos"):
            with django_assert_max_num_queries(most):
                assert client.get(PAGE + query).status_code == 200


def test_reading_never_works_the_rating_out_anew(client: Client, review: Review) -> None:
    RatingSummary.objects.update(stars_4=7)
    assert "from 7 reviews" in text_of(client)


def test_the_page_stays_small(client: Client, product: Product, fit: ReviewAttribute) -> None:
    rows = [{"stars": n % 5 + 1, "photo": n < 12, "verified": True, "votes": (n % 3, 3)} for n in range(30)]
    reviews = load_reviews(product, rows)
    AttributeRating.objects.bulk_create(AttributeRating(review=one, attribute=fit, value=2) for one in reviews)
    recount(product.pk)
    assert len(client.get(PAGE).content) < 60_000
