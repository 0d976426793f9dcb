"""Pages that a signed link opens show what stands now: no web process keeps them for the next reading."""

import re

import pytest
from django.test import Client

from community.kept_pages import is_worth_keeping
from community.members.consenting import stands
from staff.models import HelpQuestion
from staff.outcomes.answering_help import FOLLOW_UP, MAIL, question_path, stopping_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(answer, member):
    return HelpQuestion.objects.create(thread=answer.thread, member=member, post=answer)


@pytest.fixture
def reader():
    """Signed out, with a browser that keeps its cookie against forged forms, as all do."""
    return Client(enforce_csrf_checks=True)


def press(reader, path: str, **fields: str) -> str:
    page = reader.get(path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    fields |= {"csrfmiddlewaretoken": token[1]} if token else {}
    response = reader.post(path, fields, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_answer_given_last_is_the_one_shown(asked, reader):
    path = question_path(asked)
    assert "You said: <strong>Yes" in press(reader, path, answer="yes")
    assert "You said: <strong>No" in press(reader, path, answer="no")
    assert "You said: <strong>Yes" in press(reader, path, answer="yes")


def test_asked_no_more_is_said_at_once(asked, reader, member):
    path = stopping_path(asked)
    before = reader.get(path).content
    reader.get(path)
    assert press(reader, path).encode() != before
    assert not stands(member, MAIL, FOLLOW_UP)


def test_nobody_is_given_the_form_token_of_another_reader(asked, reader):
    path = question_path(asked)
    reader.get(path)
    reader.get(path)  # with the cookie by now
    other = Client(enforce_csrf_checks=True)
    assert "You said" in press(other, path, answer="partly")


def test_no_page_of_a_signed_link_is_kept(asked, reader):
    """Not even one without a form, whose cookie alone has kept it out so far."""
    page = reader.get(question_path(asked))
    page.cookies.clear()
    assert not is_worth_keeping(page)
