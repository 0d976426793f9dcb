"""A question's page: what it shows to whom, in which order, at which address."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Attachment, Post, Status, Thread
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from forum.models import Question
from forum.reading import ANSWERS_A_PAGE, page_of
from forum.solving import accept
from tests.forum.conftest import Ask, answers_of

As = Callable[[Member | None], Client]


def order_on(page: str) -> list[int]:
    """The posts of a page, top down."""
    return [int(pk) for pk in re.findall(r'<article class="post[^"]*" id="post-(\d+)"', page)]


def structured(page: str) -> dict[str, Any]:
    """The first structured data of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])[0]
    return data


def test_everybody_reads_the_question_its_answers_and_comments(asked: Ask, client: Client) -> None:
    page = client.get(asked(answers=2, comments=1).get_absolute_url()).content.decode()
    assert "I washed it once" in page
    assert "Answer number 0" in page
    assert "Thanks for 1.0" in page
    assert "2 answers" in page


def test_the_best_answers_come_first(asked: Ask, member: Member, client: Client) -> None:
    question = asked(answers=4)
    first, second, third, fourth = answers_of(question)
    Post.objects.filter(pk=third.pk).update(helpful_score=0.5)
    accept(by=member, post=fourth)
    ranked = order_on(client.get(question.get_absolute_url()).content.decode())
    assert ranked[1:] == [fourth.pk, third.pk, first.pk, second.pk]
    in_time = order_on(client.get(f"{question.get_absolute_url()}?order=time").content.decode())
    assert in_time[1:] == [first.pk, second.pk, third.pk, fourth.pk]


def test_the_accepted_answer_says_by_whom_and_how_many_it_helped(asked: Ask, member: Member, client: Client) -> None:
    question = asked(answers=1)
    (answer,) = answers_of(question)
    Post.objects.update(helpful_count=14)
    accept(by=member, post=answer)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "accepted by Mara Lind, helped 14 · <time" in page
    assert "Solved" in page


@pytest.mark.parametrize("is_solved", [False, True])
def test_long_threads_have_pages_that_miss_and_repeat_nothing(
    asked: Ask, member: Member, client: Client, is_solved: bool
) -> None:
    question = asked(answers=2 * ANSWERS_A_PAGE + 3)
    answers = answers_of(question)
    if is_solved:
        accept(by=member, post=answers[30])
    pages = [order_on(client.get(f"{question.get_absolute_url()}?page={n}").content.decode()) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [ANSWERS_A_PAGE + 1, ANSWERS_A_PAGE, 3]
    assert sorted(pages[0][1:] + pages[1] + pages[2]) == [answer.pk for answer in answers]


@pytest.mark.parametrize("is_solved", [False, True])
def test_a_post_is_found_on_the_page_that_page_of_names(
    asked: Ask, member: Member, client: Client, is_solved: bool
) -> None:
    question = asked(answers=ANSWERS_A_PAGE + 2, comments=1)
    answers = answers_of(question)
    Post.objects.filter(pk=answers[5].pk).update(helpful_score=0.9)
    if is_solved:
        accept(by=member, post=answers[21])
    for post in Post.objects.filter(thread=question.pk).select_related("parent", "thread__question"):
        number = page_of(post, member)
        assert f'id="post-{post.pk}"' in client.get(f"{question.get_absolute_url()}?page={number}").content.decode()


def test_later_pages_lead_back_to_the_question(asked: Ask, client: Client) -> None:
    question = asked(answers=ANSWERS_A_PAGE + 1)
    page = client.get(f"{question.get_absolute_url()}?page=2").content.decode()
    assert "I washed it once" not in page
    assert "Read the question" in page
    assert f'<link rel="canonical" href="{settings.SITE_URL}{question.get_absolute_url()}?page=2">' in page


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "", "٣", "9" * 30])
def test_what_is_no_page_number_is_404(asked: Ask, client: Client, number: str) -> None:
    assert client.get(asked().get_absolute_url(), {"page": number}).status_code == 404


def test_a_page_beyond_the_last_shows_the_last(asked: Ask, client: Client) -> None:
    question = asked(answers=ANSWERS_A_PAGE + 1)
    page = client.get(f"{question.get_absolute_url()}?page=99").content.decode()
    assert len(order_on(page)) == 1
    assert f"{question.get_absolute_url()}?page=2" in page


def test_another_slug_leads_to_the_right_one_for_good(asked: Ask, client: Client) -> None:
    question = asked()
    moved = client.get(f"/questions/{question.pk}/an-old-title/?page=1&order=time")
    assert (moved.status_code, moved.url) == (301, f"{question.get_absolute_url()}?page=1&order=time")


def test_an_unknown_order_is_404(asked: Ask, client: Client) -> None:
    assert client.get(asked().get_absolute_url(), {"order": "worst"}).status_code == 404


def test_what_was_taken_away_is_gone_and_what_never_was_is_not_found(asked: Ask, client: Client) -> None:
    removed, withdrawn, hidden = asked("Removed by a moderator?"), asked("Withdrawn by who asked?"), asked("Reported?")
    for question, status in ((removed, Status.REMOVED), (hidden, Status.HIDDEN)):
        set_status(question.thread.posts.get(), status)
    withdraw(by=withdrawn.thread.author, post=withdrawn.thread.posts.get())
    found = [client.get(question.get_absolute_url()).status_code for question in (removed, withdrawn, hidden)]
    assert found == [410, 410, 404]
    assert client.get("/questions/99999/anything/").status_code == 404


def test_a_review_is_no_question(review: Any, client: Client) -> None:
    assert client.get(f"/questions/{review.pk}/-/").status_code == 404


def test_who_has_not_signed_in_gets_no_cookie_and_no_form(asked: Ask, client: Client) -> None:
    page = client.get(asked(answers=1).get_absolute_url())
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "Write an answer" in page.content.decode()


def test_the_buttons_fit_who_reads(asked: Ask, member: Member, other_member: Member, regular: Member, as_: As) -> None:
    question = asked(answers=1)
    (answer,) = answers_of(question)
    accept_url = reverse("accept", args=[answer.pk])
    sees = {who: accept_url in as_(who).get(question.get_absolute_url()).content.decode() for who in (member, regular)}
    assert sees == {member: True, regular: True}
    own = as_(other_member).get(question.get_absolute_url()).content.decode()
    assert accept_url not in own
    assert reverse("edit_post", args=[answer.pk]) in own
    assert reverse("flag", args=[answer.pk]) not in own


def test_ones_own_vote_is_pressed(asked: Ask, member: Member, as_: As) -> None:
    question = asked(answers=1)
    (answer,) = answers_of(question)
    as_(member).post(reverse("post_helpful", args=[answer.pk]))
    page = as_(member).get(question.get_absolute_url()).content.decode()
    assert reverse("post_unvote", args=[answer.pk]) in page
    assert 'aria-pressed="true"' in page


def test_photos_that_the_text_does_not_show_stand_below_it(asked: Ask, member: Member, client: Client) -> None:
    question = asked()
    opening = question.thread.posts.get()
    names = {"large": "photos/a.webp", "medium": "photos/a-640.webp", "small": "photos/a-160.webp"}
    Attachment.objects.create(uploader=member, post=opening, width=640, height=480, alt="A small jumper", **names)
    assert "A small jumper" in client.get(question.get_absolute_url()).content.decode()
    Post.objects.update(body_html='<p><img src="/media/photos/a.webp" alt="In the text"></p>')
    client.cookies["sessionid"] = "not-kept"  # past the kept page
    assert "A small jumper" not in client.get(question.get_absolute_url()).content.decode()


def test_questions_about_the_same_product_are_beside_it(asked: Ask, client: Client) -> None:
    question, other = asked(), asked("Is the Fell Jumper itchy on bare skin?")
    page = client.get(question.get_absolute_url()).content.decode()
    assert f'href="{other.get_absolute_url()}"' in page
    set_status(other.thread.posts.get(), Status.HIDDEN)
    assert other.get_absolute_url() not in client.get(question.get_absolute_url()).content.decode()


def test_a_question_with_answers_is_a_qa_page(asked: Ask, member: Member, client: Client) -> None:
    question = asked(answers=3)
    accept(by=member, post=answers_of(question)[1])
    data = structured(client.get(question.get_absolute_url()).content.decode())
    about = data["mainEntity"]
    assert (data["@type"], about["@type"], about["answerCount"]) == ("QAPage", "Question", 3)
    assert about["acceptedAnswer"]["text"].startswith("Answer number 1")
    assert len(about["suggestedAnswer"]) == 2
    assert about["author"]["url"] == f"{settings.SITE_URL}/members/mara/"


def test_a_question_without_answers_is_a_posting(asked: Ask, client: Client) -> None:
    data = structured(client.get(asked("Does it </script> shrink a lot?").get_absolute_url()).content.decode())
    assert data["@type"] == "DiscussionForumPosting"
    assert data["headline"] == "Does it </script> shrink a lot?"


def test_a_deleted_author_has_no_page_in_structured_data(asked: Ask, member: Member, client: Client) -> None:
    question = asked()
    Member.objects.filter(pk=member.pk).update(erased_at=member.date_joined + timedelta(days=1))
    author = structured(client.get(question.get_absolute_url()).content.decode())["author"]
    assert author == {"@type": "Person", "name": "Deleted member"}


def test_moderators_see_what_waits_at_the_end(asked: Ask, moderator: Member, as_: As) -> None:
    question = asked(answers=2)
    first, second = answers_of(question)
    set_status(first, Status.HELD)
    assert order_on(as_(moderator).get(question.get_absolute_url()).content.decode())[1:] == [second.pk, first.pk]


def test_the_answer_that_is_withdrawn_is_not_there_for_anybody(
    asked: Ask, other_member: Member, moderator: Member, as_: As
) -> None:
    question = asked(answers=1)
    (answer,) = answers_of(question)
    withdraw(by=other_member, post=answer)
    for who in (other_member, moderator, None):
        assert "Answer number 0" not in as_(who).get(question.get_absolute_url()).content.decode()


def test_a_title_without_latin_letters_has_an_address(asked: Ask, client: Client) -> None:
    question = asked("Усаживается ли свитер?")
    assert question.get_absolute_url() == f"/questions/{question.pk}/-/"
    assert client.get(question.get_absolute_url()).status_code == 200


def test_counts_stay_right_for_a_thread_without_answers(question: Thread, client: Client) -> None:
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Needs an answer" in page
    assert Question.objects.get(pk=question.pk).state == "needs-answer"


def test_ones_own_comment_can_be_edited_and_anothers_reported(
    asked: Ask, member: Member, regular: Member, as_: As
) -> None:
    question = asked(answers=1, comments=1)
    comment = Post.objects.get(thread=question.pk, kind="comment")
    Post.objects.filter(pk=comment.pk).update(created_at=timezone.now())
    edit, flag = reverse("edit_post", args=[comment.pk]), reverse("flag", args=[comment.pk])
    own = as_(member).get(question.get_absolute_url()).content.decode()
    assert edit in own
    assert flag not in own
    others = as_(regular).get(question.get_absolute_url()).content.decode()
    assert flag in others
    assert edit not in others


def test_many_comments_fold_away(asked: Ask, client: Client) -> None:
    page = client.get(asked(answers=1, comments=8).get_absolute_url()).content.decode()
    assert "3 more comments" in page
    assert "<details" in page


def test_a_held_comment_says_so_to_its_author(asked: Ask, member: Member, as_: As) -> None:
    question = asked(answers=1, comments=1)
    set_status(Post.objects.select_related("thread").get(kind="comment"), Status.HELD)
    assert "Waiting for a moderator" in as_(member).get(question.get_absolute_url()).content.decode()
    assert "Thanks for 0.0" not in as_(None).get(question.get_absolute_url()).content.decode()


def test_a_title_that_is_the_name_of_a_page_below_has_an_address(asked: Ask, client: Client) -> None:
    for question in (asked("Answer !!!!!!!!!!"), asked("Close ??????????")):
        assert question.get_absolute_url() == f"/questions/{question.pk}/-/"
        assert client.get(question.get_absolute_url()).status_code == 200


def test_the_open_page_tells_that_it_is_read(asked: Ask, member: Member, as_: As) -> None:
    question = asked(answers=1)
    page = as_(member).get(question.get_absolute_url()).content.decode()
    assert reverse("see_thread", args=[question.pk]) in page and "js/seen.js" in page


def test_a_number_that_no_database_takes_is_not_found(client: Client, db: None) -> None:
    assert client.get(reverse("question", args=[2**63, "x"])).status_code == 404
