"""The front page: who needs help, what was solved, who helps."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Category, Status, Thread
from community.threads.publishing import set_status
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
    helpers = client.get("/").context["helpers"]
    assert helpers == [(other_member, 2), (new_member, 1)]


def test_a_young_community_has_a_front_page(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert "Every question is solved" in page and "Who helps" not in page
