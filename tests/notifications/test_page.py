"""The page behind the bell."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.branding.memory import forget
from community.branding.models import Branding
from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.reading import read_one, read_thread
from community.notifications.telling import tell
from community.threads.models import Post, Status, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from forum.solving import accept
from reviews.models import Review

As = Callable[[Member | None], Client]
Kind = Notification.Kind


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/notifications/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_says_who_did_what_where(answer: Post, member: Member, as_: As) -> None:
    shown = page(as_(member))
    assert "Tomas Berg answered your question." in shown
    assert "How do I wash the Fell Jumper?" in shown
    assert "Cold water, wool soap, and dry it flat on a towel." in shown
    assert f'href="{answer.get_absolute_url()}"' in shown


def test_it_says_each_kind_in_its_own_words(
    question: Thread,
    answer: Post,
    member: Member,
    other_member: Member,
    regular: Member,
    responder: Member,
    as_: As,
    brand: Branding,
) -> None:
    add_comment(by=regular, parent=answer, body="@mara this worked for me too.")
    accept(by=member, post=answer)
    add_answer(by=responder, thread=question, body="We have corrected the label, thank you.", is_official=True)
    forget()
    asker, answerer = page(as_(member)), page(as_(other_member))
    assert "Rosa Reyes mentioned you." in asker
    assert "Rhea replied to your question for Alder &amp; Tarn." in asker
    assert "Rosa Reyes commented on your answer." in answerer
    assert "Mara Lind accepted your answer." in answerer


def test_a_removed_answers_author_reads_that_it_was_removed(answer: Post, other_member: Member, as_: As) -> None:
    set_status(answer, Status.REMOVED, reason="Advertising")
    tell(member=other_member, kind=Kind.DECISION, post=answer)
    shown = page(as_(other_member))
    assert "A moderator removed your answer." in shown
    assert "Cold water" not in shown


def test_a_reviewer_without_a_name_stays_without_one(
    review: Review, regular: Member, responder: Member, other_member: Member, as_: As
) -> None:
    reply = add_answer(by=responder, thread=review.thread, body="Thank you for telling us.", is_official=True)
    add_comment(by=other_member, parent=reply, body="You are welcome, @rosa says so too.")
    shown = page(as_(regular))
    assert "The reviewer mentioned you." in shown
    assert "Tomas" not in shown


def test_opening_the_page_changes_nothing(answer: Post, member: Member, as_: As) -> None:
    client = as_(member)
    assert "notice__new" in page(client)
    assert "notice__new" in page(client)


def test_all_are_marked_read_at_once(answer: Post, member: Member, as_: As) -> None:
    client = as_(member)
    assert client.post("/notifications/read/").url == "/notifications/"
    assert "notice__new" not in page(client)
    assert "Nothing new" in page(client)
    assert "Mark all as read" not in page(client)


def test_one_is_marked_read_on_the_page_it_stands_on(answer: Post, member: Member, as_: As) -> None:
    told = Notification.objects.get(member=member)
    client = as_(member)
    assert client.post(f"/notifications/{told.pk}/read/").url == "/notifications/"
    assert client.post(f"/notifications/{told.pk}/read/?page=2").url == "/notifications/?page=2"
    assert client.post(f"/notifications/{told.pk}/read/?page=//evil").url == "/notifications/"
    assert read_one(by=member, notification=told) is False


def test_nobody_marks_what_is_anothers(answer: Post, member: Member, regular: Member, as_: As) -> None:
    told = Notification.objects.get(member=member)
    assert as_(regular).post(f"/notifications/{told.pk}/read/").status_code == 404
    assert not Notification.objects.get(pk=told.pk).is_read


def test_an_open_thread_counts_as_read(question: Thread, answer: Post, member: Member, as_: As) -> None:
    response = as_(member).post(f"/threads/{question.pk}/seen/", headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert Member.objects.get(pk=member.pk).unread_notifications == 0
    assert read_thread(by=member, thread=question) is False


def test_without_any_it_says_how_to_get_some(regular: Member, as_: As) -> None:
    assert "Nothing has happened yet" in page(as_(regular))


def test_the_bell_in_the_header_has_the_number(answer: Post, member: Member, as_: As) -> None:
    assert "Notifications, 1 unread" in page(as_(member))


def test_three_rows_cost_as_many_queries_as_twenty(
    question: Thread,
    answer: Post,
    member: Member,
    other_member: Member,
    as_: As,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = as_(member)
    fill(question, other_member, member, 3)
    page(client)
    with django_assert_num_queries(3):  # the member, the count, the rows
        page(client)
    fill(question, other_member, member, 60)
    with django_assert_num_queries(3):
        assert 'href="?page=4"' in page(client)
    assert page(client, "?page=2").count("<article") == 20
    assert page(client, "?page=nonsense").count("<article") == 20


def fill(question: Thread, author: Member, member: Member, count: int) -> None:
    posts = Post.objects.bulk_create(
        Post(thread=question, author=author, kind=Post.Kind.ANSWER, body="x", body_html="<p>x</p>")
        for _ in range(count)
    )
    Notification.objects.bulk_create(
        Notification(member=member, kind=Kind.ANSWER, post=post, actor=author) for post in posts
    )
