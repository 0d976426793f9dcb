"""Writing and changing a review through the verbs."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from time_machine import travel

from community.members.limits import TooSoon
from community.members.models import Member
from community.products.models import Product, Purchase
from community.threads.attaching import take_photo
from community.threads.editing import EditConflict
from community.threads.models import Attachment, Status, Thread
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from reviews.models import RatingSummary, Review
from reviews.reviewing import AlreadyReviewed
from tests.conftest import long_ago, make_member
from tests.reviews.at_once import at_once
from tests.reviews.writing import BODY, change, opening_of, picture, write

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def buy(product: Product, **fields: Any) -> Purchase:
    bought = {"email": "mara@example.com", "reference": "A-1", "purchased_at": timezone.now() - timedelta(days=40)}
    return Purchase.objects.create(product=product, **bought | fields)


def test_a_review_is_a_thread_about_its_product(member: Member, product: Product) -> None:
    review = write(member, product, stars=3, recommends=True, pros="Warm", cons="Long arms")
    assert (review.thread.kind, review.thread.product, review.thread.status) == ("review", product, "published")
    assert Review.objects.get(pk=review.pk).facts() == {
        "stars": 3, "recommends": True, "experience_date": None, "pros": "Warm", "cons": "Long arms",
    }  # fmt: skip


@pytest.mark.parametrize("stars", [0, 6, -1, None, "five", 4.5])
def test_stars_are_one_to_five_whole(member: Member, product: Product, stars: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        write(member, product, stars=stars)
    assert "stars" in refused.value.message_dict
    assert not Thread.objects.exists()


def test_the_day_it_was_used_is_not_to_come(member: Member, product: Product) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        write(member, product, experience_date=tomorrow)
    assert "experience_date" in refused.value.message_dict
    assert write(member, product, experience_date=timezone.localdate())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"body": "x" * 19}, "body"),
        ({"body": "x" * 10_001}, "body"),
        ({"pros": "x" * 301}, "pros"),
        ({"name_shown": "nickname"}, "name_shown"),
    ],
)
def test_what_is_too_short_or_too_long_is_refused(
    member: Member, product: Product, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        write(member, product, **changes)
    assert list(refused.value.message_dict) == [field]


def test_a_purchase_by_the_account_verifies_the_review(member: Member, product: Product) -> None:
    bought = buy(product, member=member, email="elsewhere@example.com")
    assert write(member, product).purchase == bought


def test_a_purchase_by_a_verified_address_verifies_the_review(member: Member, product: Product) -> None:
    bought = buy(product, email="Mara@Example.com")
    assert write(member, product).purchase == bought


def test_an_address_that_is_not_verified_proves_nothing(member: Member, product: Product) -> None:
    EmailAddress.objects.filter(user=member).update(verified=False)
    buy(product)
    assert not write(member, product).is_verified


def test_what_was_called_off_or_bought_by_another_proves_nothing(
    member: Member, other_member: Member, product: Product
) -> None:
    buy(product, member=member, refunded_at=timezone.now())
    buy(product, member=other_member, reference="A-2")
    assert not write(member, product).is_verified


def test_who_gave_it_back_has_had_it(member: Member, product: Product) -> None:
    bought = buy(product, member=member, fulfilled_at=timezone.now(), refunded_at=timezone.now())
    assert write(member, product, stars=1).purchase == bought


def test_staff_are_labelled_whether_they_like_it_or_not(responder: Member, member: Member, product: Product) -> None:
    assert write(responder, product).is_insider
    assert not write(member, product, body=BODY + " Truly.").is_insider


def test_a_second_review_of_the_same_product_is_refused_with_the_first(
    other_member: Member, review: Review, product: Product
) -> None:
    with pytest.raises(AlreadyReviewed) as refused:
        write(other_member, product, submission_key=uuid4())
    assert refused.value.review == review


def test_the_same_submission_again_is_the_same_review(member: Member, product: Product) -> None:
    key = uuid4()
    first = write(member, product, submission_key=key)
    assert write(member, product, submission_key=key) == first
    assert Review.objects.count() == 1


def test_another_text_in_a_form_that_was_used_is_not_lost(member: Member, product: Product) -> None:
    key = uuid4()
    write(member, product, submission_key=key)
    with pytest.raises(AlreadyReviewed):
        write(member, product, submission_key=key, stars=1)


def test_a_submission_used_for_a_question_makes_no_review_of_it(
    member: Member, question: Thread, product: Product
) -> None:
    key = uuid4()
    question.posts.update(submission_key=key)
    made = write(member, product, submission_key=key, body=question.posts.get().body)
    assert made.thread != question
    assert Review.objects.get() == made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_double_click", [True, False])
def test_two_requests_at_once_make_one_review(
    member: Member, product: Product, tmp_path: Path, is_double_click: bool
) -> None:
    keys = [uuid4()] * 2 if is_double_click else [uuid4(), uuid4()]
    results = at_once(tmp_path, [partial(write, member, product, submission_key=key) for key in keys])
    made = [result for result in results if isinstance(result, Review)]
    refused = [result.review for result in results if isinstance(result, AlreadyReviewed)]
    assert len(made) == (2 if is_double_click else 1), results
    assert len({review.pk for review in made + refused}) == 1
    assert at_once(tmp_path, [Review.objects.count]) == [1]


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_lose_neither(member: Member, product: Product, tmp_path: Path) -> None:
    review = write(member, product)
    results = at_once(tmp_path, [partial(change, review, base_version=1, stars=stars) for stars in (1, 2)])
    assert sorted(type(result).__name__ for result in results) == ["EditConflict", "bool"], results


@pytest.mark.django_db(transaction=True)
def test_reviews_at_once_all_count(product: Product, tmp_path: Path) -> None:
    people = [make_member(f"person{number}") for number in range(4)]
    texts = [f"{BODY} Number {number}." for number in range(4)]
    at_once(tmp_path, [partial(write, who, product, body=text) for who, text in zip(people, texts, strict=True)])
    assert at_once(tmp_path, [lambda: RatingSummary.objects.get(product=product).stars_5]) == [4]


def test_another_product_too_soon_after_is_refused(member: Member, review: Review, product: Product) -> None:
    write(member, product)
    cap = Product.objects.create(name="Tarn Cap", slug="tarn-cap", sku="AT-2", category=product.category)
    with pytest.raises(TooSoon):
        write(member, cap, body=BODY + " Also as a cap.")


def test_a_strangers_or_unsigned_review_is_refused(member: Member, product: Product) -> None:
    member.is_active = False
    with pytest.raises(PermissionDenied):
        write(member, product)


def test_photos_come_with_the_review_and_somebody_elses_do_not(
    member: Member, other_member: Member, product: Product
) -> None:
    own, foreign = (take_photo(by=who, upload=picture()) for who in (member, other_member))
    review = write(member, product, photos=[foreign, own])
    assert [photo.pk for photo in opening_of(review).attachments.all()] == [own.pk]
    assert Attachment.objects.get(pk=foreign.pk).post is None


# Changing -------------------------------------------------------------------------------------------------------------


def test_a_change_keeps_what_it_said_before(review: Review) -> None:
    assert change(review, stars=2, title="Not so honest", body="After a month the cuffs came loose, alas.")
    opening, before = opening_of(review), Review.objects.get(pk=review.pk).versions.get()
    assert (before.stars, opening.thread.review.stars) == (4, 2)
    assert opening.revisions.get().body == "Warm on the hill, a bit long in the arm."
    assert opening.edited_at is not None


def test_a_change_of_stars_alone_says_edited(review: Review) -> None:
    assert change(review, stars=5)
    assert opening_of(review).edited_at is not None
    assert opening_of(review).version == 2


def test_a_change_within_five_minutes_is_silent_and_kept(member: Member, product: Product) -> None:
    review = write(member, product)
    assert change(review, stars=1)
    assert opening_of(review).edited_at is None
    assert review.versions.count() == 1


def test_the_same_again_changes_nothing(review: Review) -> None:
    assert change(review) is False
    assert opening_of(review).version == 1
    assert not review.versions.exists()


def test_another_name_is_no_edit(review: Review) -> None:
    assert change(review, name_shown="anonymous")
    assert Review.objects.get(pk=review.pk).name_shown == "anonymous"
    assert opening_of(review).edited_at is None


@pytest.mark.parametrize("changes", [{"stars": 1}, {"body": "Another text of more than twenty characters."}])
def test_of_two_changes_at_once_the_second_is_shown_the_first(review: Review, changes: dict[str, Any]) -> None:
    change(review, stars=5)
    with pytest.raises(EditConflict):
        change(review, base_version=1, **changes)
    assert Review.objects.get(pk=review.pk).stars == 5


@pytest.mark.parametrize("who", ["member", "moderator", "admin"])
def test_nobody_but_its_author_changes_a_review(request: pytest.FixtureRequest, review: Review, who: str) -> None:
    with pytest.raises(PermissionDenied):
        change(review, by=request.getfixturevalue(who), stars=5)
    assert Review.objects.get(pk=review.pk).stars == 4


def test_a_deleted_review_comes_back_with_its_new_text(review: Review) -> None:
    withdraw(by=review.thread.author, post=opening_of(review))
    assert change(review, title="Second thoughts")
    assert opening_of(review).status == Status.PUBLISHED
    assert opening_of(review).thread.title == "Second thoughts"


@pytest.mark.parametrize("changes", [{"body": "Mended: no more advertising in it."}, {"cons": "Nothing"}, {"stars": 3}])
def test_a_removed_review_that_was_mended_waits_for_a_moderator(review: Review, changes: dict[str, Any]) -> None:
    set_status(opening_of(review), Status.REMOVED, reason="Advertising")
    assert change(review, **changes)
    assert opening_of(review).status == Status.HELD
    assert opening_of(review).status_reason == "Mended after removal: Advertising"


def test_a_removed_review_is_not_mended_after_a_week(review: Review) -> None:
    set_status(opening_of(review), Status.REMOVED, reason="Advertising")
    with travel(timezone.now() + timedelta(days=8)), pytest.raises(PermissionDenied):
        change(review, stars=5)


def test_pros_and_cons_are_looked_over_like_the_text(new_member: Member, product: Product) -> None:
    review = write(new_member, product, pros="Visit my casino!")
    assert opening_of(review).status == Status.HELD
    assert not RatingSummary.objects.filter(product=product, count__gt=0)


def test_changed_pros_and_cons_are_looked_over_too(new_member: Member, product: Product) -> None:
    review = write(new_member, product)
    change(review, cons="Visit my casino!")
    assert opening_of(review).status == Status.HELD


def test_bad_changes_are_refused_like_bad_reviews(review: Review) -> None:
    with pytest.raises(ValidationError):
        change(review, stars=0)
    assert Review.objects.get(pk=review.pk).stars == 4


def test_photos_left_out_are_deleted_and_new_ones_added(member: Member, product: Product) -> None:
    first, second = (take_photo(by=member, upload=picture()) for _ in range(2))
    review = write(member, product, photos=[first, second])
    third = take_photo(by=member, upload=picture())
    assert change(review, photos=[second, third])
    assert {photo.pk for photo in opening_of(review).attachments.all()} == {second.pk, third.pk}
    assert not Attachment.objects.filter(pk=first.pk).exists()


def test_a_review_of_a_year_ago_can_still_be_changed(review: Review) -> None:
    long_ago(review.thread, hours=24 * 365)
    assert change(review, stars=1)


# Stars decide nothing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("addition", "status"), [("", "published"), (" Visit my casino!", "held")])
def test_stars_never_decide_whether_a_review_is_published(
    new_member: Member, product: Product, stars: int, addition: str, status: str
) -> None:
    assert write(new_member, product, stars=stars, body=BODY + addition).thread.status == status


def test_what_decides_visibility_has_never_heard_of_stars() -> None:
    deciding = [
        ROOT / "community/threads" / f"{name}.py" for name in ("screening", "permissions", "publishing", "limits")
    ]
    assert [path.name for path in deciding if "stars" in path.read_text()] == []
