"""Following, and not following."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from community.members.models import Member
from community.notifications.following import LEVELS, follow, is_following, level_of, unfollow
from community.notifications.models import TARGETS, Level, Subscription
from community.products.models import Product
from community.threads.models import Category, Status, Tag, Thread
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


@pytest.fixture
def targets(question: Thread, product: Product, category: Category, other_member: Member) -> dict[str, Any]:
    """What can be followed, by kind."""
    tag = Tag.objects.get(name="wool")
    return {"thread": question, "product": product, "tag": tag, "category": category, "person": other_member}


@pytest.mark.parametrize("kind", TARGETS)
def test_one_click_follows_and_one_undoes_it(kind: str, targets: dict[str, Any], as_: As, regular: Member) -> None:
    target, name = targets[kind], "member" if kind == "person" else kind
    client = as_(regular)
    page = target.get_absolute_url() if kind != "tag" else f"/tags/{target.slug}/"
    assert client.post(reverse(f"follow_{name}", args=[target.pk])).url == page
    assert is_following(regular, **{kind: target})
    assert client.post(reverse(f"unfollow_{name}", args=[target.pk])).url == page
    assert not is_following(regular, **{kind: target})


@pytest.mark.parametrize("kind", TARGETS)
def test_a_member_chooses_how_much_they_hear(kind: str, targets: dict[str, Any], as_: As, regular: Member) -> None:
    target, name = targets[kind], "member" if kind == "person" else kind
    for level in LEVELS[kind]:
        as_(regular).post(reverse(f"follow_{name}", args=[target.pk]), {"level": level.value})
        assert level_of(regular, **{kind: target}) == level


@pytest.mark.parametrize("level", ["4", "9", "99999999999999999999", "9" * 5000])
def test_a_level_that_is_not_offered_is_refused(level: str, question: Thread, as_: As, regular: Member) -> None:
    assert as_(regular).post(f"/threads/{question.pk}/follow/", {"level": level}).status_code == 400
    assert level_of(regular, thread=question) is None


def test_following_again_keeps_the_level(question: Thread, regular: Member) -> None:
    follow(by=regular, thread=question, level=Level.TRACKING)
    assert follow(by=regular, thread=question) is False
    assert follow(by=regular, thread=question, is_automatic=True) is False
    assert level_of(regular, thread=question) == Level.TRACKING


def test_nobody_follows_themselves(as_: As, regular: Member) -> None:
    for act in ("follow", "unfollow"):
        assert as_(regular).post(f"/people/{regular.pk}/{act}/").status_code == 403


def test_somebody_who_has_gone_cannot_be_followed(as_: As, regular: Member, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert as_(regular).post(f"/people/{member.pk}/follow/").status_code == 404


def test_the_button_offers_the_levels_without_a_script(question: Thread, as_: As, regular: Member) -> None:
    page = as_(regular).get(question.get_absolute_url()).content.decode()
    for level in LEVELS["thread"]:
        assert f'name="level" value="{level.value}" formaction="/threads/{question.pk}/follow/"' in page


def test_the_list_can_be_narrowed_to_a_kind(targets: dict[str, Any], as_: As, regular: Member) -> None:
    for kind, target in targets.items():
        follow(by=regular, **{kind: target})
    page = as_(regular).get("/notifications/following/?kind=person").content.decode()
    assert "Tomas Berg" in page
    assert "Fell Jumper" not in page
    assert as_(regular).get("/notifications/following/?kind=nonsense").status_code == 200


def test_the_list_costs_few_queries(
    targets: dict[str, Any], as_: As, regular: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for kind, target in targets.items():
        follow(by=regular, **{kind: target})
    client = as_(regular)
    client.get("/notifications/following/")
    with django_assert_max_num_queries(3):
        client.get("/notifications/following/")


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
    assert "Bell and mail: each new question" in page
    there = {"next": "/notifications/following/"}
    assert client.post(f"/threads/{question.pk}/unfollow/", there).url == "/notifications/following/"
    assert "Muted: nothing from this conversation" in client.get("/notifications/following/").content.decode()


def test_nobody_is_led_to_another_site(question: Thread, as_: As, regular: Member) -> None:
    there = {"next": "https://evil.example/"}
    assert as_(regular).post(f"/threads/{question.pk}/follow/", there).url == question.get_absolute_url()


@pytest.mark.parametrize("there", ["home", "a:b", "-1", "٣", "?page=2", "/\\evil.example"])
def test_what_is_no_path_leads_back_to_the_page(there: str, question: Thread, as_: As, regular: Member) -> None:
    for address in (f"/threads/{question.pk}/follow/", f"/threads/{question.pk}/unfollow/"):
        assert as_(regular).post(address, {"next": there}).url == question.get_absolute_url()
    read = f"/notifications/threads/{question.pk}/read/"
    assert as_(regular).post(read, {"next": there}).url == "/notifications/"


def test_a_followed_thread_that_is_hidden_is_not_listed(question: Thread, as_: As, regular: Member) -> None:
    follow(by=regular, thread=question)
    Thread.objects.filter(pk=question.pk).update(status=Status.HIDDEN)
    assert question.title not in as_(regular).get("/notifications/following/").content.decode()
