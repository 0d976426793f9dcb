"""The front page: who needs help, what was solved, who helps."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from community.home import helpers
from community.home_own import own_of
from community.members.models import Member
from community.notifications.following import follow
from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Category, Post, Status, Tag, Thread, ThreadRead
from community.threads.publishing import set_status
from community.threads.seeing import mark_read
from forum.models import Question
from forum.solving import accept

BODY = "Cold water, wool soap, and dry it flat on a towel."


def ask(member: Member, category: Category, helper: Member, hours: list[int]) -> list[Thread]:
    """One question for each number of hours ago, in the order given, each answered."""
    moments = [timezone.now() - timedelta(hours=ago) for ago in hours]
    rows = [
        NewThread(
            Thread.Kind.QUESTION,
            f"Asked {ago} hours ago",
            NewPost(member, BODY, created_at=moment),
            answers=[NewPost(helper, BODY, created_at=moment)],
        )
        for ago, moment in zip(hours, moments, strict=True)
    ]
    threads = load_threads(rows)
    Question.objects.bulk_create([Question(thread=thread, category=category) for thread in threads])
    return list(threads)


def solve(thread: Thread, by: Member, days_ago: int = 0) -> None:
    accept(by=by, post=thread.posts.answers().get())
    Question.objects.filter(pk=thread.pk).update(accepted_at=timezone.now() - timedelta(days=days_ago))


def test_the_newest_unsolved_questions_wait_in_order(member: Member, other_member: Member, category: Category) -> None:
    threads = ask(member, category, other_member, [5, 1, 3, 2, 4, 7, 6])
    solve(threads[1], member)
    set_status(threads[3].posts.get(kind="opening"), Status.HIDDEN)
    titles = [question.thread.title for question in Question.objects.newest_unsolved(3)]
    assert titles == ["Asked 3 hours ago", "Asked 4 hours ago", "Asked 5 hours ago"]


def test_what_was_solved_last_comes_first(member: Member, other_member: Member, category: Category) -> None:
    threads = ask(member, category, other_member, [1, 2, 3, 4])
    for days_ago, thread in enumerate(threads):
        solve(thread, member, days_ago)
    set_status(threads[0].posts.get(kind="opening"), Status.HIDDEN)
    titles = [question.thread.title for question in Question.objects.just_solved(2)]
    assert titles == ["Asked 2 hours ago", "Asked 3 hours ago"]


def test_who_helps_is_who_was_accepted_most_of_late(
    member: Member, other_member: Member, new_member: Member, responder: Member, category: Category, client: Client
) -> None:
    for helper, days_ago in ((other_member, 1), (other_member, 3), (new_member, 2), (new_member, 70), (responder, 1)):
        solve(ask(member, category, helper, [2000])[0], member, days_ago)
    assert helpers() == [(other_member, 2), (new_member, 1)]
    assert "2 accepted" in client.get("/").content.decode()
    Member.objects.filter(pk=other_member.pk).update(is_shown_as_expert=False)
    assert helpers() == [(new_member, 1)]


def test_a_young_community_has_a_front_page(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert "Every question is solved" in page and "Who helps" not in page


def headings(client: Client) -> list[str]:
    return re.findall(r'<h2 id="[\w-]+">([^<]+)</h2>', client.get("/").content.decode())


def test_a_stranger_reads_first_what_was_solved(member: Member, other_member: Member, category: Category) -> None:
    threads = ask(member, category, other_member, [1, 2, 3])
    solve(threads[0], member)
    assert headings(Client()) == ["Just solved", "Can you help?"]
    assert "1 of 3 questions asked here is solved." in Client().get("/").content.decode()


def test_a_member_reads_what_is_new_in_what_they_follow(
    answer: Post, member: Member, other_member: Member, as_: Callable[[Member | None], Client]
) -> None:
    mara = as_(member)
    Subscription.objects.filter(member=member).update(created_at=timezone.now() - timedelta(hours=2))
    ThreadRead.objects.filter(member=member).update(read_until=timezone.now() - timedelta(hours=2))
    assert headings(mara)[0] == "New in what you follow"
    mark_read(by=member, thread=Thread.objects.get(), until=timezone.now(), posts=2)
    assert headings(mara)[0] == "Your open questions"
    assert "New in what you follow" not in headings(as_(other_member))


def test_a_member_is_shown_what_they_could_answer(
    question: Thread, regular: Member, as_: Callable[[Member | None], Client]
) -> None:
    rosa = as_(regular)
    assert "You could answer these" not in headings(rosa)
    assert "Follow a" in rosa.get("/").content.decode()
    follow(by=regular, tag=Tag.objects.get(name="wool"))
    assert headings(rosa)[0] == "You could answer these"
    set_status(question.posts.get(kind="opening"), Status.HIDDEN)
    assert "You could answer these" not in headings(rosa)


def test_who_answers_about_a_product_is_shown_what_else_is_asked_about_it(
    answer: Post, product: Product, member: Member, other_member: Member, category: Category
) -> None:
    (thread,) = ask(member, category, member, [1])
    Thread.objects.filter(pk=thread.pk).update(product=product)
    own = own_of(other_member)
    assert own and [question.pk for question in own.could_answer] == [thread.pk]


def test_the_own_part_costs_two_queries(
    answer: Post, member: Member, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(2):
        assert own_of(member)
