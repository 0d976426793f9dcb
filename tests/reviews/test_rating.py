"""A product's rating: its sums, its formula, and that it is never out of step with what can be read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django_q.models import Schedule

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Edition, Status
from community.threads.publishing import set_status
from community.threads.withdrawing import restore, withdraw
from reviews.models import AttributeRating, AttributeSummary, RatingSummary, Review, ReviewAttribute
from reviews.rating import MIDDLE, by_rank, recount, recount_all, site_mean
from reviews.tasks import recount_ratings
from tests.reviews.writing import BODY, change, opening_of, write

pytestmark = pytest.mark.django_db


def rating_of(product: Product) -> RatingSummary:
    return RatingSummary.objects.get(product=product)


def mean_of_site() -> float:
    return Product.objects.annotate(mean=site_mean()).values_list("mean", flat=True)[0]


def undone(act: Callable[[], Any]) -> None:
    """Do `act`, and roll it back."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("counts", "score"),
    [
        ({"stars_5": 1}, 4.0909),
        ({"stars_5": 3}, 4.2308),
        ({"stars_5": 40, "stars_4": 10}, 4.6667),
        ({"stars_5": 300, "stars_4": 200}, 4.5882),
        ({"stars_3": 20}, 3.3333),
    ],
)
def test_the_ranking_score_draws_few_reviews_to_the_sites_mean(
    product: Product, counts: dict[str, int], score: float
) -> None:
    RatingSummary.objects.create(product=product, **counts)
    assert rating_of(product).ranking_score(4.0) == pytest.approx(score, abs=0.00005)


def test_products_are_ranked_by_that_score(product: Product) -> None:
    cap = Product.objects.create(name="Cap", slug="cap", sku="C", category=product.category)
    RatingSummary.objects.create(product=product, stars_5=1)
    RatingSummary.objects.create(product=cap, stars_4=20, stars_3=1)
    mean = mean_of_site()
    assert {each.pk: each.rank for each in by_rank(Product.objects.all())} == {
        pk: pytest.approx(rating.ranking_score(mean)) for pk, rating in RatingSummary.objects.in_bulk().items()
    }


def test_the_mean_is_plain_and_has_one_decimal(product: Product) -> None:
    RatingSummary.objects.create(product=product, stars_5=1, stars_4=1, stars_1=1)
    assert (rating_of(product).mean, rating_of(product).count) == (3.3, 3)


def test_a_product_without_reviews_has_no_mean(product: Product) -> None:
    RatingSummary.objects.create(product=product)
    assert rating_of(product).mean is None
    assert rating_of(product).recommend_share is None


def test_the_sites_mean_counts_every_star_alike(product: Product) -> None:
    assert mean_of_site() == MIDDLE
    other = Product.objects.create(name="Tarn Cap", slug="tarn-cap", sku="AT-2", category=product.category)
    RatingSummary.objects.create(product=product, stars_5=3)
    RatingSummary.objects.create(product=other, stars_1=1)
    assert mean_of_site() == 4.0


def test_a_published_review_counts_at_once(review: Review, product: Product) -> None:
    assert rating_of(product).stars_4 == 1


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.REMOVED, Status.WITHDRAWN])
def test_a_review_that_nobody_can_read_does_not_count(review: Review, product: Product, status: str) -> None:
    set_status(opening_of(review), status, reason="published" if status == Status.WITHDRAWN else "")
    assert rating_of(product).count == 0
    set_status(opening_of(review), Status.PUBLISHED)
    assert rating_of(product).count == 1


def test_deleting_and_bringing_back_keeps_the_rating_right(review: Review, product: Product) -> None:
    withdraw(by=review.thread.author, post=opening_of(review))
    assert rating_of(product).count == 0
    restore(by=review.thread.author, post=opening_of(review))
    assert rating_of(product).stars_4 == 1


def test_other_stars_change_the_rating_with_the_review(review: Review, product: Product) -> None:
    change(review, stars=2)
    assert (rating_of(product).stars_4, rating_of(product).stars_2) == (0, 1)


def test_a_rolled_back_review_leaves_the_rating_alone(member: Member, review: Review, product: Product) -> None:
    undone(lambda: write(member, product, stars=1))
    assert (rating_of(product).stars_1, rating_of(product).count) == (0, 1)


def test_a_rolled_back_change_of_stars_leaves_the_rating_alone(review: Review, product: Product) -> None:
    undone(lambda: change(review, stars=1))
    assert (rating_of(product).stars_1, rating_of(product).stars_4) == (0, 1)


def test_the_companys_own_people_are_shown_and_not_counted(responder: Member, product: Product) -> None:
    written = write(responder, product, stars=5)
    assert written.is_insider
    assert not RatingSummary.objects.filter(product=product, count__gt=0)


def test_who_said_whether_they_recommend_it_is_counted(
    member: Member, regular: Member, new_member: Member, product: Product
) -> None:
    write(member, product, recommends=True)
    write(regular, product, recommends=False, body=BODY + " No.")
    write(new_member, product, body=BODY + " Yes.")
    assert (rating_of(product).recommend_count, rating_of(product).recommend_asked) == (1, 2)
    assert rating_of(product).recommend_share == 50


def test_what_reviews_say_of_an_attribute_is_counted_with_their_stars(
    member: Member, responder: Member, review: Review, product: Product
) -> None:
    fit = ReviewAttribute.objects.create(category=product.category, name="Fit", slug="fit", kind="fit")
    for one, value in ((review, 2), (write(member, product, body=BODY + " No."), 5), (write(responder, product), 1)):
        AttributeRating.objects.create(review=one, attribute=fit, value=value)
    assert recount(product.pk) is True
    summary = AttributeSummary.objects.get()
    assert (summary.value_1, summary.value_2, summary.value_5, summary.count) == (0, 1, 1, 2)  # staff do not count
    set_status(opening_of(review), Status.HIDDEN)
    assert AttributeSummary.objects.get().value_2 == 0
    AttributeRating.objects.all().delete()
    assert recount(product.pk) is True
    assert not AttributeSummary.objects.exists()


def test_recounting_mends_what_was_wrong_and_says_so(review: Review, product: Product) -> None:
    RatingSummary.objects.update(stars_4=7, stars_1=3)
    assert recount_all() == 1
    assert (rating_of(product).stars_4, rating_of(product).count) == (1, 1)
    assert recount_ratings() == 0


def test_recounting_what_is_right_changes_nothing(review: Review, product: Product) -> None:
    before = Edition.current()
    assert recount(product.pk) is False
    assert Edition.current() == before


def test_a_new_rating_ends_the_kept_pages(review: Review, product: Product) -> None:
    RatingSummary.objects.update(stars_4=7)
    before = Edition.current()
    recount(product.pk)
    assert Edition.current() > before


def test_the_nightly_recount_is_planned() -> None:
    call_command("plan_tasks")
    assert Schedule.objects.filter(func="reviews.tasks.recount_ratings").exists()
