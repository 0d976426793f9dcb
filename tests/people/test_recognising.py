"""What members are known for follows from what others did with what they said, and is never counted twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from community.members.models import Member
from community.people.models import Award, Badge, Expertise, Standing
from community.products.models import Product
from community.recognising.recognising import recognise, recognise_all
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Category, Post, Status, Thread
from community.threads.publishing import set_status
from community.threads.voting import vote
from forum.models import MeToo, Question
from forum.solving import accept, unaccept
from reviews.models import Review
from tests.conftest import make_member

pytestmark = pytest.mark.django_db
Fill = Callable[..., list[Thread]]


@pytest.fixture
def crowd(db: None) -> list[Member]:
    return [make_member(f"crowd{number}") for number in range(12)]


@pytest.fixture
def fill(crowd: list[Member], category: Category, product: Product) -> Fill:
    """`fill(tomas, 45, accepted=40)`: so many questions of the crowd that `tomas` answered; the first were solved."""

    def fill(author: Member, count: int, *, accepted: int = 0, days: int = 30, **fields: object) -> list[Thread]:
        then = timezone.now() - timedelta(days=days)
        threads = load_threads(
            NewThread(
                kind="question",
                title=f"{author.username} {number}",
                product=product,
                tags=["wool"],
                opening=NewPost(author=crowd[number % 12], body="How?", created_at=then + timedelta(minutes=number)),
                answers=[NewPost(author=author, body="So.", created_at=then + timedelta(minutes=number, hours=1))],
            )
            for number in range(count)
        )
        for number, thread in enumerate(threads):
            post = thread.posts.get(kind=Post.Kind.ANSWER) if number < accepted else None
            Question.objects.create(
                thread=thread,
                category=category,
                accepted_post=post,
                accepted_by=thread.author if post else None,
                accepted_at=thread.created_at + timedelta(hours=2) if post else None,
            )
        return threads

    return fill


def known(member: Member) -> list[tuple[int, int]]:
    return list(member.expertise.exclude(product=None).values_list("confirmed", "answers"))


def badges(member: Member) -> set[str]:
    return set(member.awards.values_list("badge", flat=True))


def test_an_accepted_answer_is_confirmed(answer: Post, member: Member, other_member: Member) -> None:
    accept(by=member, post=answer)
    recognise([other_member.pk])
    assert known(other_member) == [(1, 1)]
    assert other_member.expertise.get(tag__name="wool").confirmed == 1
    assert badges(other_member) == {Badge.FIRST_SOLUTION}
    award = other_member.awards.get()
    assert (award.post, award.granted_at) == (answer, Question.objects.get().accepted_at)


def test_two_helpful_votes_confirm_and_one_does_not(
    answer: Post, other_member: Member, regular: Member, new_member: Member
) -> None:
    for voter, confirmed in ((regular, 0), (new_member, 1)):
        vote(by=voter, post=answer, is_helpful=True)
        recognise([other_member.pk])
        assert known(other_member) == [(confirmed, 1)]


def test_who_answers_themselves_helps_nobody(question: Thread, member: Member, category: Category) -> None:
    answer = Post.objects.create(thread=question, author=member, kind=Post.Kind.ANSWER, body="Cold.", helpful_score=0.9)
    accept(by=member, post=answer)
    recognise([member.pk])
    assert known(member) == [] and member.standing.answers == 0


def test_40_of_45_stand_before_3_of_3(fill: Fill, other_member: Member, regular: Member, product: Product) -> None:
    fill(other_member, 3, accepted=3)
    fill(regular, 45, accepted=40)
    recognise_all()
    assert [row.member for row in Expertise.objects.shown().filter(product=product).best_first()] == [
        regular,
        other_member,
    ]


def test_a_person_is_helped_once(fill: Fill, other_member: Member, crowd: list[Member]) -> None:
    first = fill(other_member, 24, accepted=24)[0]
    vote(by=crowd[3], post=first.posts.get(kind=Post.Kind.ANSWER), is_helpful=True)
    recognise_all()
    assert (other_member.standing.people_helped, other_member.standing.confirmed) == (12, 24)
    assert badges(other_member) == {Badge.FIRST_SOLUTION, Badge.HELPED_10, Badge.WELCOMING}
    tenth = other_member.awards.get(badge=Badge.HELPED_10)
    assert tenth.post is not None and tenth.post.thread.title == "tomas 9"


def test_doing_it_again_changes_nothing(fill: Fill, other_member: Member) -> None:
    fill(other_member, 14, accepted=12)
    assert recognise_all() > 0
    assert recognise_all() == 0


def test_what_is_hidden_counts_no_longer(answer: Post, member: Member, other_member: Member) -> None:
    accept(by=member, post=answer)
    recognise_all()
    set_status(answer, Status.REMOVED)
    recognise_all()
    assert known(other_member) == [] and badges(other_member) == set()
    assert not other_member.standing.is_listed


def test_a_badge_outlives_a_change_of_mind(answer: Post, member: Member, other_member: Member) -> None:
    accept(by=member, post=answer)
    recognise_all()
    unaccept(by=member, post=answer)
    recognise_all()
    assert known(other_member) == [(0, 1)]
    assert badges(other_member) == {Badge.FIRST_SOLUTION}


def test_a_question_that_ten_others_have_is_a_good_one(question: Thread, member: Member, crowd: list[Member]) -> None:
    for number, other in enumerate(crowd[:10]):
        at = timezone.now() - timedelta(days=20 - number)
        MeToo.objects.create(question=question.question, member=other, created_at=at)
    Question.objects.update(me_too_count=10)
    recognise_all()
    assert member.awards.get().badge == Badge.GOOD_QUESTION
    assert member.awards.get().granted_at.date() == (timezone.now() - timedelta(days=11)).date()


def test_reviews_under_a_shortened_name_are_nobodys(review: Review, other_member: Member) -> None:
    recognise_all()
    assert (other_member.standing.reviews, other_member.standing.is_listed) == (1, True)
    Review.objects.update(name_shown=Review.NameShown.INITIALS)
    recognise_all()
    other_member.standing.refresh_from_db()
    assert (other_member.standing.reviews, other_member.standing.is_listed) == (0, False)


def test_five_named_reviews_that_helped_make_a_reviewer(
    other_member: Member, regular: Member, product: Product
) -> None:
    for number in range(5):
        thing = Product.objects.create(
            name=f"P{number}", slug=f"p{number}", sku=f"p{number}", category=product.category
        )
        opening = NewPost(author=other_member, body="Good.", created_at=timezone.now(), votes=[(regular, True)])
        (thread,) = load_threads([NewThread(kind="review", title="Good", opening=opening, product=thing)])
        Review.objects.create(thread=thread, stars=5)
    recognise_all()
    assert badges(other_member) == {Badge.REVIEWER}


def test_a_year_together_is_dated_by_the_post_that_made_it(fill: Fill, other_member: Member) -> None:
    fill(other_member, 1, days=500)
    later = fill(other_member, 1, days=100)[0]
    recognise_all()
    assert other_member.awards.get(badge=Badge.A_YEAR).post == later.posts.get(kind=Post.Kind.ANSWER)


@pytest.mark.django_db(transaction=True)
def test_it_follows_by_itself(answer: Post, member: Member, other_member: Member) -> None:
    accept(by=member, post=answer)
    assert Standing.objects.get(member=other_member).people_helped == 1
    assert Award.objects.filter(member=other_member).exists()


def test_the_named_stand_first_and_stay(
    fill: Fill, other_member: Member, regular: Member, manager: Member, product: Product
) -> None:
    fill(other_member, 5, accepted=5)
    Expertise.objects.create(member=regular, product=product, named_at=timezone.now(), named_by=manager)
    recognise_all()
    shown = Expertise.objects.shown().filter(product=product).best_first()
    assert [row.member for row in shown] == [regular, other_member]


@pytest.mark.parametrize(
    "fields", [{"is_shown_as_expert": False}, {"is_active": False}, {"is_staff": True}, {"erased_at": timezone.now()}]
)
def test_who_does_not_want_to_be_listed_or_is_gone_is_not(
    fill: Fill, other_member: Member, fields: dict[str, object]
) -> None:
    fill(other_member, 5, accepted=5)
    recognise_all()
    assert Expertise.objects.shown().exists()
    Member.objects.filter(pk=other_member.pk).update(**fields)
    assert not Expertise.objects.shown().exists()


@pytest.mark.parametrize("number", [2, 12])
def test_recognising_costs_the_same_for_few_and_many(
    fill: Fill, crowd: list[Member], number: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for helper in crowd[:number]:
        fill(helper, 2, accepted=1, days=400)
        fill(helper, 1, days=10)
    pks = [helper.pk for helper in crowd[:number]]
    with django_assert_max_num_queries(28):  # type: ignore[attr-defined]
        recognise(pks)
