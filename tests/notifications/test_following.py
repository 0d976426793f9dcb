"""Following, and not following."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community.members.models import Member
from community.notifications.following import follow, is_following, unfollow
from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.models import Status, Tag, Thread
from forum.answering import answer_question
from reviews.models import Review

As = Callable[[Member | None], Client]


def test_who_asks_answers_or_reviews_follows(
    question: Thread, review: Review, member: Member, regular: Member, other_member: Member
) -> None:
    answer_question(by=regular, question=question.question, body="Cold water and wool soap will do.")
    assert is_following(member, thread=question)
    assert is_following(regular, thread=question)
    assert is_following(other_member, thread=review.thread)
    assert not is_following(other_member, thread=question)


def test_follow_and_unfollow_say_whether_anything_changed(question: Thread, regular: Member) -> None:
    assert [follow(by=regular, thread=question) for _ in range(2)] == [True, False]
    assert [unfollow(by=regular, thread=question) for _ in range(2)] == [True, False]
    assert follow(by=regular, thread=question) is True


def test_a_no_holds_against_following_by_itself(question: Thread, regular: Member) -> None:
    unfollow(by=regular, thread=question)
    answer_question(by=regular, question=question.question, body="Cold water and wool soap will do.")
    assert not is_following(regular, thread=question)


def test_who_may_not_take_part_follows_nothing(question: Thread, regular: Member) -> None:
    regular.is_active = False
    with pytest.raises(PermissionDenied):
        follow(by=regular, thread=question)


@pytest.mark.parametrize("kind", ["thread", "product", "tag"])
def test_one_click_follows_and_one_undoes_it(
    kind: str, question: Thread, product: Product, as_: As, regular: Member
) -> None:
    target = {"thread": question, "product": product, "tag": Tag.objects.get(name="wool")}[kind]
    client = as_(regular)
    page = target.get_absolute_url() if kind != "tag" else f"/tags/{target.slug}/"
    assert client.post(f"/{kind}s/{target.pk}/follow/").url == page
    assert is_following(regular, **{kind: target})
    assert client.post(f"/{kind}s/{target.pk}/unfollow/").url == page
    assert not is_following(regular, **{kind: target})


def test_htmx_gets_the_button_as_it_is_now(question: Thread, as_: As, regular: Member) -> None:
    response = as_(regular).post(f"/threads/{question.pk}/follow/", headers={"HX-Request": "true"})
    assert f'action="/threads/{question.pk}/unfollow/"' in response.content.decode()
    assert 'aria-pressed="true"' in response.content.decode()


def test_a_stranger_signs_in_first_and_lands_on_the_page(question: Thread, client: Client) -> None:
    response = client.post(f"/threads/{question.pk}/follow/")
    assert response.url.startswith("/accounts/login/?next=/questions/")
    assert not Subscription.objects.filter(member__username="tomas").exists()


def test_what_one_may_not_see_cannot_be_followed(question: Thread, as_: As, regular: Member) -> None:
    Thread.objects.filter(pk=question.pk).update(status=Status.HELD)
    assert as_(regular).post(f"/threads/{question.pk}/follow/").status_code == 404


def test_the_list_of_what_one_follows_leads_back_to_itself(
    question: Thread, product: Product, as_: As, regular: Member
) -> None:
    follow(by=regular, thread=question)
    follow(by=regular, product=product)
    client = as_(regular)
    page = client.get("/notifications/following/").content.decode()
    assert question.title in page
    assert "New questions about this product" in page
    there = {"next": "/notifications/following/"}
    assert client.post(f"/threads/{question.pk}/unfollow/", there).url == "/notifications/following/"
    assert question.title not in client.get("/notifications/following/").content.decode()


def test_nobody_is_led_to_another_site(question: Thread, as_: As, regular: Member) -> None:
    there = {"next": "https://evil.example/"}
    assert as_(regular).post(f"/threads/{question.pk}/follow/", there).url == question.get_absolute_url()


def test_a_followed_thread_that_is_hidden_is_not_listed(question: Thread, as_: As, regular: Member) -> None:
    follow(by=regular, thread=question)
    Thread.objects.filter(pk=question.pk).update(status=Status.HIDDEN)
    assert question.title not in as_(regular).get("/notifications/following/").content.decode()
