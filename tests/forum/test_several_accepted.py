"""Where a category takes several solutions: they stand side by side, and the oldest comes first when the first goes."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Category, Post, Status
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from forum.models import AlsoAccepted, Question
from forum.reading import ANSWERS_A_PAGE, page_of
from forum.solving import MOST_ACCEPTED, accept, unaccept
from tests.forum.conftest import Ask, answers_of
from tests.forum.test_question_page import order_on

As = Callable[[Member | None], Client]


@pytest.fixture
def several(category: Category) -> Category:
    category.allows_several_accepted = True
    category.save()
    return category


def accepted(question: Question) -> list[int]:
    """The first solution, then the others."""
    first = Question.objects.get(pk=question.pk).accepted_post_id
    others = AlsoAccepted.objects.filter(question=question).order_by("accepted_at", "pk")
    return [first or 0, *others.values_list("pk", flat=True)]


def test_a_second_solution_comes_beside_the_first(
    several: Category, asked: Ask, member: Member, client: Client
) -> None:
    question = asked(answers=4)
    one, two, three, four = answers_of(question)
    assert accept(by=member, post=three) and accept(by=member, post=two)
    assert not accept(by=member, post=two)
    assert accepted(question) == [three.pk, two.pk]
    page = client.get(question.get_absolute_url()).content.decode()
    assert order_on(page)[1:] == [three.pk, two.pk, one.pk, four.pk]
    assert page.count("accepted by Mara Lind") == 2
    assert Notification.objects.filter(kind="accepted").count() == 2


def test_elsewhere_the_second_takes_the_place_of_the_first(asked: Ask, member: Member) -> None:
    question = asked(answers=2)
    one, two = answers_of(question)
    accept(by=member, post=one)
    accept(by=member, post=two)
    assert accepted(question) == [two.pk]


def test_when_the_first_is_taken_back_the_oldest_other_is_first(several: Category, asked: Ask, member: Member) -> None:
    question = asked(answers=3)
    one, two, three = answers_of(question)
    for post in (one, two, three):
        accept(by=member, post=post)
    then = AlsoAccepted.objects.get(post=two).accepted_at
    assert unaccept(by=member, post=one) and not unaccept(by=member, post=one)
    assert accepted(question) == [two.pk, three.pk]
    assert Question.objects.get(pk=question.pk).accepted_at == then
    unaccept(by=member, post=three)
    unaccept(by=member, post=two)
    assert accepted(question) == [0]


def test_a_solution_that_nobody_can_read_falls_away(several: Category, asked: Ask, member: Member) -> None:
    question = asked(answers=3)
    one, two, three = answers_of(question)
    for post in (one, two, three):
        accept(by=member, post=post)
    set_status(two, Status.HIDDEN)
    assert accepted(question) == [one.pk, three.pk]
    withdraw(by=one.author, post=Post.objects.get(pk=one.pk))
    assert accepted(question) == [three.pk]


def test_a_trusted_member_adds_to_the_askers_choice_but_takes_nothing_of_it_away(
    several: Category, asked: Ask, member: Member, regular: Member
) -> None:
    question = asked(answers=2)
    one, two = answers_of(question)
    accept(by=member, post=one)
    assert accept(by=regular, post=two)
    with pytest.raises(PermissionDenied):
        unaccept(by=regular, post=one)
    assert unaccept(by=regular, post=two)


def test_there_is_an_end_to_solutions(several: Category, asked: Ask, member: Member) -> None:
    *most, last = answers_of(asked(answers=MOST_ACCEPTED + 1))
    for post in most:
        accept(by=member, post=post)
    with pytest.raises(PermissionDenied, match="5 answers are accepted already"):
        accept(by=member, post=last)


def test_pages_with_several_solutions_miss_and_repeat_nothing(
    several: Category, asked: Ask, member: Member, client: Client
) -> None:
    question = asked(answers=2 * ANSWERS_A_PAGE + 1)
    answers = answers_of(question)
    for post in (answers[30], answers[40], answers[5]):
        accept(by=member, post=post)
    pages = [order_on(client.get(f"{question.get_absolute_url()}?page={n}").content.decode()) for n in (1, 2, 3)]
    assert pages[0][1:4] == [answers[30].pk, answers[40].pk, answers[5].pk]
    assert sorted(pages[0][1:] + pages[1] + pages[2]) == [answer.pk for answer in answers]
    for number, page in enumerate(pages, start=1):
        for answer in answers:
            assert (answer.pk in page) == (page_of(answer, member) == number)
