"""The way of every post: who may, how often, once per submission, counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import Member
from community.threads.drafting import read_draft, save_draft
from community.threads.events import post_published
from community.threads.models import Post, Status, Thread
from community.threads.posting import add_answer, add_comment, open_thread
from community.threads.publishing import recount, set_status

TEXT = "Cold water, wool soap, dry flat."


def ask(
    by: Member, title: str = "How do I wash it?", body: str = "The label says hand wash only.", **more: Any
) -> Thread:
    return open_thread(by=by, kind=Thread.Kind.QUESTION, title=title, body=body, **more)


def test_the_same_submission_makes_one_post(question: Thread, other_member: Member) -> None:
    key = uuid4()
    first = add_answer(by=other_member, thread=question, body=TEXT, submission_key=key)
    assert add_answer(by=other_member, thread=question, body=TEXT, submission_key=key) == first
    question.refresh_from_db()
    assert question.answer_count == 1


def test_a_used_form_with_another_text_makes_another_post(question: Thread, responder: Member) -> None:
    key = uuid4()
    first = add_answer(by=responder, thread=question, body=TEXT, submission_key=key)
    second = add_answer(by=responder, thread=question, body="And never hang it.", submission_key=key)
    assert second not in (first, None)
    assert second.body == "And never hang it."


def test_the_same_submission_makes_one_thread(member: Member) -> None:
    key = uuid4()
    assert ask(member, submission_key=key) == ask(member, submission_key=key)
    assert Thread.objects.count() == 1


def test_a_post_is_told_of_once_and_never_when_it_is_rolled_back(question: Thread, other_member: Member) -> None:
    heard: list[int] = []

    def hear(post_id: int, **_: Any) -> None:
        heard.append(post_id)

    post_published.connect(hear)
    with transaction.atomic():
        add_answer(by=other_member, thread=question, body=TEXT)
        transaction.set_rollback(True)
    post = add_answer(by=other_member, thread=question, body=TEXT)
    post_published.disconnect(hear)
    assert heard == [post.pk]


def test_counters_and_last_post_follow(question: Thread, other_member: Member, member: Member) -> None:
    answer = add_answer(by=other_member, thread=question, body=TEXT)
    add_comment(by=member, parent=answer, body="Thank you!")
    question.refresh_from_db()
    assert (question.answer_count, question.comment_count, question.last_post_by) == (1, 1, member)


def test_a_comment_on_a_hidden_answer_is_neither_shown_nor_counted(
    question: Thread, answer: Post, member: Member, other_member: Member
) -> None:
    comment = add_comment(by=member, parent=answer, body="Thank you!")
    set_status(answer, Status.HIDDEN)
    question.refresh_from_db()
    assert (question.answer_count, question.comment_count) == (0, 0)
    assert comment not in Post.objects.published()
    assert comment in Post.objects.visible_to(other_member), "whose answer it is still reads what was said to it"


def test_a_recount_mends_wrong_counters(question: Thread, answer: Post, django_assert_num_queries: Any) -> None:
    Thread.objects.filter(pk=question.pk).update(answer_count=9, comment_count=9, last_post_by=question.author)
    with django_assert_num_queries(4):  # two of them open and close a savepoint
        recount(question.pk)
    question.refresh_from_db()
    assert (question.answer_count, question.comment_count, question.last_post_by) == (1, 0, answer.author)


def test_a_slug_is_short_whole_words_or_empty(member: Member) -> None:
    assert ask(member, "Comment laver l’été ?").slug == "comment-laver-lete"
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        long = ask(member, " ".join(["jumper"] * 20), body="The label says nothing at all.")
    assert long.slug == "-".join(["jumper"] * 11)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert ask(member, "كيف أغسل السترة؟ كيف", body="كيف أغسل السترة الصوفية؟").get_absolute_url().endswith("/-/")


def test_a_closed_thread_takes_no_more(question: Thread, answer: Post, member: Member, other_member: Member) -> None:
    Thread.objects.filter(pk=question.pk).update(closed_at=timezone.now())
    answer = Post.objects.select_related("thread").get(pk=answer.pk)
    with pytest.raises(PermissionDenied, match="no further answers"):
        add_answer(by=other_member, thread=answer.thread, body=TEXT)
    with pytest.raises(PermissionDenied):
        add_comment(by=member, parent=answer, body="Thank you!")


def test_nobody_comments_on_a_comment(answer: Post, member: Member, other_member: Member) -> None:
    comment = add_comment(by=member, parent=answer, body="Thank you!")
    with pytest.raises(PermissionDenied):
        add_comment(by=other_member, parent=comment, body="You are welcome.")


def test_only_staff_speak_for_the_company(question: Thread, other_member: Member, responder: Member) -> None:
    with pytest.raises(PermissionDenied, match="Only staff"):
        add_answer(by=other_member, thread=question, body=TEXT, is_official=True)
    assert add_answer(by=responder, thread=question, body=TEXT, is_official=True).is_official


def test_a_suspended_member_cannot_post(question: Thread, other_member: Member) -> None:
    other_member.is_active = False
    with pytest.raises(PermissionDenied):
        add_answer(by=other_member, thread=question, body=TEXT)


# --- how often --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "seconds"), [("other_member", 5), ("new_member", 30)])
def test_posts_wait_for_each_other(who: str, seconds: int, question: Thread, request: pytest.FixtureRequest) -> None:
    by, now = request.getfixturevalue(who), timezone.now()
    with time_machine.travel(now, tick=False):
        add_answer(by=by, thread=question, body=TEXT)
    with time_machine.travel(now + timedelta(seconds=seconds - 1), tick=False), pytest.raises(TooSoon) as refusal:
        add_answer(by=by, thread=question, body=f"{TEXT} Twice.")
    assert refusal.value.retry_after_seconds == 1
    with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
        assert add_answer(by=by, thread=question, body=f"{TEXT} Twice.")


def test_questions_wait_fifteen_seconds_for_each_other(member: Member) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        ask(member)
    with time_machine.travel(now + timedelta(seconds=14), tick=False), pytest.raises(TooSoon, match="1 second"):
        ask(member, body="And may it go into the dryer afterwards?")
    with time_machine.travel(now + timedelta(seconds=15), tick=False):
        assert ask(member, body="And may it go into the dryer afterwards?")


def test_the_same_text_waits_five_minutes(question: Thread, other_member: Member) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        add_answer(by=other_member, thread=question, body=TEXT)
    with time_machine.travel(now + timedelta(minutes=4), tick=False), pytest.raises(TooSoon, match="this text"):
        add_answer(by=other_member, thread=question, body=TEXT)
    with time_machine.travel(now + timedelta(minutes=6), tick=False):
        assert add_answer(by=other_member, thread=question, body=TEXT)


@pytest.mark.parametrize(("who", "most"), [("new_member", 3), ("member", 20)])
def test_there_is_an_end_to_the_questions_of_a_day(who: str, most: int, request: pytest.FixtureRequest) -> None:
    by, now = request.getfixturevalue(who), timezone.now()
    for nth in range(most):
        with time_machine.travel(now + timedelta(minutes=nth), tick=False):
            ask(by, body=f"The label says number {nth}, and what is that?")
    with time_machine.travel(now + timedelta(hours=1), tick=False), pytest.raises(TooSoon, match=str(most)):
        ask(by, body="One more, if I may.")


def test_a_new_member_writes_ten_answers_on_the_first_day(question: Thread, new_member: Member) -> None:
    now = timezone.now()
    for nth in range(10):
        with time_machine.travel(now + timedelta(minutes=nth), tick=False):
            add_answer(by=new_member, thread=question, body=f"{TEXT} Number {nth}.")
    with time_machine.travel(now + timedelta(hours=1), tick=False), pytest.raises(TooSoon, match="10 answers"):
        add_answer(by=new_member, thread=question, body="One more, if I may.")
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert add_answer(by=new_member, thread=question, body="One more, if I may.")


def test_staff_are_not_counted(question: Thread, responder: Member) -> None:
    assert add_answer(by=responder, thread=question, body=TEXT) != add_answer(
        by=responder, thread=question, body=TEXT + "!"
    )


# --- the first look ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("https://a.example https://b.example www.c.example", "3 links"),
        ("![a](/media/photos/a.webp) ![b](/media/photos/b.webp)", "2 images"),
        ("@mara @tomas @rosa, please look", "3 mentions"),
    ],
)
def test_new_members_have_caps_and_others_do_not(
    text: str, what: str, question: Thread, new_member: Member, other_member: Member
) -> None:
    with pytest.raises(ValidationError, match=what):
        add_answer(by=new_member, thread=question, body=text)
    assert add_answer(by=other_member, thread=question, body=text).is_published


def test_nobody_mentions_eleven_people(question: Thread, other_member: Member) -> None:
    crowd = " ".join(f"@member{n}" for n in range(11))
    with pytest.raises(ValidationError, match="11 mentions"):
        add_answer(by=other_member, thread=question, body=crowd)


@pytest.mark.parametrize("text", ["Best casino in town, come and see.", "See https://a.example for how to do it."])
def test_a_doubtful_first_post_waits_for_a_moderator(
    text: str, question: Thread, new_member: Member, member: Member, moderator: Member
) -> None:
    post = add_answer(by=new_member, thread=question, body=text)
    assert (post.status, bool(post.status_reason)) == (Status.HELD, True)
    visible = [Post.objects.visible_to(who).filter(pk=post.pk).exists() for who in (member, new_member, moderator)]
    assert visible == [False, True, True]


def test_a_held_question_is_not_listed(new_member: Member) -> None:
    thread = ask(new_member, "Where is the best casino?")
    assert thread.status == Status.HELD
    assert not Thread.objects.listed().exists()


def test_an_innocent_first_post_is_published_at_once(question: Thread, new_member: Member) -> None:
    assert add_answer(by=new_member, thread=question, body=TEXT).is_published


# --- the page of a comment --------------------------------------------------------------------------------------------


def test_a_comment_is_posted_from_its_page(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    client, address = as_(member), reverse("comment", args=[answer.pk])
    assert "Cold water, wool soap" in client.get(address).content.decode()
    response = client.post(address, {"body": "Thank you!", "submission_key": str(uuid4())})
    comment = answer.comments.get()
    assert response.headers["Location"] == comment.get_absolute_url()
    assert comment.body_html == "<p>Thank you!</p>\n"


def test_a_double_click_makes_one_comment(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    client, address = as_(member), reverse("comment", args=[answer.pk])
    fields = {"body": "Thank you!", "submission_key": str(uuid4())}
    assert client.post(address, fields).headers["Location"] == client.post(address, fields).headers["Location"]
    assert answer.comments.count() == 1


def test_a_comment_that_comes_too_soon_keeps_its_text(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    client, address = as_(member), reverse("comment", args=[answer.pk])
    client.post(address, {"body": "Thank you!"})
    response = client.post(address, {"body": "Thank you so much!"})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "5")
    assert "Thank you so much!" in response.content.decode()


@pytest.mark.parametrize("body", ["", "Hm", " \n\u200b\u2060 ", "x" * 1001, "x" * 200_000])
def test_a_comment_that_is_no_comment_is_refused(
    body: str, answer: Post, member: Member, as_: Callable[..., Client]
) -> None:
    response = as_(member).post(reverse("comment", args=[answer.pk]), {"body": body})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not answer.comments.exists()


def test_what_was_typed_survives_a_closed_tab(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    place = f"comment:{answer.pk}"
    save_draft(by=member, place=place, fields={"body": "Half a thou"})
    client, address = as_(member), reverse("comment", args=[answer.pk])
    assert "Half a thou" in client.get(address).content.decode()
    client.post(address, {"body": "A whole thought."})
    assert read_draft(member, place) == {}


def test_a_held_comment_says_so(answer: Post, new_member: Member, as_: Callable[..., Client]) -> None:
    client = as_(new_member)
    response = client.post(reverse("comment", args=[answer.pk]), {"body": "Play casino instead."}, follow=True)
    assert "A moderator reads it" in response.content.decode()
