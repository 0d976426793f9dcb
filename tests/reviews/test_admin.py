"""Reviews and ratings in the admin: to be found, never to be changed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from reviews.models import RatingSummary, Review
from tests.reviews.writing import change

pytestmark = pytest.mark.django_db
Clients = Callable[[Member | None], Client]


def test_reviews_are_listed_found_and_shown_with_their_past(as_: Clients, admin: Member, review: Review) -> None:
    change(review, stars=2)
    client = as_(admin)
    assert b"Warm and honest" in client.get("/admin/reviews/review/?q=tomas").content
    assert b"4" in client.get(f"/admin/reviews/review/{review.pk}/change/").content


def test_not_even_an_admin_changes_stars(as_: Clients, admin: Member, review: Review) -> None:
    client = as_(admin)
    assert client.post(f"/admin/reviews/review/{review.pk}/change/", {"stars": 5}).status_code == 403
    assert client.get("/admin/reviews/review/add/").status_code == 403
    assert client.post(f"/admin/reviews/review/{review.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Review.objects.get(pk=review.pk).stars == 4


def test_a_wrong_rating_is_recounted_from_its_list(as_: Clients, admin: Member, review: Review) -> None:
    RatingSummary.objects.update(stars_1=5)
    client = as_(admin)
    assert client.get("/admin/reviews/ratingsummary/").status_code == 200
    chosen = {"action": "recount_chosen", "_selected_action": [review.thread.product_id]}
    response = client.post("/admin/reviews/ratingsummary/", chosen, follow=True)
    assert b"1 of the ratings were wrong" in response.content
    assert RatingSummary.objects.get().stars_1 == 0


def test_managers_look_after_attributes_and_mail_domains_and_change_nothing_said(
    as_: Clients, manager: Member, review: Review
) -> None:
    client = as_(manager)
    desk = client.get(reverse("reviews_overview")).content.decode()
    for model in ("reviewattribute", "insiderdomain"):
        assert reverse(f"admin:reviews_{model}_changelist") in desk
        assert client.get(reverse(f"admin:reviews_{model}_add")).status_code == 200
    assert client.get(reverse("admin:reviews_review_changelist")).status_code == 200
    assert client.post(reverse("admin:reviews_review_delete", args=[review.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:reviews_reviewrecord_add")).status_code == 403
