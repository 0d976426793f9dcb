"""A post as pages draw it: who, what, and what this reader may do; never an older version of it."""

import pytest

from community.threads.models import Post
from community.threads.templatetags.said import said

pytestmark = pytest.mark.django_db


def loaded(post):
    return Post.objects.select_related("author", "thread").get(pk=post.pk)


def test_a_post_shows_its_author_and_its_text(answer):
    drawn = said(answer)
    assert "Tomas Berg" in drawn
    assert answer.body_html in drawn


def test_a_reader_is_offered_only_what_they_may_do(answer):
    drawn = said(answer, may={"vote": True, "edit": True})
    assert f"/posts/{answer.pk}/helpful/" in drawn
    assert f"/posts/{answer.pk}/edit/" in drawn
    assert f"/posts/{answer.pk}/withdraw/" not in drawn
    assert "<button" not in said(answer)


def test_a_change_shows_the_next_time(answer):
    said(answer)
    Post.objects.filter(pk=answer.pk).update(body_html="<p>Something else.</p>", helpful_count=7)
    assert "Something else." in said(loaded(answer))
    assert "Helped 7" in said(loaded(answer))


def test_an_erased_author_leaves_no_name_and_no_link(answer):
    answer.author.erased_at = answer.created_at
    drawn = said(answer)
    assert "Deleted member" in drawn
    assert "/members/" not in drawn


def test_a_company_reply_says_so(answer):
    answer.is_official = True
    assert "Company reply" in said(answer)


def test_the_accepted_answer_says_by_whom(question, answer, member):
    question.question.accepted_by = member
    answer.helpful_count = 14
    assert "accepted by Mara Lind, helped 14" in said(answer, accepted=question.question)


def test_what_waits_for_a_moderator_says_so_to_those_who_see_it(answer):
    answer.status = "held"
    assert "Waiting for a moderator" in said(answer)


def test_drawing_costs_no_query(answer, django_assert_num_queries):
    with django_assert_num_queries(0):
        said(answer, comments=[answer])
