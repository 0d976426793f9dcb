"""The page behind the bell."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.branding.memory import forget
from community.branding.models import Branding
from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.reading import read_thread
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


def test_a_conversation_is_marked_read_on_the_page_it_stands_on(
    question: Thread, answer: Post, member: Member, as_: As
) -> None:
    client, address = as_(member), f"/notifications/threads/{question.pk}/read/"
    assert client.post(address, {"next": "/notifications/?page=2"}).url == "/notifications/?page=2"
    assert "notice__new" not in page(client)
    assert client.post(address, {"next": "//evil.example"}).url == "/notifications/"


def test_nobody_marks_what_is_anothers(
    question: Thread, answer: Post, member: Member, regular: Member, as_: As
) -> None:
    as_(regular).post(f"/notifications/threads/{question.pk}/read/")
    assert not Notification.objects.get(member=member).is_read


def test_what_happened_in_one_conversation_stands_together(
    question: Thread, answer: Post, member: Member, other_member: Member, as_: As
) -> None:
    fill(question, other_member, member, 6)
    shown = page(as_(member))
    assert shown.count("<article") == 1
    assert "and 3 more before that" in shown


def test_what_is_new_can_be_seen_alone(
    question: Thread, answer: Post, review: Review, member: Member, other_member: Member, responder: Member, as_: As
) -> None:
    add_answer(by=responder, thread=review.thread, body="Thank you for telling us.", is_official=True)
    client = as_(other_member)
    assert "Warm and honest" in page(client, "?new=1")
    client.post(f"/notifications/threads/{review.pk}/read/")
    assert "You have seen it all" in page(client, "?new=1")


def test_the_bell_answers_only_when_its_number_changed(
    answer: Post, member: Member, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(member)
    with django_assert_num_queries(1):
        assert client.get("/notifications/bell/?shown=1").status_code == 204
    with django_assert_num_queries(1):
        fresh = client.get("/notifications/bell/?shown=0")
    assert "1 unread" in fresh.content.decode()
    assert "no-store" in fresh["Cache-Control"]


def test_a_strangers_bell_is_silent(client: Client, db: None) -> None:
    assert client.get("/notifications/bell/?shown=0").status_code == 204


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
    fill_threads(other_member, member, 3)
    page(client)
    with django_assert_num_queries(4):  # the member, the count, the conversations, the rows
        page(client)
    fill_threads(other_member, member, 60)
    with django_assert_num_queries(4):
        assert 'href="?page=4"' in page(client)
    assert page(client, "?page=2").count("<article") == 20
    assert page(client, "?page=nonsense").count("<article") == 20


def fill_threads(author: Member, member: Member, count: int) -> None:
    for _ in range(count):
        thread = Thread.objects.create(kind="question", author=member, title="How?", slug="how", last_post_by=author)
        fill(thread, author, member, 1)


def fill(question: Thread, author: Member, member: Member, count: int) -> None:
    posts = Post.objects.bulk_create(
        Post(thread=question, author=author, kind=Post.Kind.ANSWER, body="x", body_html="<p>x</p>")
        for _ in range(count)
    )
    Notification.objects.bulk_create(
        Notification(member=member, kind=Kind.ANSWER, post=post, actor=author) for post in posts
    )
